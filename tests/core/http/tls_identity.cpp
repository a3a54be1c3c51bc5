#include "tests/core/http/tls_identity.h"

#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace tests {

TlsIdentity::TlsIdentity(const std::string& name)
    : m_key(EVP_EC_gen("P-256"), EVP_PKEY_free)
    , m_certificate(X509_new(), X509_free)
{
    auto* certificate = m_certificate.get();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 24 * 60 * 60);
    X509_set_pubkey(certificate, m_key.get());
    auto* subject = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(
        subject, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(certificate, subject);
    auto* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, ("DNS:" + name).c_str());
    X509_add_ext(certificate, names, -1);
    X509_EXTENSION_free(names);
    X509_sign(certificate, m_key.get(), EVP_sha256());
}

namespace {

template <typename Write> std::string written(Write write)
{
    std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), BIO_free);
    write(memory.get());
    char* text = nullptr;
    const auto length = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(length)};
}

}

std::string TlsIdentity::pem() const
{
    return written([this](BIO* out) { PEM_write_bio_X509(out, m_certificate.get()); });
}

std::string TlsIdentity::keyPem() const
{
    return written([this](BIO* out) {
        PEM_write_bio_PrivateKey(out, m_key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
}

void TlsIdentity::serve(RawServer::Peer& peer) const
{
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    SSL_CTX_use_certificate(context.get(), m_certificate.get());
    SSL_CTX_use_PrivateKey(context.get(), m_key.get());
    std::unique_ptr<SSL, decltype(&SSL_free)> session(SSL_new(context.get()), SSL_free);
    SSL_set_fd(session.get(), peer.socket());
    char request[4096];
    if (SSL_accept(session.get()) != 1 || SSL_read(session.get(), request, sizeof request) <= 0)
        return;
    const std::string_view answer = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecure";
    SSL_write(session.get(), answer.data(), static_cast<int>(answer.size()));
    SSL_shutdown(session.get());
}

}
