#include "core/apigateway/client_certificate.h"
#include "tests/support/suites.h"

#include <QTest>

#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

using namespace core;

namespace {

std::shared_ptr<X509> parsed(const std::string& pem)
{
    const std::unique_ptr<BIO, int (*)(BIO*)> in(
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
    return {PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr), X509_free};
}

}

class TstClientCertificate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void newCertificate_isSelfSignedForItsYear()
    {
        constexpr Micros kFrom = 1'700'000'000 * kSecond;
        const auto pem = apigateway::newCertificate(kFrom, kFrom + 1000 * kSecond);
        QVERIFY(pem);
        const auto certificate = parsed(*pem);
        QVERIFY(certificate);
        const auto* key = X509_get0_pubkey(certificate.get());
        QCOMPARE(EVP_PKEY_get_bits(key), 2048);
        QCOMPARE(X509_verify(certificate.get(), const_cast<EVP_PKEY*>(key)), 1);
        time_t within = 1'700'000'500;
        time_t before = 1'699'999'999;
        time_t after = 1'700'001'001;
        QCOMPARE(X509_cmp_time(X509_get0_notBefore(certificate.get()), &before), 1);
        QCOMPARE(X509_cmp_time(X509_get0_notBefore(certificate.get()), &within), -1);
        QCOMPARE(X509_cmp_time(X509_get0_notAfter(certificate.get()), &within), 1);
        QCOMPARE(X509_cmp_time(X509_get0_notAfter(certificate.get()), &after), -1);
    }

    void certificates_haveKeysOfTheirOwn()
    {
        const auto first = parsed(*apigateway::newCertificate(0, kSecond));
        const auto second = parsed(*apigateway::newCertificate(0, kSecond));
        QVERIFY(EVP_PKEY_eq(X509_get0_pubkey(first.get()), X509_get0_pubkey(second.get())) != 1);
        QVERIFY(
            ASN1_INTEGER_cmp(X509_get0_serialNumber(first.get()), X509_get0_serialNumber(second.get())) != 0);
    }

    void record_survivesTheStore()
    {
        const apigateway::ClientCertificate kept{
            "eu-west-1", "abc123", "mine", "PEM", {{"a", "b"}}, 5 * kSecond, 9 * kSecond};
        apigateway::ClientCertificate read;
        QVERIFY(decode(encode(kept), read));
        QCOMPARE(recordKey(read), std::string("eu-west-1/abc123"));
        QCOMPARE(read.description, kept.description);
        QCOMPARE(read.pem, kept.pem);
        QCOMPARE(read.tags, kept.tags);
        QCOMPARE(read.createdDate, kept.createdDate);
        QCOMPARE(read.expirationDate, kept.expirationDate);
    }
};

CHAMBER_SUITE(TstClientCertificate, "tst_client_certificate")
#include "tst_client_certificate.moc"
