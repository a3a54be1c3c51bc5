#include "core/aws/sigv4.h"
#include "core/base/hash.h"
#include "core/base/time_format.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;
using namespace core::aws;

namespace {

constexpr std::string_view kSuiteSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
constexpr std::string_view kDocsSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
constexpr std::string_view kEmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

http::Request suiteRequest(
    const std::string& method, const std::string& target, http::Headers::Field extra = {})
{
    http::Request request;
    request.method = method;
    request.target = target;
    request.headers.add("Host", "example.amazonaws.com");
    if (!extra.first.empty())
        request.headers.add(extra.first, extra.second);
    request.headers.add("X-Amz-Date", "20150830T123600Z");
    return request;
}

std::string suiteSignature(const http::Request& request, std::string_view signedHeaders)
{
    Signature signature;
    signature.date = "20150830";
    signature.region = "us-east-1";
    signature.service = "service";
    signature.signedHeaders = signedHeaders;
    const auto canonical = canonicalRequest(request, signature, hex(sha256(request.body)));
    return signatureOf(signature, kSuiteSecret, stringToSign(signature, "20150830T123600Z", canonical));
}

// A request signed now, as an SDK does.
http::Request signedNow(std::string_view secret, const std::string& body = "{}")
{
    http::Request request;
    request.method = "POST";
    request.body = body;
    const auto date = amzDate(realMicros());
    request.headers.add("Host", "localhost:4566");
    request.headers.add("X-Amz-Date", date);
    Signature signature;
    signature.date = date.substr(0, 8);
    signature.region = "eu-west-1";
    signature.service = "dynamodb";
    signature.signedHeaders = "host;x-amz-date";
    const auto canonical = canonicalRequest(request, signature, hex(sha256(body)));
    request.headers.add("Authorization",
        "AWS4-HMAC-SHA256 Credential=test/" + signature.date
            + "/eu-west-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature="
            + signatureOf(signature, secret, stringToSign(signature, date, canonical)));
    return request;
}

SignatureFault::Kind faultOf(const http::Request& request)
{
    const auto parsed = parseSignature(request);
    return parsed ? SignatureFault::Kind::Mismatch : parsed.error().kind;
}

}

class TstSigv4 : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void testSuite_givesItsSignatures_data();
    void testSuite_givesItsSignatures();
    void s3Example_verifies();
    void presignedExample_verifiesUntilItExpires();
    void header_isParsed();
    void accessKeyWithSlashes_isParsed();
    void freshSignature_verifies();
    void changedRequests_areMismatches();
    void oldSignature_isSkewed();
    void payloadHash_mustBeThatOfTheBody();
    void streamingPayload_isTakenAtItsWord();
    void malformedHeaders_areFaults_data();
    void malformedHeaders_areFaults();
    void malformedQueries_areFaults_data();
    void malformedQueries_areFaults();
    void noSignature_isNone();
};

// Vectors of AWS's Signature Version 4 test suite.
void TstSigv4::testSuite_givesItsSignatures_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("signature");
    const auto none = QString();
    QTest::newRow("get-vanilla") << "GET"
                                 << "/" << none << none
                                 << "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
    QTest::newRow("post-vanilla") << "POST"
                                  << "/" << none << none
                                  << "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b";
    QTest::newRow("get-vanilla-query-order-key-case")
        << "GET"
        << "/?Param2=value2&Param1=value1" << none << none
        << "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500";
    QTest::newRow("get-slashes") << "GET"
                                 << "//example//" << none << none
                                 << "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84";
    QTest::newRow("get-relative") << "GET"
                                  << "/example/.." << none << none
                                  << "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
    QTest::newRow("post-header-key-sort")
        << "POST"
        << "/"
        << "My-Header1"
        << "value1"
        << "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c";
}

void TstSigv4::testSuite_givesItsSignatures()
{
    QFETCH(QString, method);
    QFETCH(QString, target);
    QFETCH(QString, header);
    QFETCH(QString, value);
    QFETCH(QString, signature);
    const auto request =
        suiteRequest(method.toStdString(), target.toStdString(), {header.toStdString(), value.toStdString()});
    const std::string names =
        header.isEmpty() ? "host;x-amz-date" : "host;" + header.toLower().toStdString() + ";x-amz-date";
    QCOMPARE(QString::fromStdString(suiteSignature(request, names)), signature);
}

