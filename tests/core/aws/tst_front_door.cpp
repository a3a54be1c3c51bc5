#include "core/base/gzip.h"
#include "core/base/hash.h"
#include "core/base/time_format.h"
#include "core/http/client.h"
#include "tests/core/aws/toy_service.h"
#include "tests/support/suites.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <future>
#include <mutex>

using namespace core;
using namespace core::aws;
using nlohmann::json;
using tests::ToyHouse;
using tests::toyRequest;

namespace {

json bodyOf(const http::Response& response)
{
    return json::parse(response.body, nullptr, false);
}

const http::Headers kXmlScope{{"Authorization",
    "AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/toyxml/aws4_request, SignedHeaders=host, "
    "Signature=0"}};
const http::Headers kRestScope{{"Authorization",
    "AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/toyrest/aws4_request, SignedHeaders=host, "
    "Signature=0"}};

}

class TstFrontDoor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_house = std::make_unique<ToyHouse>(); }
    void cleanup() { m_house.reset(); }

    void json_answersWithRequestIdAndChecksum();
    void json_errorsAreInItsForm_data();
    void json_errorsAreInItsForm();
    void compressedBodies_areReadAndAnswered_data();
    void compressedBodies_areReadAndAnswered();
    void badCompressedBodies_areSerializationErrors();
    void write_isAnsweredOnceDurable();
    void write_thatFailsOrThrowsIsAnError();
    void throwingAction_isInternalFailure();
    void restJson_takesMembersFromEverywhere();
    void restJson_errorsCarryTheirType();
    void restJson_unknownInputIsRefusedByName_data();
    void restJson_unknownInputIsRefusedByName();
    void restXml_roundTripsAndWritesErrors();
    void ownActions_arePlainJsonInAnyProtocol();
    void bucketHosts_becomePathStyle_data();
    void bucketHosts_becomePathStyle();
    void claimedRequests_areServed();
    void welcome_isDynamoDbsHealth();
    void otherServices_areNamedAsMissing();
    void foreignHosts_areRefused_data();
    void foreignHosts_areRefused();
    void namesOfTheUsersOwn_leadToTheirServiceAlone();
    void foreignOrigins_areRefusedLocalOnesMayCall();
    void verification_refusesUnsignedAndWrongSignatures();
    void authorizationHeaders_areParsedEvenUnverified_data();
    void authorizationHeaders_areParsedEvenUnverified();
    void fullPool_isServiceUnavailable();
    void tracks_nameActionResourceAndError();
    void traceHeader_joinsTheTrack();
    void changes_arePublishedAfterSuccess();
    void call_runsEveryLane();
    void call_isAChildOfItsParent();
    void fetch_servesOwnNamesInProcess_data();
    void fetch_servesOwnNamesInProcess();
    void fetch_goesOverTheNetworkForOthers();
    void manyConnections_areAllAnswered();

private:
    std::unique_ptr<ToyHouse> m_house;
};

void TstFrontDoor::json_answersWithRequestIdAndChecksum()
{
    const auto answer = m_house->post("/", "Toy_20261122.Echo", R"({"Name":"abc","Value":"é"})");
    QCOMPARE(answer.status, 200);
    QCOMPARE(bodyOf(answer)["Region"].get<std::string>(), std::string("eu-west-1"));
    QCOMPARE(bodyOf(answer)["Account"].get<std::string>(), std::string("123456789012"));
    QVERIFY(answer.headers.get("Content-Type") == "application/x-amz-json-1.0");
    QCOMPARE(answer.headers.get("x-amzn-RequestId").size(), 52u);
    QCOMPARE(std::string(answer.headers.get("x-amz-crc32")), std::to_string(crc32(answer.body)));
}

