#include "core/apigateway/proxy_event.h"
#include "core/base/hash.h"
#include "tests/core/apigateway/api_fixture.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;
using namespace core::apigateway;
using nlohmann::json;

namespace {

// An event recorded from AWS for GET {stage}/proxy-value/api?…, less what is its own on each call and the
// headers that CloudFront adds before an EDGE endpoint.
constexpr const char* kRecorded = R"json({
 "body": null,
 "headers": {"Accept": "*/*", "Authorization": "random-value", "Host": "abc.execute-api.localhost:4566",
  "User-Agent": "python-requests/testing", "tEsT-HEADeR": "aValUE"},
 "httpMethod": "GET",
 "isBase64Encoded": false,
 "multiValueHeaders": {"Accept": ["*/*"], "Authorization": ["random-value"], "Host": ["abc.execute-api.localhost:4566"],
  "User-Agent": ["python-requests/testing"], "tEsT-HEADeR": ["aValUE"]},
 "multiValueQueryStringParameters": {"category": ["electronics", "books"], "plus": ["test alias@gmail.com"],
  "email": ["test+alias@gmail.com"]},
 "path": "/proxy-value/api",
 "pathParameters": {"proxy": "proxy-value/api"},
 "queryStringParameters": {"category": "books", "plus": "test alias@gmail.com", "email": "test+alias@gmail.com"},
 "requestContext": {"accountId": "000000000000", "apiId": "abc", "deploymentId": "d1",
  "domainName": "abc.execute-api.localhost:4566", "domainPrefix": "abc", "extendedRequestId": "JKJaXmPLvHcESHA=",
  "httpMethod": "GET",
  "identity": {"accessKey": null, "accountId": null, "caller": null, "cognitoAuthenticationProvider": null,
   "cognitoAuthenticationType": null, "cognitoIdentityId": null, "cognitoIdentityPoolId": null, "principalOrgId": null,
   "sourceIp": "127.0.0.1", "user": null, "userAgent": "python-requests/testing", "userArn": null},
  "path": "/stage//proxy-value/api", "protocol": "HTTP/1.1", "requestId": "c6af9ac6", "requestTime": "14/Nov/2023:22:13:20 +0000",
  "requestTimeEpoch": 1700000000000, "resourceId": "r1", "resourcePath": "/{proxy+}", "stage": "stage"},
 "resource": "/{proxy+}",
 "stageVariables": null})json";

struct Call {
    http::Request request;
    trace::SpanScope span;
    Resource resource{"r1", "root", "{proxy+}", "/{proxy+}", {}};

    CallContext context()
    {
        CallContext call(request, span);
        call.now = 1'700'000'000 * kSecond;
        call.requestId = "c6af9ac6";
        call.extendedRequestId = "JKJaXmPLvHcESHA=";
        call.address = {"abc", {}, "stage", "//proxy-value/api", "abc.execute-api.localhost:4566", {}};
        call.query = http::parseQuery(request.rawQuery());
        auto state = std::make_shared<ApiState>();
        state->api.id = "abc";
        state->api.account = "000000000000";
        call.api = state;
        auto deployment = std::make_shared<Deployment>();
        deployment->id = "d1";
        call.deployment = deployment;
        call.resource = &resource;
        call.pathParameters = {{"proxy", "proxy-value/api"}};
        call.integrationRequest.headers = request.headers;
        call.integrationRequest.body = request.body;
        return call;
    }
};

QString parsed(const json& answer, bool binary = false)
{
    const auto result = parseProxyAnswer(answer.dump(), binary);
    if (!result)
        return QStringLiteral("malformed");
    auto text = QString::number(result->status);
    for (const auto& [name, value] : result->headers)
        text += QString::fromStdString(" " + name + "=" + value);
    return text + QString::fromStdString(" [" + result->body + "]");
}

}

class TstProxyEvent : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void event_isAsRecorded();
    void body_isTextOrBase64();
    void stageVariablesAndNulls_areAsOnAws();
    void answer_isTakenApart_data();
    void answer_isTakenApart();
    void deepAnswer_isMalformed();
    void base64_isDecodedForBinaryClients();
};

void TstProxyEvent::event_isAsRecorded()
{
    Call call;
    call.request.target =
        "/stage//proxy-value/api?category=electronics&plus=test+alias@gmail.com&email=test%2Balias@gmail.com"
        "&category=books";
    call.request.headers = {{"Accept", "*/*"}, {"authorization", "random-value"},
        {"host", "abc.execute-api.localhost:4566"}, {"user-agent", "python-requests/testing"},
        {"tEsT-HEADeR", "aValUE"}, {"Connection", "keep-alive"}, {"Content-Length", "0"}};
    const auto expected = json::parse(kRecorded);
    const auto event = proxyEvent(call.context());
    QCOMPARE(QString::fromStdString(event.dump(1)), QString::fromStdString(expected.dump(1)));
}