// The GetObject example of the S3 API reference, "Signature calculations for the Authorization header".
void TstSigv4::s3Example_verifies()
{
    http::Request request;
    request.target = "/test.txt";
    request.headers = {{"Host", "examplebucket.s3.amazonaws.com"}, {"Range", "bytes=0-9"},
        {"x-amz-content-sha256", std::string(kEmptyHash)}, {"x-amz-date", "20130524T000000Z"},
        {"Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
            "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
            "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"}};
    const auto signature = parseSignature(request);
    QVERIFY(signature.has_value());
    const auto canonical = canonicalRequest(request, *signature, kEmptyHash);
    QCOMPARE(signatureOf(*signature, kDocsSecret, stringToSign(*signature, "20130524T000000Z", canonical)),
        std::string(signature->signature));
}

void TstSigv4::presignedExample_verifiesUntilItExpires()
{
    http::Request request;
    request.target =
        "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-"
        "east-1"
        "%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
        "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
    request.headers.add("Host", "examplebucket.s3.amazonaws.com");
    const auto signature = parseSignature(request);
    QVERIFY(signature.has_value());
    QCOMPARE(signature->form, Signature::Form::Presigned);
    QCOMPARE(signature->accessKeyId, std::string("AKIAIOSFODNN7EXAMPLE"));
    const auto start = *parseAmzDate("20130524T000000Z");
    QVERIFY(!verifySignature(*signature, request, {kDocsSecret, start + 86'400 * kSecond}));
    const auto late = verifySignature(*signature, request, {kDocsSecret, start + 86'401 * kSecond});
    QVERIFY(late && late->kind == SignatureFault::Kind::Expired);
    const auto other = verifySignature(*signature, request, {"test", start});
    QVERIFY(other && other->kind == SignatureFault::Kind::Mismatch);
}

void TstSigv4::header_isParsed()
{
    const auto request = signedNow("test");
    const auto signature = parseSignature(request);
    QVERIFY(signature.has_value());
    QCOMPARE(signature->form, Signature::Form::Header);
    QCOMPARE(signature->accessKeyId, std::string("test"));
    QCOMPARE(signature->region, std::string("eu-west-1"));
    QCOMPARE(signature->service, std::string("dynamodb"));
    QVERIFY(signature->signedHeaders == "host;x-amz-date");
}

void TstSigv4::accessKeyWithSlashes_isParsed()
{
    http::Request request;
    request.headers.add("Authorization",
        "AWS4-HMAC-SHA256 Credential=a/b/20261122/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=0");
    QCOMPARE(parseSignature(request)->accessKeyId, std::string("a/b"));
}

void TstSigv4::freshSignature_verifies()
{
    const auto request = signedNow("test");
    const auto fault = verifySignature(*parseSignature(request), request, {});
    QVERIFY2(!fault, fault ? fault->detail.c_str() : "");
}

void TstSigv4::changedRequests_areMismatches()
{
    const auto mismatches = [](const http::Request& request) {
        const auto fault = verifySignature(*parseSignature(request), request, {});
        return fault && fault->kind == SignatureFault::Kind::Mismatch;
    };
    QVERIFY(mismatches(signedNow("wrong")));
    auto body = signedNow("test");
    body.body = "{ }";
    QVERIFY(mismatches(body));
    auto target = signedNow("test");
    target.target = "/?a=b";
    QVERIFY(mismatches(target));
    auto method = signedNow("test");
    method.method = "PUT";
    QVERIFY(mismatches(method));
    auto header = signedNow("test");
    header.headers.set("Host", "127.0.0.1:4566");
    QVERIFY(mismatches(header));
}

void TstSigv4::oldSignature_isSkewed()
{
    auto request = signedNow("test");
    request.headers.set("X-Amz-Date", amzDate(realMicros() - 16 * 60 * kSecond));
    const auto fault = verifySignature(*parseSignature(request), request, {});
    QVERIFY(fault && fault->kind == SignatureFault::Kind::Skewed);
}

void TstSigv4::payloadHash_mustBeThatOfTheBody()
{
    auto request = signedNow("test");
    request.headers.add("x-amz-content-sha256", std::string(kEmptyHash));
    const auto fault = verifySignature(*parseSignature(request), request, {});
    QVERIFY(fault && fault->kind == SignatureFault::Kind::BodyMismatch);
}

void TstSigv4::streamingPayload_isTakenAtItsWord()
{
    auto request = signedNow("test");
    request.headers.add("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
    const auto signature = *parseSignature(request);
    const auto date = std::string(request.headers.get("X-Amz-Date"));
    const auto canonical = canonicalRequest(request, signature, "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
    const auto good = signatureOf(signature, "test", stringToSign(signature, date, canonical));
    request.headers.set("Authorization",
        "AWS4-HMAC-SHA256 Credential=test/" + signature.date
            + "/eu-west-1/dynamodb/aws4_request, SignedHeaders=host;x-amz-date, Signature=" + good);
    QVERIFY(!verifySignature(*parseSignature(request), request, {}));
}

void TstSigv4::malformedHeaders_areFaults_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<int>("kind");
    const auto incomplete = static_cast<int>(SignatureFault::Kind::Incomplete);
    QTest::newRow("other scheme") << "Bearer x" << static_cast<int>(SignatureFault::Kind::MissingToken);
    QTest::newRow("signature version 2")
        << "AWS key:sig" << static_cast<int>(SignatureFault::Kind::MissingToken);
    QTest::newRow("nothing") << "AWS4-HMAC-SHA256" << incomplete;
    QTest::newRow("nonsense") << "AWS4-HMAC-SHA256 ,,,=,Credential" << incomplete;
    QTest::newRow("no signature")
        << "AWS4-HMAC-SHA256 Credential=a/20261122/r/s/aws4_request, SignedHeaders=host" << incomplete;
    QTest::newRow("short scope") << "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0"
                                 << static_cast<int>(SignatureFault::Kind::BadCredential);
    QTest::newRow("wrong terminator")
        << "AWS4-HMAC-SHA256 Credential=a/20261122/r/s/aws9_request, SignedHeaders=host, Signature=0"
        << static_cast<int>(SignatureFault::Kind::BadCredential);
}

void TstSigv4::malformedHeaders_areFaults()
{
    QFETCH(QString, header);
    QFETCH(int, kind);
    http::Request request;
    request.headers.add("Authorization", header.toStdString());
    QCOMPARE(static_cast<int>(faultOf(request)), kind);
}

void TstSigv4::malformedQueries_areFaults_data()
{
    QTest::addColumn<QString>("query");
    const QString rest = "&X-Amz-SignedHeaders=host&X-Amz-Signature=0";
    const QString algorithm = "X-Amz-Algorithm=AWS4-HMAC-SHA256";
    const QString credential = "&X-Amz-Credential=a%2F20261122%2Fr%2Fs3%2Faws4_request";
    const QString date = "&X-Amz-Date=20261122T000000Z";
    QTest::newRow("only a signature") << "X-Amz-Signature=0";
    QTest::newRow("no expiry") << algorithm + credential + date + rest;
    QTest::newRow("expiry no number") << algorithm + credential + date + "&X-Amz-Expires=soon" + rest;
    QTest::newRow("negative expiry") << algorithm + credential + date + "&X-Amz-Expires=-1" + rest;
    QTest::newRow("expiry over a week") << algorithm + credential + date + "&X-Amz-Expires=604801" + rest;
    QTest::newRow("bad date") << algorithm + credential + "&X-Amz-Date=yesterday&X-Amz-Expires=1" + rest;
    QTest::newRow("bad scope") << algorithm + "&X-Amz-Credential=a" + date + "&X-Amz-Expires=1" + rest;
    QTest::newRow("other algorithm") << "X-Amz-Algorithm=MD5" + credential + date + "&X-Amz-Expires=1" + rest;
}

void TstSigv4::malformedQueries_areFaults()
{
    QFETCH(QString, query);
    http::Request request;
    request.target = "/b/k?" + query.toStdString();
    QCOMPARE(faultOf(request), SignatureFault::Kind::BadQuery);
    request.headers.add("Authorization", "AWS4-HMAC-SHA256 x");
    QCOMPARE(faultOf(request), SignatureFault::Kind::Both);
}

void TstSigv4::noSignature_isNone()
{
    http::Request request;
    request.target = "/b/k?x-id=GetObject";
    QCOMPARE(parseSignature(request)->form, Signature::Form::None);
}

CHAMBER_SUITE(TstSigv4, "tst_sigv4")
#include "tst_sigv4.moc"