void TstFrontDoor::json_errorsAreInItsForm_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("message");
    QTest::newRow("missing")
        << "Toy_20261122.Echo"
        << "{}"
        << "ValidationException"
        << "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member "
           "must not be null";
    QTest::newRow("empty body")
        << "Toy_20261122.Echo"
        << ""
        << "ValidationException"
        << "1 validation error detected: Value null at 'name' failed to satisfy constraint: "
           "Member must not be null";
    QTest::newRow("type")
        << "Toy_20261122.Echo"
        << R"({"Name":1})"
        << "SerializationException"
        << "class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an "
           "String";
    QTest::newRow("not an object") << "Toy_20261122.Echo"
                                   << "[]"
                                   << "SerializationException"
                                   << "Could not parse request body into json: the document is no object";
    QTest::newRow("too deep")
        << "Toy_20261122.Echo" << QString(100'000, u'[') << "SerializationException"
        << "Could not parse request body into json: the document nests deeper than 500 levels";
    QTest::newRow("unknown action") << "Toy_20261122.Nope"
                                    << "{}"
                                    << "UnknownOperationException"
                                    << ""; // AWS says no more
    QTest::newRow("unknown service") << "Nope_1.Echo"
                                     << "{}"
                                     << "com.amazon.coral.service#UnknownOperationException"
                                     << "No service here has the target Nope_1.Echo";
    QTest::newRow("unsupported member")
        << "Toy_20261122.Echo"
        << R"({"Name":"abc","Later":"x"})"
        << "ValidationException"
        << "'later' of Echo: Cloud Chamber does not support this member: later";
    QTest::newRow("unsupported action") << "Toy_20261122.Never"
                                        << R"({"Name":"abc"})"
                                        << "NotImplemented"
                                        << "Cloud Chamber does not support Never: not built";
    QTest::newRow("the service's error") << "Toy_20261122.Refuse"
                                         << R"({"Name":"abc"})"
                                         << "NoSuchThing"
                                         << "There is no abc";
}

void TstFrontDoor::json_errorsAreInItsForm()
{
    QFETCH(QString, target);
    QFETCH(QString, body);
    QFETCH(QString, type);
    QFETCH(QString, message);
    const auto answer = m_house->post("/", target.toStdString(), body.toStdString());
    QCOMPARE(answer.status, 400);
    const auto error = bodyOf(answer);
    QCOMPARE(QString::fromStdString(error.value("__type", "")), type);
    // As AWS spells it: with a capital in the errors that its services share.
    const auto* member = type == u"SerializationException" ? "Message" : "message";
    QCOMPARE(QString::fromStdString(error.value(member, "")), message);
    QCOMPARE(answer.headers.get("x-amzn-RequestId").size(), 52u);
    QCOMPARE(std::string(answer.headers.get("x-amz-crc32")), std::to_string(crc32(answer.body)));
}

void TstFrontDoor::compressedBodies_areReadAndAnswered_data()
{
    QTest::addColumn<QString>("accepts");
    QTest::addColumn<bool>("compressed");
    QTest::newRow("gzip") << "gzip" << true;
    QTest::newRow("several") << "br, deflate;q=0.1 , GZIP;q=0.5" << true;
    QTest::newRow("any") << "*" << true;
    QTest::newRow("none") << "" << false;
    QTest::newRow("identity") << "identity" << false;
    QTest::newRow("refused") << "gzip;q=0" << false;
}

void TstFrontDoor::compressedBodies_areReadAndAnswered()
{
    QFETCH(QString, accepts);
    QFETCH(bool, compressed);
    const auto body = R"({"Name":"abc","Value":")" + std::string(5000, 'x') + "\"}";
    http::Headers headers{{"X-Amz-Target", "Toy_20261122.Echo"}, {"Content-Encoding", "gzip"}};
    if (!accepts.isEmpty())
        headers.add("Accept-Encoding", accepts.toStdString());
    const auto answer = m_house->send(toyRequest("POST", "/", gzip(body), headers));
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.headers.get("Content-Encoding") == (compressed ? "gzip" : ""));
    // The checksum is that of the bytes on the wire.
    QCOMPARE(std::string(answer.headers.get("x-amz-crc32")), std::to_string(crc32(answer.body)));
    QVERIFY(!compressed || answer.body.size() < 1000);
    const auto plain = compressed ? gunzip(answer.body, 100'000).value_or("") : answer.body;
    QCOMPARE(json::parse(plain)["Value"].get<std::string>().size(), 5000u);
}

void TstFrontDoor::badCompressedBodies_areSerializationErrors()
{
    const auto send = [&](const std::string& coding, const std::string& body) {
        return m_house->send(toyRequest(
            "POST", "/", body, {{"X-Amz-Target", "Toy_20261122.Echo"}, {"Content-Encoding", coding}}));
    };
    const auto garbage = send("gzip", "no gzip at all");
    QCOMPARE(garbage.status, 400);
    QCOMPARE(bodyOf(garbage).value("__type", ""), std::string("SerializationException"));
    QCOMPARE(bodyOf(send("br", "{}")).value("__type", ""), std::string("SerializationException"));
    QCOMPARE(send("identity", R"({"Name":"abc"})").status, 200);
    // A small body that would grow beyond what a body may be.
    QCOMPARE(send("gzip", gzip(std::string(17 * 1024 * 1024, ' '))).status, 413);
}

void TstFrontDoor::write_isAnsweredOnceDurable()
{
    const auto answer = m_house->post("/", "Toy_20261122.Put", R"({"Name":"abc","Value":"kept"})");
    QCOMPARE(answer.status, 200);
    QCOMPARE(m_house->store->get("toy/values", "abc").value_or(""), std::string("kept"));
}

