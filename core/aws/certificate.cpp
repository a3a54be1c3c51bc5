#include "core/aws/certificate.h"

#include "core/aws/freed.h"
#include "core/base/ids.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <memory>

namespace core::aws {

namespace {

using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, Freed<X509_free>>;
using NumberPtr = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using Sink = std::unique_ptr<BIO, Freed<BIO_free_all>>;

void nameIt(X509& certificate, const std::string& commonName)
{
    auto* name = X509_get_subject_name(&certificate);
    const auto add = [name](const char* field, const char* value) {
        X509_NAME_add_entry_by_txt(
            name, field, MBSTRING_ASC, reinterpret_cast<const unsigned char*>(value), -1, -1, 0);
    };
    add("O", "Cloud Chamber");
    add("CN", commonName.c_str());
    X509_set_issuer_name(&certificate, name);
}

// A random serial number of 64 bits, positive.
bool numberIt(X509& certificate)
{
    auto bytes = randomBytes(8);
    bytes[0] = static_cast<char>(bytes[0] & 0x7f);
    const NumberPtr number(BN_bin2bn(
        reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()), nullptr));
    return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&certificate));
}

std::string textIn(const Sink& out)
{
    char* text = nullptr;
    const auto size = BIO_get_mem_data(out.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

std::string pemOf(const X509& certificate)
{
    const Sink out(BIO_new(BIO_s_mem()));
    if (!out || PEM_write_bio_X509(out.get(), const_cast<X509*>(&certificate)) != 1)
        return {};
    return textIn(out);
}

std::string pemOf(EVP_PKEY& key)
{
    const Sink out(BIO_new(BIO_s_mem()));
    if (!out || PEM_write_bio_PKCS8PrivateKey(out.get(), &key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return {};
    return textIn(out);
}

}

Result<SelfSigned> makeSelfSigned(const std::string& commonName, Micros from, Micros until)
{
    const Key key(EVP_RSA_gen(2048));
    const X509Ptr certificate(X509_new());
    const auto failed = [] {
        return fail(ErrorKind::Internal, "InternalFailure", "OpenSSL made no certificate");
    };
    if (!key || !certificate || X509_set_version(certificate.get(), X509_VERSION_3) != 1
        || !numberIt(*certificate))
        return failed();
    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), static_cast<time_t>(from / kSecond));
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), static_cast<time_t>(until / kSecond));
    nameIt(*certificate, commonName);
    X509_set_pubkey(certificate.get(), key.get());
    if (X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0)
        return failed();
    SelfSigned made{pemOf(*certificate), pemOf(*key)};
    if (made.certificate.empty() || made.privateKey.empty())
        return failed();
    return made;
}

}