void TstProxyEvent::body_isTextOrBase64()
{
    Call call;
    call.request.body = "{\"a\":\"é\"}";
    auto context = call.context();
    QCOMPARE(jsonText(proxyEvent(context)["body"]), jsonText(json("{\"a\":\"é\"}")));
    context.integrationRequest.bodyIsBase64 = true;
    QCOMPARE(jsonText(proxyEvent(context)["body"]), jsonText(json(base64(call.request.body))));
    QCOMPARE(jsonText(proxyEvent(context)["isBase64Encoded"]), jsonText(json(true)));
}

void TstProxyEvent::stageVariablesAndNulls_areAsOnAws()
{
    Call call;
    auto context = call.context();
    context.stageVariables = {{"mode", "test"}};
    context.pathParameters.clear();
    const auto event = proxyEvent(context);
    QCOMPARE(jsonText(event["stageVariables"]), jsonText(json{{"mode", "test"}}));
    for (const char* name :
        {"pathParameters", "queryStringParameters", "multiValueQueryStringParameters", "body"})
        QVERIFY2(event[name].is_null(), name);
}

void TstProxyEvent::answer_isTakenApart_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QString>("expected");
    QTest::newRow("whole") << R"({"statusCode":201,"headers":{"A":"b"},"body":"hi"})"
                           << "201 A=b [hi]";
    QTest::newRow("nothing") << "{}"
                             << "200 []";
    QTest::newRow("status as text") << R"({"statusCode":"404"})"
                                    << "404 []";
    QTest::newRow("null members")
        << R"({"statusCode":null,"headers":null,"multiValueHeaders":null,"body":null})"
        << "200 []";
    QTest::newRow("scalar headers") << R"({"headers":{"b":true,"n":7}})"
                                    << "200 b=true n=7 []";
    QTest::newRow("scalar body") << R"({"body":12})"
                                 << "200 [12]";
    QTest::newRow("multi") << R"({"multiValueHeaders":{"a":["1","2"]}})"
                           << "200 a=1 a=2 []";
    QTest::newRow("multi and solo") << R"({"headers":{"a":"solo"},"multiValueHeaders":{"a":["multi"]}})"
                                    << "200 a=multi a=solo []";
    QTest::newRow("multi and solo of another spelling")
        << R"({"headers":{"test-multi":"solo"},"multiValueHeaders":{"tesT-Multi":["multi"]}})"
        << "200 tesT-Multi=multi tesT-Multi=solo []";
    QTest::newRow("undecoded base64") << R"({"body":"dGVzdA==","isBase64Encoded":true})"
                                      << "200 [dGVzdA==]";
    QTest::newRow("text") << R"("hello")"
                          << "malformed";
    QTest::newRow("null") << "null"
                          << "malformed";
    QTest::newRow("list") << "[]"
                          << "malformed";
    QTest::newRow("foreign member") << R"({"statusCode":200,"cookies":[]})"
                                    << "malformed";
    QTest::newRow("bad status") << R"({"statusCode":"ok"})"
                                << "malformed";
    QTest::newRow("status out of range") << R"({"statusCode":99})"
                                         << "malformed";
    QTest::newRow("object body") << R"({"body":{"a":1}})"
                                 << "malformed";
    QTest::newRow("headers as list") << R"({"headers":[]})"
                                     << "malformed";
    QTest::newRow("object header") << R"({"headers":{"a":{}}})"
                                   << "malformed";
    QTest::newRow("multi as text") << R"({"multiValueHeaders":{"a":"1"}})"
                                   << "malformed";
}

void TstProxyEvent::deepAnswer_isMalformed()
{
    const std::string deep = "{\"statusCode\":" + std::string(200'000, '[') + std::string(200'000, ']') + "}";
    QVERIFY(!parseProxyAnswer(deep, false));
}

void TstProxyEvent::answer_isTakenApart()
{
    QFETCH(QString, answer);
    QFETCH(QString, expected);
    QCOMPARE(parsed(json::parse(answer.toStdString())), expected);
}

void TstProxyEvent::base64_isDecodedForBinaryClients()
{
    QCOMPARE(parsed({{"body", "dGVzdA=="}, {"isBase64Encoded", true}}, true), QStringLiteral("200 [test]"));
    QCOMPARE(parsed({{"body", "no base64"}, {"isBase64Encoded", true}}, true), QStringLiteral("malformed"));
    QCOMPARE(
        parsed({{"body", "dGVzdA=="}, {"isBase64Encoded", false}}, true), QStringLiteral("200 [dGVzdA==]"));
}

CHAMBER_SUITE(TstProxyEvent, "tst_proxy_event")
#include "tst_proxy_event.moc"