void TstFrontDoor::write_thatFailsOrThrowsIsAnError()
{
    QCOMPARE(m_house->post("/", "Toy_20261122.Put", R"({"Name":"abc"})").status, 200);
    const auto again = m_house->post("/", "Toy_20261122.Put", R"({"Name":"abc"})");
    QCOMPARE(again.status, 400);
    QCOMPARE(bodyOf(again).value("__type", ""), std::string("ResourceInUseException"));
    const auto thrown = m_house->post("/", "Toy_20261122.Put", R"({"Name":"other","Value":"throw"})");
    QCOMPARE(thrown.status, 500);
    QCOMPARE(bodyOf(thrown).value("__type", ""), std::string("InternalFailure"));
    QVERIFY(!m_house->store->get("toy/values", "other"));
    QCOMPARE(m_house->post("/", "Toy_20261122.Put", R"({"Name":"third","Value":"answer"})").status, 500);
    QCOMPARE(m_house->post("/", "Toy_20261122.Put", R"({"Name":"fourth"})").status, 200);
}

void TstFrontDoor::throwingAction_isInternalFailure()
{
    const auto answer = m_house->post("/", "Toy_20261122.Break", R"({"Name":"abc"})");
    QCOMPARE(answer.status, 500);
    QCOMPARE(bodyOf(answer).value("__type", ""), std::string("InternalFailure"));
}

void TstFrontDoor::restJson_takesMembersFromEverywhere()
{
    auto headers = kRestScope;
    headers.add("X-Amz-Mode", "fast");
    headers.add("X-Amz-Meta-Colour", "red");
    headers.add("X-Amz-Date", "20261122T000000Z");
    const auto answer = m_house->send(toyRequest("GET", "/toys/ab%63?limit=7&x-id=Echo", {}, headers));
    QCOMPARE(answer.status, 200);
    const auto body = bodyOf(answer);
    QCOMPARE(body.value("Name", ""), std::string("abc"));
    QCOMPARE(body.value("Limit", 0), 7);
    QCOMPARE(body.value("Mode", ""), std::string("fast"));
    QCOMPARE(body["Meta"].value("colour", ""), std::string("red"));
    QVERIFY(answer.headers.get("ETag") == "\"tag\"" && !body.contains("Tag"));
    QVERIFY(answer.headers.get("Content-Type") == "application/json");
    const auto made = m_house->send(toyRequest("PUT", "/toys/abc", R"({"Value":"x"})", kRestScope));
    QCOMPARE(made.status, 201);
    const auto bytes = m_house->send(toyRequest("PUT", "/toys/abc/bytes", "{not json", kRestScope));
    QCOMPARE(bytes.body, std::string("got 9"));
}

void TstFrontDoor::restJson_errorsCarryTheirType()
{
    const auto refused = m_house->send(toyRequest("POST", "/toys/abc/refuse", "{}", kRestScope));
    QCOMPARE(refused.status, 404);
    QVERIFY(refused.headers.get("x-amzn-ErrorType") == "NoSuchThing");
    QCOMPARE(refused.body, std::string(R"({"Thing":"x","message":"There is no abc"})"));
    const auto malformed = m_house->send(toyRequest("PUT", "/toys/abc", "{not json", kRestScope));
    QCOMPARE(malformed.status, 400);
    QVERIFY(malformed.headers.get("x-amzn-ErrorType") == "SerializationException");
    const auto unknown = m_house->send(toyRequest("PATCH", "/toys/abc", "{}", kRestScope));
    QCOMPARE(unknown.status, 404);
    QVERIFY(unknown.headers.get("x-amzn-ErrorType") == "UnknownOperationException");
    const auto bearer = m_house->send(toyRequest("PUT", "/toys/abc", "{}", {{"Authorization", "Bearer x"}}));
    QCOMPARE(bearer.status, 403);
    QVERIFY(bearer.headers.get("x-amzn-ErrorType") == "MissingAuthenticationTokenException");
}

void TstFrontDoor::restJson_unknownInputIsRefusedByName_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("named");
    QTest::newRow("query") << "/toys/abc?colour=red"
                           << ""
                           << ""
                           << "'colour'";
    QTest::newRow("header") << "/toys/abc"
                            << "x-amz-colour"
                            << ""
                            << "'x-amz-colour'";
    QTest::newRow("body") << "/toys/abc"
                          << ""
                          << R"({"Colour":1})"
                          << "'colour'";
    QTest::newRow("number in the query") << "/toys/abc?limit=many"
                                         << ""
                                         << ""
                                         << "java.lang.String";
}

void TstFrontDoor::restJson_unknownInputIsRefusedByName()
{
    QFETCH(QString, target);
    QFETCH(QString, header);
    QFETCH(QString, body);
    QFETCH(QString, named);
    auto headers = kRestScope;
    if (!header.isEmpty())
        headers.add(header.toStdString(), "x");
    const auto answer = m_house->send(toyRequest("PUT", target.toStdString(), body.toStdString(), headers));
    QCOMPARE(answer.status, 400);
    QVERIFY2(answer.body.find(named.toStdString()) != std::string::npos, answer.body.c_str());
}

