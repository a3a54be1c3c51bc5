#include "core/apigateway/uploaded_certificate.h"
#include "tests/core/apigateway/api_fixture.h"
#include "tests/core/http/raw_server.h"
#include "tests/core/http/tls_identity.h"
#include "tests/support/suites.h"

#include <QTest>

#include <csignal>

using namespace core;
using apigateway::UploadedCertificate;
using nlohmann::json;
using tests::RawServer;
using tests::TlsIdentity;

// Certificates that no known authority signed: endpoints', and those that domain names are given.
class TstForeignCertificates : public QObject {
    Q_OBJECT

    TlsIdentity m_identity{"localhost"};
    TlsIdentity m_other{"localhost"};

    // What a GET of an API over this server answers.
    static http::Response askOver(const RawServer& server, const std::string& host, json more)
    {
        ApiFixture gateway;
        const auto route = gateway.makeApi();
        json integration{{"type", "HTTP_PROXY"}, {"integrationHttpMethod", "GET"},
            {"uri", "https://" + host + ":" + std::to_string(server.port()) + "/"}};
        integration.update(more);
        gateway.addMethod(route.apiId, route.rootId, "GET", integration);
        gateway.deploy(route.apiId, "prod");
        gateway.caller.onFetch = [](const FakeCaller::Asked&) -> Result<http::Response> {
            return fail(ErrorKind::Io, "TlsFailed", "self-signed certificate");
        };
        return gateway.get(route.apiId, "/prod");
    }

    static QString refusal(const UploadedCertificate& certificate)
    {
        const auto checked = certificate.check();
        return checked ? QString() : QString::fromStdString(checked.error().message);
    }

private Q_SLOTS:
    void initTestCase() { std::signal(SIGPIPE, SIG_IGN); } // OpenSSL raises it when the client hangs up

    void endpointOfAForeignAuthority_isTakenWhereVerificationIsSkipped()
    {
        RawServer server([this](RawServer::Peer& peer) { m_identity.serve(peer); });
        QCOMPARE(askOver(server, "localhost", json::object()).status, 504);
        const auto taken =
            askOver(server, "localhost", {{"tlsConfig", {{"insecureSkipVerification", true}}}});
        QCOMPARE(taken.status, 200);
        QCOMPARE(taken.body, std::string("secure"));
    }

    void endpointOfAnotherName_isRefusedAllTheSame()
    {
        RawServer server([this](RawServer::Peer& peer) { m_identity.serve(peer); });
        QCOMPARE(
            askOver(server, "127.0.0.1", {{"tlsConfig", {{"insecureSkipVerification", true}}}}).status, 504);
    }

    void uploadedCertificate_hasToFitItsKey()
    {
        const UploadedCertificate good{"c", m_identity.pem(), m_identity.keyPem(), m_other.pem()};
        QCOMPARE(refusal(good), QString());
        auto bad = good;
        bad.privateKey = m_other.keyPem();
        QVERIFY(refusal(bad).contains("does not match"));
        bad = good;
        bad.body = "-----BEGIN CERTIFICATE-----";
        QVERIFY(refusal(bad).contains("certificate body"));
        bad = good;
        bad.privateKey = "none";
        QVERIFY(refusal(bad).contains("private key"));
        bad = good;
        bad.chain = "none";
        QVERIFY(refusal(bad).contains("chain"));
        bad = good;
        bad.name.clear();
        QVERIFY(refusal(bad).contains("together"));
        QCOMPARE(refusal({"c", {}, {}, {}}), QString());
    }

    void uploadedCertificate_isNamedAndNotShown()
    {
        ApiFixture gateway;
        const auto domain = gateway.expect("CreateDomainName",
            {{"domainName", "upload.test"}, {"certificateName", "mine"},
                {"certificateBody", m_identity.pem()}, {"certificatePrivateKey", m_identity.keyPem()}});
        QCOMPARE(domain.at("certificateName").get<std::string>(), std::string("mine"));
        QCOMPARE(domain.at("certificateUploadDate").get<int>(), 1'700'000'000);
        QVERIFY(!domain.contains("certificateBody") && !domain.contains("certificatePrivateKey"));
    }
};

CHAMBER_SUITE(TstForeignCertificates, "tst_foreign_certificates")
#include "tst_foreign_certificates.moc"
