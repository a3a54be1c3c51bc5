#include "core/base/hash.h"
#include "tests/core/apigateway/guarded_api.h"
#include "tests/support/suites.h"

#include <QTest>

using nlohmann::json;
using namespace core;

// Methods with AWS_IAM: whom a signature stands for, and what is wrong with one.
class TstSignatures : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void signature_identifiesTheCaller();
    void signature_isWanted();
    void signature_faults_data();
    void signature_faults();
    void signature_ofAnotherTime();
    void otherSchemes_areReadAsSignatures();
    void foreignAccount_needsTheResourcePolicy();
};

void TstSignatures::signature_identifiesTheCaller()
{
    GuardedApi call({}, {}, {{"authorizationType", "AWS_IAM"}});
    const auto response = call.getSigned("/books");
    QCOMPARE(shown(response), QStringLiteral("200 books"));
    const auto& identity = call.proxied["requestContext"]["identity"];
    QCOMPARE(jsonText(identity["accessKey"]), QStringLiteral("\"test\""));
    QCOMPARE(jsonText(identity["accountId"]), QStringLiteral("\"000000000000\""));
    QCOMPARE(jsonText(identity["userArn"]), QStringLiteral("\"arn:aws:iam::000000000000:root\""));
    QVERIFY(!call.proxied["requestContext"].contains("authorizer"));
}

void TstSignatures::signature_isWanted()
{
    GuardedApi call({}, {}, {{"authorizationType", "AWS_IAM"}});
    const auto response = call.get("/books");
    QCOMPARE(shown(response), QStringLiteral("403 {\"message\":\"Missing Authentication Token\"}"));
    QCOMPARE(errorType(response), QByteArray("MissingAuthenticationTokenException"));
}

void TstSignatures::signature_faults_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("region");
    QTest::addColumn<QString>("service");
    QTest::addColumn<QString>("begins");
    QTest::addColumn<QByteArray>("type");
    QTest::newRow("secret")
        << "test"
        << "wrong"
        << "us-east-1"
        << "execute-api"
        << "{\"message\":\"The request signature we calculated does not match the signature you "
           "provided. Check your AWS Secret Access Key and signing method. Consult the service "
           "documentation for details.\\n\\nThe Canonical String for this request should have "
           "been\\n'GET\\n/prod/books\\n\\nhost:"
        << QByteArray("InvalidSignatureException");
    QTest::newRow("region")
        << "test"
        << "test"
        << "eu-west-1"
        << "execute-api"
        << "{\"message\":\"Credential should be scoped to a valid region, not 'eu-west-1'.\"}"
        << QByteArray("InvalidSignatureException");
    QTest::newRow("service")
        << "test"
        << "test"
        << "us-east-1"
        << "lambda"
        << "{\"message\":\"Credential should be scoped to correct service: 'execute-api'.\"}"
        << QByteArray("InvalidSignatureException");
    QTest::newRow("key") << "AKIDEXAMPLE"
                         << "test"
                         << "us-east-1"
                         << "execute-api"
                         << "{\"message\":\"The security token included in the request is invalid.\"}"
                         << QByteArray("UnrecognizedClientException");
}

void TstSignatures::signature_faults()
{
    QFETCH(QString, key);
    QFETCH(QString, secret);
    QFETCH(QString, region);
    QFETCH(QString, service);
    QFETCH(QString, begins);
    GuardedApi call({}, {}, {{"authorizationType", "AWS_IAM"}});
    const auto response = call.getSigned("/books",
        {.key = key.toStdString(),
            .secret = secret.toStdString(),
            .region = region.toStdString(),
            .service = service.toStdString()});
    QCOMPARE(response.status, 403);
    QCOMPARE(QString::fromStdString(response.body).left(begins.size()), begins);
    QTEST(errorType(response), "type");
    const auto bearer = call.get("/books", bearing("Bearer abc"));
    QCOMPARE(errorType(bearer), QByteArray("IncompleteSignatureException"));
    QVERIFY(QString::fromStdString(bearer.body)
                .startsWith(
                    "{\"message\":\"Invalid key=value pair (missing equal-sign) in Authorization header"));
}

void TstSignatures::signature_ofAnotherTime()
{
    GuardedApi call({}, {}, {{"authorizationType", "AWS_IAM"}});
    const auto ask = [&](Micros since) {
        return QString::fromStdString(call.getSigned("/books", {.since = since}).body);
    };
    QVERIFY(ask(-3600 * kSecond).startsWith("{\"message\":\"Signature expired: 20"));
    QVERIFY(ask(3600 * kSecond).startsWith("{\"message\":\"Signature not yet current: 20"));
    QCOMPARE(ask(-60 * kSecond), QStringLiteral("books"));
}

void TstSignatures::otherSchemes_areReadAsSignatures()
{
    GuardedApi call({}, {}, {{"authorizationType", "AWS_IAM"}});
    // AWS's digest is over the whole header with single spaces.
    const QString expected =
        "403 {\"message\":\"Invalid key=value pair (missing equal-sign) in Authorization header "
        "(hashed with SHA-256 and encoded with Base64): '"
        + QString::fromStdString(base64(sha256("Bearer abc"))) + "'.\"}";
    QCOMPARE(shown(call.get("/books", bearing("Bearer abc"))), expected);
    QCOMPARE(shown(call.get("/nowhere", bearing("Bearer   abc"))), expected);
    QCOMPARE(
        shown(call.get("/nowhere")), QStringLiteral("403 {\"message\":\"Missing Authentication Token\"}"));
    QVERIFY(call.get("/nowhere", bearing("Basic YWJjZA=="))
                .body.ends_with("(Hashed with SHA-256 and encoded with Base64) Authorization="
                    + base64(sha256("Basic YWJjZA==")) + "\"}"));
}

void TstSignatures::foreignAccount_needsTheResourcePolicy()
{
    const auto ask = [](GuardedApi& call) { return call.getSigned("/books", {.key = "111111111111"}); };
    GuardedApi closed({}, {}, {{"authorizationType", "AWS_IAM"}});
    const auto refused = ask(closed);
    QCOMPARE(refused.status, 403);
    QVERIFY(
        QString::fromStdString(refused.body)
            .startsWith("{\"Message\":\"User: arn:aws:iam::111111111111:root is not authorized to perform"));
    json leave{{"Effect", "Allow"}, {"Principal", {{"AWS", "111111111111"}}},
        {"Action", "execute-api:Invoke"}, {"Resource", "execute-api:/*"}};
    GuardedApi open({}, resourcePolicy({leave}), {{"authorizationType", "AWS_IAM"}});
    QCOMPARE(ask(open).status, 200);
    // The API's own account needs no leave, but an explicit denial holds for it too.
    QCOMPARE(open.getSigned("/books").status, 200);
}

CHAMBER_SUITE(TstSignatures, "tst_signatures")
#include "tst_signatures.moc"