void TstFrontDoor::restXml_roundTripsAndWritesErrors()
{
    const auto answer = m_house->send(toyRequest("GET", "/toys/abc",
        "<In><Value>v</Value><Book><Title>a &amp; b</Title><Pages>3</Pages></Book></In>", kXmlScope));
    QCOMPARE(answer.status, 200);
    QVERIFY2(answer.body.find("<EchoResult><Name>abc</Name><Value>v</Value>") != std::string::npos,
        answer.body.c_str());
    QVERIFY(answer.body.find("<Book><Title>a &amp; b</Title><Pages>3</Pages></Book>") != std::string::npos);
    const auto refused = m_house->send(toyRequest("POST", "/toys/abc/refuse", {}, kXmlScope));
    QCOMPARE(refused.status, 404);
    const auto id = std::string(refused.headers.get("x-amzn-RequestId"));
    QCOMPARE(refused.body,
        "<?xml "
        "version=\"1.0\"?>\n<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchThing</Code><Message>There "
        "is no "
        "abc</Message><Thing>x</Thing></Error><RequestId>"
            + id + "</RequestId></ErrorResponse>");
    const auto malformed = m_house->send(toyRequest("PUT", "/toys/abc", "<In>", kXmlScope));
    QCOMPARE(malformed.status, 400);
    QVERIFY(malformed.body.find("<Code>MalformedXML</Code>") != std::string::npos);
    const auto unknown = m_house->send(toyRequest("PUT", "/toys/abc", "<In><Nope>1</Nope></In>", kXmlScope));
    QVERIFY(unknown.body.find("'nope' of Put") != std::string::npos);
}

void TstFrontDoor::ownActions_arePlainJsonInAnyProtocol()
{
    // Three services have the row; the first one answers.
    const auto answer = m_house->send(toyRequest("POST", "/_chamber/toys/abc?limit=2", R"({"Value":"v"})"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(bodyOf(answer)["seen"].dump(), std::string(R"({"Limit":2,"Name":"abc","Value":"v"})"));
    const auto bad = m_house->send(toyRequest("POST", "/_chamber/toys/abc", R"({"Value":1})"));
    QCOMPARE(bad.status, 400);
    QCOMPARE(bodyOf(bad).value("__type", ""), std::string("SerializationException"));
}

void TstFrontDoor::bucketHosts_becomePathStyle_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("region");
    QTest::newRow("localhost") << "toys.s3.localhost:4566"
                               << "/abc"
                               << "us-east-1";
    QTest::newRow("AWS") << "toys.s3.amazonaws.com"
                         << "/abc"
                         << "us-east-1";
    QTest::newRow("AWS with region") << "toys.s3.eu-west-1.amazonaws.com"
                                     << "/abc"
                                     << "eu-west-1";
    QTest::newRow("AWS with dashed region") << "toys.s3-eu-west-1.amazonaws.com"
                                            << "/abc"
                                            << "eu-west-1";
    QTest::newRow("path style") << "s3.localhost"
                                << "/toys/abc"
                                << "us-east-1";
    QTest::newRow("path style with region") << "s3.eu-west-1.amazonaws.com"
                                            << "/toys/abc"
                                            << "eu-west-1";
}

void TstFrontDoor::bucketHosts_becomePathStyle()
{
    QFETCH(QString, host);
    QFETCH(QString, target);
    QFETCH(QString, region);
    const auto answer =
        m_house->send(toyRequest("GET", target.toStdString(), {}, {{"Host", host.toStdString()}}));
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.headers.has("x-amz-request-id") && answer.headers.has("x-amz-id-2"));
    QVERIFY2(answer.body.find("<Name>abc</Name><Region>" + region.toStdString() + "</Region>")
            != std::string::npos,
        answer.body.c_str());
}

void TstFrontDoor::claimedRequests_areServed()
{
    const auto byHost =
        m_house->send(toyRequest("GET", "/dev/books?x=1", {}, {{"Host", "toy.execute-api.localhost:4566"}}));
    QCOMPARE(byHost.status, 203);
    QCOMPARE(byHost.body, std::string("GET /dev/books?x=1"));
    const auto byPath = m_house->send(toyRequest("DELETE", "/_aws/toy/a"));
    QCOMPARE(byPath.body, std::string("DELETE /_aws/toy/a"));
    QCOMPARE(m_house->send(toyRequest("GET", "/_aws/toy/throw")).status, 500);
    const auto tracks = m_house->tracer.latest(3);
    QCOMPARE(tracks[2].spans[0].steps[0].title, std::string("served"));
    QCOMPARE(tracks[2].path, std::string("/dev/books?x=1"));
    QCOMPARE(tracks[0].spans[0].error, std::string("InternalFailure"));
}

