#pragma once

#include "tests/core/http/raw_server.h"

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace tests {

// A key and a certificate that it signed itself for one DNS name, valid for a day.
class TlsIdentity {
public:
    explicit TlsIdentity(const std::string& name);
    std::string pem() const;
    std::string keyPem() const;
    // Serves one request on a connection: "secure" when TLS came about, else nothing.
    void serve(RawServer::Peer& peer) const;

private:
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> m_key;
    std::unique_ptr<X509, decltype(&X509_free)> m_certificate;
};

}
