#include "core/sns/signer.h"

#include "core/aws/certificate.h"
#include "core/base/hash.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

namespace core::sns {

namespace {

constexpr const char* kSpace = "sns/signing";
constexpr Micros kYears = 10LL * 365 * 24 * 3600 * kSecond;

struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeDigest {
    void operator()(EVP_MD_CTX* digest) const { EVP_MD_CTX_free(digest); }
};

tl::unexpected<Error> failed(const char* what)
{
    return fail(ErrorKind::Internal, "InternalError", what);
}

}

struct Signer::Pair {
    std::string certificate;
    std::unique_ptr<EVP_PKEY, FreeKey> key;

    static std::shared_ptr<const Pair> read(const aws::SelfSigned& from)
    {
        const std::unique_ptr<BIO, int (*)(BIO*)> text(
            BIO_new_mem_buf(from.privateKey.data(), static_cast<int>(from.privateKey.size())), BIO_free);
        auto pair = std::make_shared<Pair>();
        pair->certificate = from.certificate;
        pair->key.reset(text ? PEM_read_bio_PrivateKey(text.get(), nullptr, nullptr, nullptr) : nullptr);
        return pair->key ? pair : nullptr;
    }
};

Signer::Signer(store::Store& store, Clock& clock)
    : m_store(store)
    , m_clock(clock)
{
}

Signer::~Signer() = default;

Result<std::shared_ptr<const Signer::Pair>> Signer::pair()
{
    const std::lock_guard guard(m_mutex);
    if (m_pair)
        return m_pair;
    aws::SelfSigned kept{
        m_store.get(kSpace, "certificate").value_or(""), m_store.get(kSpace, "key").value_or("")};
    if (kept.certificate.empty() || kept.privateKey.empty()) {
        CORE_TRY(kept, aws::makeSelfSigned("sns.amazonaws.com", m_clock.now(), m_clock.now() + kYears));
        CORE_CHECK(m_store.commit([&](store::Transaction& transaction) -> Result<> {
            transaction.createKeyspace(kSpace);
            transaction.put(kSpace, "certificate", kept.certificate);
            transaction.put(kSpace, "key", kept.privateKey);
            return {};
        }));
    }
    m_pair = Pair::read(kept);
    if (!m_pair)
        return failed("The key that signs messages cannot be read");
    return m_pair;
}

Result<std::string> Signer::sign(const std::string& text, Version version)
{
    CORE_TRY(const auto pair, this->pair());
    const std::unique_ptr<EVP_MD_CTX, FreeDigest> digest(EVP_MD_CTX_new());
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(pair->key.get())), '\0');
    auto size = signature.size();
    if (!digest
        || EVP_DigestSignInit(digest.get(), nullptr, version == Version::One ? EVP_sha1() : EVP_sha256(),
               nullptr, pair->key.get())
            != 1
        || EVP_DigestSign(
               digest.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes, text.size())
            != 1)
        return failed("OpenSSL signed no message");
    signature.resize(size);
    return base64(signature);
}

Result<std::string> Signer::certificate()
{
    CORE_TRY(const auto pair, this->pair());
    return pair->certificate;
}

Result<std::string> Signer::certificateName()
{
    CORE_TRY(const auto pair, this->pair());
    return "SimpleNotificationService-" + hex(md5(pair->certificate)) + ".pem";
}

void Signer::reset()
{
    const std::lock_guard guard(m_mutex);
    m_pair.reset();
}

}