void TstFrontDoor::welcome_isDynamoDbsHealth()
{
    const auto answer = m_house->send(toyRequest("GET", "/"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, std::string("healthy: dynamodb.us-east-1.amazonaws.com \n"));
    const auto elsewhere =
        m_house->send(toyRequest("GET", "/", {}, {{"Host", "dynamodb.eu-west-3.amazonaws.com:4566"}}));
    QCOMPARE(elsewhere.body, std::string("healthy: dynamodb.eu-west-3.amazonaws.com \n"));
}

void TstFrontDoor::otherServices_areNamedAsMissing()
{
    http::Headers headers{{"Authorization",
        "AWS4-HMAC-SHA256 Credential=test/20261122/us-east-1/sts/aws4_request, SignedHeaders=host, "
        "Signature=0"}};
    const auto plain = m_house->send(toyRequest("GET", "/queues", {}, headers));
    QCOMPARE(plain.status, 501);
    QCOMPARE(bodyOf(plain).value("message", ""),
        std::string("Cloud Chamber has no service 'sts'; it has toy, toyrest, toyxml, s3"));
    headers.add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    const auto query = m_house->send(toyRequest("POST", "/", "Action=GetCallerIdentity", headers));
    QCOMPARE(query.status, 501);
    QVERIFY(query.body.find("<Code>NotImplemented</Code><Message>Cloud Chamber has no service 'sts'")
        != std::string::npos);
}

void TstFrontDoor::foreignHosts_areRefused_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("target");
    QTest::addColumn<bool>("accepted");
    QTest::newRow("localhost") << "localhost:4566"
                               << "/" << true;
    QTest::newRow("address") << "127.0.0.1"
                             << "/" << true;
    QTest::newRow("IPv6") << "[::1]:4566"
                          << "/" << true;
    QTest::newRow("below localhost") << "anything.localhost:4566"
                                     << "/" << true;
    QTest::newRow("AWS") << "dynamodb.us-east-1.amazonaws.com"
                         << "/_chamber/toys/abc" << true;
    QTest::newRow("foreign") << "evil.example"
                             << "/" << false;
    QTest::newRow("looks local") << "localhost.evil.example"
                                 << "/" << false;
    QTest::newRow("looks like AWS") << "amazonaws.com.evil.example"
                                    << "/" << false;
    QTest::newRow("looks like an address") << "127.0.0.1.evil.example"
                                           << "/" << false;
    QTest::newRow("claimed by path only") << "evil.example"
                                          << "/_aws/toy/a" << false;
    QTest::newRow("claimed by name") << "www.example.com"
                                     << "/a" << true;
}

void TstFrontDoor::foreignHosts_areRefused()
{
    QFETCH(QString, host);
    QFETCH(QString, target);
    QFETCH(bool, accepted);
    const auto answer =
        m_house->send(toyRequest("GET", target.toStdString(), {}, {{"Host", host.toStdString()}}));
    QCOMPARE(answer.status != 403, accepted);
}

void TstFrontDoor::namesOfTheUsersOwn_leadToTheirServiceAlone()
{
    for (const std::string target : {"/_chamber/toys/abc", "/toys/abc", "/_localstack/health"}) {
        const auto answer = m_house->send(toyRequest("GET", target, {}, {{"Host", "www.example.com"}}));
        QCOMPARE(answer.status, 203);
        QCOMPARE(answer.body, "GET " + target);
    }
}

void TstFrontDoor::foreignOrigins_areRefusedLocalOnesMayCall()
{
    const auto call = [&](const std::string& origin, const std::string& target) {
        return m_house->send(toyRequest("GET", target, {}, {{"Origin", origin}}));
    };
    QCOMPARE(call("https://evil.example", "/toys/abc").status, 403);
    QCOMPARE(call("null", "/toys/abc").status, 403);
    QCOMPARE(call("https://evil.example", "/_aws/toy/a").status, 203);
    const auto local = call("http://localhost:3000", "/toys/abc");
    QCOMPARE(local.status, 200);
    QVERIFY(local.headers.get("Access-Control-Allow-Origin") == "http://localhost:3000");
    const http::Headers asks{{"Origin", "http://localhost:3000"}, {"Access-Control-Request-Method", "PUT"},
        {"Access-Control-Request-Headers", "x-amz-target"}};
    const auto preflight = m_house->send(toyRequest("OPTIONS", "/toys/abc", {}, asks));
    QCOMPARE(preflight.status, 200);
    QVERIFY(preflight.headers.get("Access-Control-Allow-Headers") == "x-amz-target");
    QVERIFY(preflight.headers.get("Access-Control-Max-Age") == "172800");
    QCOMPARE(preflight.headers.get("x-amzn-RequestId").size(), 52u);
    QVERIFY(preflight.body.empty());
}

