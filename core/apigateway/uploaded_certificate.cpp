#include "core/apigateway/uploaded_certificate.h"

#include "core/apigateway/errors.h"
#include "core/apigateway/model_json.h"
#include "core/aws/freed.h"

#include <nlohmann/json.hpp>

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

namespace core::apigateway {

namespace {

using aws::Freed;
using Text = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;

Text opened(const std::string& pem)
{
    return Text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

Certificate certificateOf(BIO* text)
{
    // Without a password: an empty one keeps the library from asking a terminal.
    char none[] = "";
    return Certificate(PEM_read_bio_X509(text, nullptr, nullptr, none));
}

// Every certificate of the chain, and nothing else.
bool isChain(const std::string& pem)
{
    const auto text = opened(pem);
    int count = 0;
    while (certificateOf(text.get()))
        ++count;
    return count > 0 && BIO_pending(text.get()) == 0;
}

}

UploadedCertificate UploadedCertificate::of(const nlohmann::json& input)
{
    return {text(input, "certificateName"), text(input, "certificateBody"),
        text(input, "certificatePrivateKey"), text(input, "certificateChain")};
}

Result<> UploadedCertificate::check() const
{
    if (!isGiven())
        return {};
    if (name.empty() || body.empty() || privateKey.empty())
        return fail(errors::badRequest(
            "Certificate name, certificate body and certificate private key must be specified together"));
    const auto certificate = certificateOf(opened(body).get());
    if (!certificate)
        return fail(errors::badRequest("Invalid certificate body specified"));
    char none[] = "";
    const Key key(PEM_read_bio_PrivateKey(opened(privateKey).get(), nullptr, nullptr, none));
    if (!key)
        return fail(errors::badRequest("Invalid certificate private key specified"));
    if (X509_check_private_key(certificate.get(), key.get()) != 1)
        return fail(errors::badRequest("The certificate private key does not match the certificate body"));
    if (!chain.empty() && !isChain(chain))
        return fail(errors::badRequest("Invalid certificate chain specified"));
    return {};
}

}