void TstFrontDoor::verification_refusesUnsignedAndWrongSignatures()
{
    ToyHouse strict({.verifySignatures = true});
    const auto wrong = strict.send(toyRequest("POST", "/", R"({"Name":"abc"})",
        {{"X-Amz-Target", "Toy_20261122.Echo"}, {"Authorization", tests::kToySigned},
            {"X-Amz-Date", amzDate(realMicros())}}));
    QCOMPARE(wrong.status, 400);
    QCOMPARE(bodyOf(wrong).value("__type", ""), std::string("InvalidSignatureException"));
    const auto none = strict.send(toyRequest("POST", "/", "{}", {{"X-Amz-Target", "Toy_20261122.Echo"}}));
    QCOMPARE(bodyOf(none).value("__type", ""), std::string("MissingAuthenticationTokenException"));
    auto stranger = std::string(tests::kToySigned);
    stranger.replace(stranger.find("123456789012"), 12, "AKIDEXAMPLE1");
    const auto unknown = strict.send(toyRequest("POST", "/", R"({"Name":"abc"})",
        {{"X-Amz-Target", "Toy_20261122.Echo"}, {"Authorization", stranger},
            {"X-Amz-Date", amzDate(realMicros())}}));
    QCOMPARE(bodyOf(unknown).value("__type", ""), std::string("UnrecognizedClientException"));
    QCOMPARE(bodyOf(unknown).value("message", ""),
        std::string("The security token included in the request is invalid."));
    // AWS looks at the operation first.
    const auto nothing = strict.send(toyRequest("POST", "/", "{}", {{"X-Amz-Target", "Toy_20261122.Nope"}}));
    QCOMPARE(bodyOf(nothing).value("__type", ""), std::string("UnknownOperationException"));
    const auto url = "/toys/abc?AWSAccessKeyId=test&Expires=1800000100&Signature=bm8%3D";
    const auto presigned = m_house->send(toyRequest("GET", url));
    QCOMPARE(presigned.status, 403);
    QVERIFY(presigned.body.find("<Code>SignatureDoesNotMatch</Code>") != std::string::npos);
    m_house->clock.advance(101 * kSecond);
    QVERIFY(m_house->send(toyRequest("GET", url)).body.find("Request has expired") != std::string::npos);
}

void TstFrontDoor::authorizationHeaders_areParsedEvenUnverified_data()
{
    QTest::addColumn<QString>("header");
    QTest::addColumn<bool>("dated");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("message");
    const QString credential = "Authorization header requires 'Credential' parameter. ";
    const QString signature = "Authorization header requires 'Signature' parameter. ";
    const QString names = "Authorization header requires 'SignedHeaders' parameter. ";
    const QString date =
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
    const QString incomplete = "IncompleteSignatureException";
    QTest::newRow("another scheme") << "Basic dGVzdA==" << true << "MissingAuthenticationTokenException"
                                    << "Request is missing Authentication Token";
    QTest::newRow("too short") << "AWS4" << true << "MissingAuthenticationTokenException"
                               << "Request is missing Authentication Token";
    QTest::newRow("bare") << "AWS4-" << false << incomplete
                          << credential + signature + names + date + "Authorization=AWS4-";
    QTest::newRow("dated") << "AWS4-" << true << incomplete
                           << credential + signature + names + "Authorization=AWS4-";
    QTest::newRow("without signature")
        << "AWS4-HMAC-SHA256 Credential=a/20261122/r/s/aws4_request, SignedHeaders=host" << true << incomplete
        << signature
            + "Authorization=AWS4-HMAC-SHA256 Credential=a/20261122/r/s/aws4_request, SignedHeaders=host";
    QTest::newRow("short scope") << "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0" << true
                                 << incomplete
                                 << "Credential must have exactly 5 slash-delimited elements, e.g. "
                                    "keyid/date/region/service/term, got 'a/b'";
}

void TstFrontDoor::authorizationHeaders_areParsedEvenUnverified()
{
    QFETCH(QString, header);
    QFETCH(bool, dated);
    QFETCH(QString, type);
    QFETCH(QString, message);
    http::Headers headers{{"X-Amz-Target", "Toy_20261122.Echo"}, {"Authorization", header.toStdString()}};
    if (dated)
        headers.add("X-Amz-Date", amzDate(realMicros()));
    const auto answer = m_house->send(toyRequest("POST", "/", R"({"Name":"abc"})", headers));
    QCOMPARE(answer.status, 400);
    QCOMPARE(QString::fromStdString(bodyOf(answer).value("__type", "")), type);
    QCOMPARE(QString::fromStdString(bodyOf(answer).value("message", "")), message);
}

void TstFrontDoor::fullPool_isServiceUnavailable()
{
    ToyHouse small({}, 1, 1);
    std::promise<void> release;
    auto released = release.get_future().share();
    std::promise<void> started;
    QVERIFY(small.pool.post([&started, released] {
        started.set_value();
        released.wait();
    }));
    started.get_future().wait();
    while (small.pool.post([] {})) { }
    const auto answer = small.post("/", "Toy_20261122.Refuse", R"({"Name":"abc"})");
    const auto served = small.send(toyRequest("GET", "/_aws/toy/a"));
    release.set_value();
    QCOMPARE(answer.status, 503);
    QCOMPARE(bodyOf(answer).value("__type", ""), std::string("ServiceUnavailable"));
    QCOMPARE(served.status, 503);
}

void TstFrontDoor::tracks_nameActionResourceAndError()
{
    m_house->post("/", "Toy_20261122.Echo", R"({"Name":"abc","Rough":"x"})");
    m_house->post("/", "Toy_20261122.Refuse", R"({"Name":"abc"})");
    const auto tracks = m_house->tracer.latest(2);
    QCOMPARE(tracks.size(), 2u);
    QCOMPARE(tracks[1].path, std::string("Echo abc"));
    QCOMPARE(tracks[1].method, std::string("POST"));
    QCOMPARE(tracks[1].from, std::string("sdk"));
    QCOMPARE(tracks[1].spans[0].resource, std::string("abc"));
    QCOMPARE(tracks[1].spans[0].steps[0].title, std::string("simplified: Rough"));
    QCOMPARE(tracks[0].status, 400);
    QCOMPARE(tracks[0].note, std::string("NoSuchThing"));
    QCOMPARE(tracks[0].spans[0].error, std::string("NoSuchThing"));
    QCOMPARE(tracks[0].spans[0].steps.back().detail, std::string("There is no abc"));
}

void TstFrontDoor::traceHeader_joinsTheTrack()
{
    auto root = m_house->tracer.open({"GET", "/x", "test", "lambda", "function"});
    m_house->send(toyRequest("POST", "/", R"({"Name":"abc"})",
        {{"X-Amz-Target", "Toy_20261122.Echo"}, {"X-Amzn-Trace-Id", root.traceHeader()}}));
    const auto id = root.trackId();
    root.end();
    const auto track = m_house->tracer.find(id);
    QVERIFY(track);
    QCOMPARE(track->spans.size(), 2u);
    QCOMPARE(track->spans[1].name, std::string("Echo"));
    QCOMPARE(track->spans[1].parent, 1u);
    QCOMPARE(track->path, std::string("/x"));
}

void TstFrontDoor::changes_arePublishedAfterSuccess()
{
    std::vector<ResourceChanged> seen;
    std::mutex mutex;
    const auto subscription = m_house->changes.subscribe([&](const ResourceChanged& change) {
        std::lock_guard guard(mutex);
        seen.push_back(change);
    });
    m_house->post("/", "Toy_20261122.Put", R"({"Name":"abc"})");
    m_house->post("/", "Toy_20261122.Put", R"({"Name":"abc"})");
    m_house->post("/", "Toy_20261122.Echo", R"({"Name":"abc"})");
    std::lock_guard guard(mutex);
    QCOMPARE(seen.size(), 1u);
    QCOMPARE(seen[0].service + ' ' + seen[0].action + ' ' + seen[0].region + ' ' + seen[0].resource,
        std::string("toy Put eu-west-1 abc"));
    QVERIFY(!seen[0].data);
}

void TstFrontDoor::call_runsEveryLane()
{
    const CallOptions options{.region = "eu-north-1"};
    const auto echo = m_house->door->call("toy", "Echo", {{"Name", "abc"}}, options);
    QCOMPARE(echo->json()["Region"].get<std::string>(), std::string("eu-north-1"));
    QVERIFY(m_house->door->call("toyrest", "Put", {{"Name", "abc"}}, options).has_value());
    const auto again = m_house->door->call("toyxml", "Put", {{"Name", "abc"}}, options);
    QCOMPARE(again.error().code, std::string("ResourceInUseException"));
    QCOMPARE(m_house->door->call("toyrest", "Take", {{"Name", "abc"}}, options, "12345")->body,
        std::string("got 5"));
    QCOMPARE(m_house->door->call("toy", "Break", {{"Name", "abc"}}, options).error().code,
        std::string("InternalFailure"));
    QCOMPARE(m_house->door->call("toy", "Echo", json::object(), options).error().code,
        std::string("ValidationException"));
    QCOMPARE(m_house->door->call("toy", "Nope", json::object(), options).error().code,
        std::string("UnknownOperationException"));
    QCOMPARE(m_house->door->call("nobody", "Echo", json::object(), options).error().code,
        std::string("UnknownService"));
}

void TstFrontDoor::call_isAChildOfItsParent()
{
    auto root = m_house->tracer.open({"GET", "/x", "test", "apigateway", "call"});
    CallOptions options{.parent = &root};
    QVERIFY(m_house->door->call("toy", "Echo", {{"Name", "abc"}}, options).has_value());
    QVERIFY(m_house->door->call("toy", "Echo", {{"Name", "abc"}}, {.quiet = true}).has_value());
    const auto id = root.trackId();
    root.end();
    QCOMPARE(m_house->tracer.total(), std::uint64_t{1});
    const auto track = m_house->tracer.find(id);
    QCOMPARE(track->spans.size(), 2u);
    QCOMPARE(track->spans[1].service + ' ' + track->spans[1].name + ' ' + track->spans[1].resource,
        std::string("toy Echo abc"));
    QCOMPARE(track->spans[1].status, 200);
    QVERIFY(m_house->door->call("toy", "Echo", {{"Name", "abc"}}, {.from = "workbench"}).has_value());
    QCOMPARE(m_house->tracer.latest(1)[0].path, std::string("Echo abc"));
    QCOMPARE(m_house->tracer.latest(1)[0].from, std::string("workbench"));
}

void TstFrontDoor::fetch_servesOwnNamesInProcess_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("service");
    QTest::newRow("API host") << "https://toy.execute-api.us-east-1.amazonaws.com/dev/a" << 203 << "toyrest";
    QTest::newRow("API on localhost") << "http://toy.execute-api.localhost:4566/dev/a" << 203 << "toyrest";
    QTest::newRow("bucket host") << "https://toys.s3.eu-west-1.amazonaws.com/abc" << 200 << "s3";
    QTest::newRow("S3 host") << "https://s3.amazonaws.com/toys/abc" << 200 << "s3";
    QTest::newRow("missing") << "https://toys.s3.amazonaws.com/" << 405 << "s3";
    QTest::newRow("own endpoint") << "ENDPOINT/_aws/toy/a" << 203 << "toyrest";
}

void TstFrontDoor::fetch_servesOwnNamesInProcess()
{
    QFETCH(QString, url);
    QFETCH(int, status);
    QFETCH(QString, service);
    url.replace("ENDPOINT", QString::fromStdString(m_house->endpoint()));
    auto root = m_house->tracer.open({"GET", "/x", "test", "cdn", "viewer request"});
    const auto answer = m_house->door->fetch(url.toStdString(), toyRequest("GET", "/"), {.parent = &root});
    QVERIFY(answer.has_value());
    QCOMPARE(answer->status, status);
    const auto id = root.trackId();
    root.end();
    const auto track = m_house->tracer.find(id);
    QCOMPARE(m_house->tracer.total(), std::uint64_t{1});
    QCOMPARE(QString::fromStdString(track->spans.at(1).service), service);
    QCOMPARE(track->spans[1].status, status);
}

void TstFrontDoor::fetch_goesOverTheNetworkForOthers()
{
    ToyHouse other;
    auto root = m_house->tracer.open({"GET", "/x", "test", "cdn", "viewer request"});
    const auto answer =
        m_house->door->fetch(other.endpoint() + "/_aws/toy/a", toyRequest("GET", "/"), {.parent = &root});
    QVERIFY(answer.has_value());
    QCOMPARE(answer->status, 203);
    QCOMPARE(other.tracer.total(), std::uint64_t{1});
    const auto id = root.trackId();
    root.end();
    const auto span = m_house->tracer.find(id)->spans.at(1);
    QCOMPARE(span.service, std::string("client"));
    QCOMPARE(span.kind, trace::SpanKind::Network);
    other.listener->close();
    const auto gone = m_house->door->fetch("http://127.0.0.1:1/", toyRequest("GET", "/"), {});
    QVERIFY(!gone);
    QVERIFY(!m_house->door->fetch("no url", toyRequest("GET", "/"), {}));
}

void TstFrontDoor::manyConnections_areAllAnswered()
{
    std::vector<std::future<int>> workers;
    for (int worker = 0; worker < 8; ++worker) {
        workers.push_back(std::async(std::launch::async, [&, worker] {
            int good = 0;
            for (int i = 0; i < 100; ++i) {
                const std::string name(1, static_cast<char>('a' + worker));
                const auto action = i % 2 ? "Toy_20261122.Echo" : "Toy_20261122.Put";
                const auto status = m_house->post("/", action, R"({"Name":")" + name + "\"}").status;
                // The first Put of a name succeeds, the others find it.
                good += (i % 2 || i == 0) ? status == 200 : status == 400;
            }
            return good;
        }));
    }
    for (auto& worker : workers)
        QCOMPARE(worker.get(), 100);
}

CHAMBER_SUITE(TstFrontDoor, "tst_front_door")
#include "tst_front_door.moc"
