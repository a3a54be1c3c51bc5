#include "core/base/hash.h"
#include "tests/core/apigateway/api_fixture.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <future>
#include <thread>

using nlohmann::json;
using namespace core;

namespace {

QString shown(const http::Response& response)
{
    return QString::number(response.status) + " " + QString::fromStdString(response.body);
}

QByteArray header(const http::Response& response, const char* name)
{
    const auto value = response.headers.get(name);
    return {value.data(), static_cast<qsizetype>(value.size())};
}

json httpProxy(const char* uri, json parameters = json::object())
{
    return {{"type", "HTTP_PROXY"}, {"integrationHttpMethod", "ANY"}, {"uri", uri},
        {"requestParameters", std::move(parameters)}};
}

}

class TstPipeline : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lambdaProxy_passesEventAndAnswer();
    void lambdaUri_takesStageVariables();
    void invocationType_isMapped();
    void failingFunction_is502();
    void missingFunction_is500();
    void malformedAnswer_is502();
    void slowFunction_is504();
    void unknownRoute_isMissingToken();
    void unknownStageOrApi_isForbidden();
    void disabledEndpoint_isForbidden();
    void deployment_servesItsSnapshot();
    void binaryBody_travelsAsBase64();
    void badUtf8_isReplacedForFunctions();
    void hugeBody_is413();
    void callBehindAnotherSpan_leavesTheTracksName();
    void httpProxy_passesRequestAndRemapsAnswer();
    void httpProxy_failures_data();
    void httpProxy_failures();
    void mock_answersByTemplates();
    void mock_withoutStatusIs500();
    void mock_selectsByPattern();
    void neverPassthrough_is415();
    void everyAddress_reachesTheStage_data();
    void everyAddress_reachesTheStage();
    void track_tellsTheSteps();
    void testInvoke_runsTheUndeployedMethod();
    void callsDuringDeployments_areAlwaysServed();
    void restart_servesAsBefore();
    void reset_forgetsEverything();
};

void TstPipeline::lambdaProxy_passesEventAndAnswer()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(route.apiId, gateway.addPath(route.apiId, route.rootId, "/books/{id}"), "ANY",
        lambdaIntegration("books"));
    gateway.deploy(route.apiId, "prod");
    gateway.caller.onCall = [](const auto&) {
        return functionAnswer(
            R"({"statusCode":201,"headers":{"X-Shop":"corner","Date":"yesterday"},"body":"made"})");
    };
    http::Request request;
    request.method = "PUT";
    request.target = "/prod/books/42?draft=1";
    request.headers = {{"Host", route.apiId + ".execute-api.localhost:4566"}, {"Content-Type", "text/plain"}};
    request.body = "a book";
    const auto response = gateway.send(std::move(request));

    QCOMPARE(shown(response), QStringLiteral("201 made"));
    QCOMPARE(header(response, "X-Shop"), QByteArray("corner"));
    QCOMPARE(header(response, "x-amzn-Remapped-Date"), QByteArray("yesterday"));
    QCOMPARE(header(response, "Content-Type"), QByteArray("application/json"));
    QCOMPARE(header(response, "x-amzn-RequestId").size(), 36);
    QCOMPARE(header(response, "x-amz-apigw-id").size(), 16);
    QVERIFY(header(response, "X-Amzn-Trace-Id").startsWith("Root=1-"));

    auto asked = gateway.caller.last();
    QCOMPARE(asked.what, std::string("lambda Invoke"));
    const std::string method = asked.input.value("InvokingArn", "");
    QVERIFY(method.starts_with("arn:aws:execute-api:us-east-1:000000000000:"));
    QVERIFY(method.ends_with("/prod/PUT/books/42"));
    asked.input.erase("InvokingArn");
    QCOMPARE(jsonText(asked.input),
        jsonText(json{{"FunctionName", "arn:aws:lambda:us-east-1:000000000000:function:books"},
            {"InvocationType", "RequestResponse"}, {"InvokingService", "apigateway.amazonaws.com"}}));
    const auto event = json::parse(asked.payload);
    QCOMPARE(jsonText(event["httpMethod"]), jsonText(json("PUT")));
    QCOMPARE(jsonText(event["resource"]), jsonText(json("/books/{id}")));
    QCOMPARE(jsonText(event["pathParameters"]), jsonText(json{{"id", "42"}}));
    QCOMPARE(jsonText(event["queryStringParameters"]), jsonText(json{{"draft", "1"}}));
    QCOMPARE(jsonText(event["body"]), jsonText(json("a book")));
    QCOMPARE(jsonText(event["headers"]["X-Forwarded-For"]), jsonText(json("127.0.0.1")));
    QCOMPARE(jsonText(event["headers"]["X-Forwarded-Port"]), jsonText(json("4566")));
    QCOMPARE(jsonText(event["requestContext"]["path"]), jsonText(json("/prod/books/42")));
    QCOMPARE(jsonText(event["requestContext"]["domainName"]),
        jsonText(json(route.apiId + ".execute-api.localhost:4566")));
}

void TstPipeline::lambdaUri_takesStageVariables()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(route.apiId, route.rootId, "GET", lambdaIntegration("${stageVariables.function}"));
    gateway.deploy(route.apiId, "prod", {{"function", "orders"}});
    QCOMPARE(gateway.get(route.apiId, "/prod").status, 200);
    QCOMPARE(jsonText(gateway.caller.last().input["FunctionName"]),
        jsonText(json("arn:aws:lambda:us-east-1:000000000000:function:orders")));
    QCOMPARE(jsonText(json::parse(gateway.caller.last().payload)["stageVariables"]),
        jsonText(json{{"function", "orders"}}));
}

void TstPipeline::invocationType_isMapped()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(route.apiId, route.rootId, "GET", lambdaIntegration());
    auto mapped = lambdaIntegration();
    mapped["requestParameters"] = {
        {"integration.request.header.X-Amz-Invocation-Type", "method.request.header.InvocationType"}};
    gateway.addMethod(route.apiId, route.rootId, "POST", mapped);
    gateway.deploy(route.apiId, "prod");
    const auto typeOf = [&](const char* method, const char* header) {
        http::Request request;
        request.method = method;
        request.target = "/prod";
        request.headers = {{"Host", route.apiId + ".execute-api.localhost:4566"}, {header, "Event"}};
        gateway.send(std::move(request));
        return jsonText(gateway.caller.last().input["InvocationType"]);
    };
    QCOMPARE(typeOf("GET", "X-Amz-Invocation-Type"), jsonText(json("RequestResponse")));
    const auto event = json::parse(gateway.caller.last().payload);
    QCOMPARE(jsonText(event["headers"]["X-Amz-Invocation-Type"]), jsonText(json("Event")));
    QCOMPARE(typeOf("POST", "X-Amz-Invocation-Type"), jsonText(json("RequestResponse")));
    QCOMPARE(typeOf("POST", "InvocationType"), jsonText(json("Event")));
}

void TstPipeline::failingFunction_is502()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(route.apiId, route.rootId, "GET", lambdaIntegration());
    gateway.deploy(route.apiId, "prod");
    gateway.caller.onCall = [](const auto&) {
        return functionAnswer(R"({"errorMessage":"boom"})", "Unhandled");
    };
    const auto response = gateway.get(route.apiId, "/prod/");
    QCOMPARE(shown(response), QStringLiteral("502 {\"message\": \"Internal server error\"}"));
    QCOMPARE(header(response, "x-amzn-ErrorType"), QByteArray("InternalServerErrorException"));
    QVERIFY(stepsOf(gateway.lastTrack()).contains("boom"));
}

void TstPipeline::missingFunction_is500()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(route.apiId, route.rootId, "GET", lambdaIntegration());
    gateway.deploy(route.apiId, "prod");
    gateway.caller.onCall = [](const auto&) -> Result<aws::Reply> {
        return fail(ErrorKind::NotFound, "ResourceNotFoundException", "Function not found");
    };
    QCOMPARE(shown(gateway.get(route.apiId, "/prod/")),
        QStringLiteral("500 {\"message\": \"Internal server error\"}"));
}

void TstPipeline::malformedAnswer_is502()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(route.apiId, route.rootId, "GET", lambdaIntegration());
    gateway.deploy(route.apiId, "prod");
    gateway.caller.onCall = [](const auto&) { return functionAnswer("\"just text\""); };
    QCOMPARE(shown(gateway.get(route.apiId, "/prod/")),
        QStringLiteral("502 {\"message\": \"Internal server error\"}"));
    QVERIFY(
        stepsOf(gateway.lastTrack()).contains("Malformed Lambda proxy response: it is not a JSON object"));
}

void TstPipeline::slowFunction_is504()
{
    std::promise<void> release;
    const auto released = release.get_future().share();
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    auto integration = lambdaIntegration();
    integration["timeoutInMillis"] = 50;
    gateway.addMethod(route.apiId, route.rootId, "GET", integration);
    gateway.deploy(route.apiId, "prod");
    gateway.caller.onCall = [released](const auto&) {
        released.wait();
        return functionAnswer("{}");
    };
    QCOMPARE(shown(gateway.get(route.apiId, "/prod/")),
        QStringLiteral("504 {\"message\": \"Endpoint request timed out\"}"));
    release.set_value();
}

void TstPipeline::unknownRoute_isMissingToken()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(route.apiId, route.rootId, "POST", lambdaIntegration());
    gateway.deploy(route.apiId, "prod");
    for (const char* path : {"/prod/", "/prod/magazines"}) {
        const auto response = gateway.get(route.apiId, path);
        QCOMPARE(shown(response), QStringLiteral("403 {\"message\":\"Missing Authentication Token\"}"));
        QCOMPARE(header(response, "x-amzn-ErrorType"), QByteArray("MissingAuthenticationTokenException"));
    }
    QCOMPARE(gateway.caller.count(), 0);
}

void TstPipeline::unknownStageOrApi_isForbidden()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    for (const auto& response : {gateway.get(route.apiId, "/prod/"), gateway.get("nope", "/prod/")}) {
        QCOMPARE(shown(response), QStringLiteral("403 {\"message\":\"Forbidden\"}"));
        QCOMPARE(header(response, "x-amzn-ErrorType"), QByteArray("ForbiddenException"));
    }
}

void TstPipeline::disabledEndpoint_isForbidden()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi({{"disableExecuteApiEndpoint", true}});
    gateway.addMethod(route.apiId, route.rootId, "GET", lambdaIntegration());
    gateway.deploy(route.apiId, "prod");
    QCOMPARE(gateway.get(route.apiId, "/prod/").status, 403);
}

void TstPipeline::deployment_servesItsSnapshot()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(route.apiId, route.rootId, "GET", lambdaIntegration());
    gateway.deploy(route.apiId, "prod");
    gateway.addMethod(
        route.apiId, gateway.addPath(route.apiId, route.rootId, "/new"), "GET", lambdaIntegration());
    QCOMPARE(gateway.get(route.apiId, "/prod/new").status, 403);
    gateway.deploy(route.apiId, "prod");
    QCOMPARE(gateway.get(route.apiId, "/prod/new").status, 200);
}

void TstPipeline::binaryBody_travelsAsBase64()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi({{"binaryMediaTypes", {"image/*"}}});
    gateway.addMethod(route.apiId, route.rootId, "POST", lambdaIntegration());
    gateway.deploy(route.apiId, "prod");
    gateway.caller.onCall = [](const auto& asked) {
        const auto event = json::parse(asked.payload);
        return functionAnswer(json{{"body", event["body"]}, {"isBase64Encoded", true}}.dump());
    };
    http::Request request;
    request.method = "POST";
    request.target = "/prod";
    request.headers = {{"Host", route.apiId + ".execute-api.localhost"}, {"Content-Type", "image/png"},
        {"Accept", "image/png,*/*"}};
    request.body = std::string("\x89PNG\0\xff", 6);
    const auto bytes = request.body;
    const auto response = gateway.send(std::move(request));
    QCOMPARE(jsonText(json::parse(gateway.caller.last().payload)["body"]), jsonText(json(base64(bytes))));
    QCOMPARE(jsonText(json::parse(gateway.caller.last().payload)["isBase64Encoded"]), jsonText(json(true)));
    QCOMPARE(response.body, bytes);
}

void TstPipeline::badUtf8_isReplacedForFunctions()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(route.apiId, route.rootId, "POST", lambdaIntegration());
    gateway.deploy(route.apiId, "prod");
    http::Request request;
    request.method = "POST";
    request.target = "/prod?q=%ff";
    request.headers = {{"Host", route.apiId + ".execute-api.localhost"}, {"X-Bad", "\xff"}};
    request.body = "a\xff";
    QCOMPARE(gateway.send(std::move(request)).status, 200);
    const auto event = json::parse(gateway.caller.last().payload);
    QCOMPARE(event["body"].get<std::string>(), std::string("a\xef\xbf\xbd"));
    QCOMPARE(event["headers"]["X-Bad"].get<std::string>(), std::string("\xef\xbf\xbd"));
}

void TstPipeline::callBehindAnotherSpan_leavesTheTracksName()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(route.apiId, route.rootId, "GET", lambdaIntegration());
    gateway.deploy(route.apiId, "prod");
    auto viewer = gateway.tracer.open({"GET", "/covers/1", "Paris", "cdn", "viewer"});
    http::Request request;
    request.target = "/prod/";
    request.headers = {{"Host", route.apiId + ".execute-api.localhost"}};
    auto span = viewer.child("apigateway", "call");
    QCOMPARE(gateway.send(std::move(request), span).status, 200);
    span.end();
    QCOMPARE(gateway.lastTrack().path, std::string("/covers/1"));
    QCOMPARE(gateway.lastTrack().spans.at(1).name, std::string("GET /"));
}

void TstPipeline::hugeBody_is413()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(route.apiId, route.rootId, "POST", lambdaIntegration());
    gateway.deploy(route.apiId, "prod");
    http::Request request;
    request.method = "POST";
    request.target = "/prod";
    request.headers = {{"Host", route.apiId + ".execute-api.localhost"}};
    request.body.assign(10 * 1024 * 1024 + 1, 'x');
    QCOMPARE(
        shown(gateway.send(std::move(request))), QStringLiteral("413 {\"message\":\"Request Too Long\"}"));
    QCOMPARE(gateway.caller.count(), 0);
}

void TstPipeline::httpProxy_passesRequestAndRemapsAnswer()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(route.apiId, gateway.addPath(route.apiId, route.rootId, "/files/{proxy+}"), "ANY",
        httpProxy("http://${stageVariables.host}/base/{proxy}",
            {{"integration.request.path.proxy", "method.request.path.proxy"},
                {"integration.request.header.X-Shop", "'corner'"},
                {"integration.request.querystring.from", "context.stage"}}));
    gateway.deploy(route.apiId, "prod", {{"host", "example.com:81"}});
    gateway.caller.onFetch = [](const auto&) -> Result<http::Response> {
        return http::Response{.status = 404,
            .headers = {{"Server", "nginx"}, {"X-Own", "1"}, {"Content-Type", "text/plain"}},
            .body = "nothing",
            .source = {},
            .sourceLength = 0};
    };
    http::Request request;
    request.method = "PUT";
    request.target = "/prod/files/a%20b/c?q=1";
    request.headers = {
        {"Host", route.apiId + ".execute-api.localhost"}, {"Connection", "close"}, {"X-Mine", "yes"}};
    request.body = "text";
    const auto response = gateway.send(std::move(request));
    QCOMPARE(shown(response), QStringLiteral("404 nothing"));
    QCOMPARE(header(response, "x-amzn-Remapped-Server"), QByteArray("nginx"));
    QCOMPARE(header(response, "X-Own"), QByteArray("1"));

    const auto asked = gateway.caller.last();
    QCOMPARE(asked.what, std::string("http://example.com:81/base/a%20b/c?q=1&from=prod"));
    QCOMPARE(asked.wire.method, std::string("PUT"));
    QCOMPARE(asked.wire.body, std::string("text"));
    QCOMPARE(asked.wire.headers.get("X-Mine"), std::string_view("yes"));
    QCOMPARE(asked.wire.headers.get("X-Shop"), std::string_view("corner"));
    QCOMPARE(asked.wire.headers.get("x-amzn-apigateway-api-id"), std::string_view(route.apiId));
    QVERIFY(!asked.wire.headers.has("Connection"));
    QVERIFY(!asked.wire.headers.has("Host"));
}

void TstPipeline::httpProxy_failures_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("expected");
    QTest::newRow("timeout") << "Timeout"
                             << "504 {\"message\": \"Endpoint request timed out\"}";
    QTest::newRow("refused") << "ConnectFailed"
                             << "504 {\"message\": \"Network error communicating with endpoint\"}";
}

void TstPipeline::httpProxy_failures()
{
    QFETCH(QString, code);
    QFETCH(QString, expected);
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(route.apiId, route.rootId, "GET", httpProxy("http://example.com/"));
    gateway.deploy(route.apiId, "prod");
    gateway.caller.onFetch = [code](const auto&) -> Result<http::Response> {
        return fail(ErrorKind::Io, code.toStdString(), "no");
    };
    QCOMPARE(shown(gateway.get(route.apiId, "/prod")), expected);
}

void TstPipeline::mock_answersByTemplates()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(route.apiId, route.rootId, "OPTIONS", mockIntegration());
    const json at{{"restApiId", route.apiId}, {"resourceId", route.rootId}, {"httpMethod", "OPTIONS"},
        {"statusCode", "200"}};
    auto method = at;
    method["responseParameters"] = {{"method.response.header.Access-Control-Allow-Origin", false}};
    gateway.expect("PutMethodResponse", method);
    auto integration = at;
    integration["responseParameters"] = {{"method.response.header.Access-Control-Allow-Origin", "'*'"}};
    integration["responseTemplates"] = {{"application/json", "{\"hello\": true}"}};
    gateway.expect("PutIntegrationResponse", integration);
    gateway.deploy(route.apiId, "prod");
    http::Request request;
    request.method = "OPTIONS";
    request.target = "/prod/";
    request.headers = {{"Host", route.apiId + ".execute-api.localhost"}};
    const auto response = gateway.send(std::move(request));
    QCOMPARE(shown(response), QStringLiteral("200 {\"hello\": true}"));
    QCOMPARE(header(response, "Access-Control-Allow-Origin"), QByteArray("*"));
    QCOMPARE(header(response, "Content-Type"), QByteArray("application/json"));
    QVERIFY(!response.headers.has("X-Amzn-Trace-Id"));
}

void TstPipeline::mock_withoutStatusIs500()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(route.apiId, route.rootId, "GET", {{"type", "MOCK"}});
    gateway.deploy(route.apiId, "prod");
    QCOMPARE(shown(gateway.get(route.apiId, "/prod")),
        QStringLiteral("500 {\"message\": \"Internal server error\"}"));
}

void TstPipeline::mock_selectsByPattern()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(route.apiId, route.rootId, "GET", mockIntegration(404));
    const json at{{"restApiId", route.apiId}, {"resourceId", route.rootId}, {"httpMethod", "GET"}};
    for (const auto& [status, pattern, body] :
        {std::tuple{"200", "", "fine"}, std::tuple{"400", "4\\d{2}", "your fault"}}) {
        auto put = at;
        put["statusCode"] = status;
        gateway.expect("PutMethodResponse", put);
        put["selectionPattern"] = pattern;
        put["responseTemplates"] = {{"text/plain", body}};
        gateway.expect("PutIntegrationResponse", put);
    }
    gateway.deploy(route.apiId, "prod");
    QCOMPARE(shown(gateway.get(route.apiId, "/prod")), QStringLiteral("400 your fault"));
    auto gone = at;
    gone["statusCode"] = "400";
    gateway.expect("DeleteMethodResponse", gone);
    gateway.deploy(route.apiId, "prod");
    QCOMPARE(gateway.get(route.apiId, "/prod").status, 500);
    QVERIFY(
        stepsOf(gateway.lastTrack()).contains("Output mapping refers to an invalid method response: 400"));
}

void TstPipeline::neverPassthrough_is415()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    auto integration = mockIntegration();
    integration["passthroughBehavior"] = "NEVER";
    gateway.addMethod(route.apiId, route.rootId, "POST", integration);
    gateway.deploy(route.apiId, "prod");
    http::Request request;
    request.method = "POST";
    request.target = "/prod";
    request.headers = {{"Host", route.apiId + ".execute-api.localhost"}, {"Content-Type", "text/plain"}};
    QCOMPARE(shown(gateway.send(std::move(request))),
        QStringLiteral("415 {\"message\":\"Unsupported Media Type\"}"));
}

void TstPipeline::everyAddress_reachesTheStage_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("target");
    QTest::newRow("host") << "shop.execute-api.localhost:4566"
                          << "/prod/books";
    QTest::newRow("amazon host") << "shop.execute-api.us-east-1.amazonaws.com"
                                 << "/prod/books";
    QTest::newRow("user request") << "127.0.0.1:4566"
                                  << "/restapis/shop/prod/_user_request_/books";
    QTest::newRow("own path") << "127.0.0.1:4566"
                              << "/_aws/execute-api/shop/prod/books";
}

void TstPipeline::everyAddress_reachesTheStage()
{
    QFETCH(QString, host);
    QFETCH(QString, target);
    ApiFixture gateway;
    const auto route = gateway.makeApi({{"tags", {{"_custom_id_", "shop"}}}});
    gateway.addMethod("shop", gateway.addPath("shop", route.rootId, "/books"), "GET", lambdaIntegration());
    gateway.deploy("shop", "prod");
    http::Request request;
    request.target = target.toStdString();
    request.headers = {{"Host", host.toStdString()}};
    QCOMPARE(gateway.send(std::move(request)).status, 200);
    QCOMPARE(jsonText(json::parse(gateway.caller.last().payload)["requestContext"]["path"]),
        jsonText(json("/prod/books")));
}

void TstPipeline::track_tellsTheSteps()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(
        route.apiId, gateway.addPath(route.apiId, route.rootId, "/books/{id}"), "GET", lambdaIntegration());
    gateway.deploy(route.apiId, "prod");
    gateway.get(route.apiId, "/prod/books/7?x=1");
    const auto track = gateway.lastTrack();
    QCOMPARE(track.path, std::string("/books/7?x=1"));
    QCOMPARE(track.spans[0].name, std::string("GET /books/{id}"));
    QCOMPARE(track.spans[0].resource, std::string("Bookshop/prod"));
    QCOMPARE(track.spans[0].status, 200);
    QStringList titles;
    for (const auto& step : track.spans[0].steps)
        titles << QString::fromStdString(step.title);
    QCOMPARE(titles,
        (QStringList{"Find stage", "Match route", "Authorize", "API key", "Throttle", "Cache", "Map request",
            "Integrate", "Integrate", "Map response"}));
    QVERIFY(stepsOf(track).contains("/books/{id} by GET, id = 7"));
    const auto steps = QString::fromStdString(track.spans[0].steps[7].detail);
    QVERIFY2(steps.contains("event {\"body\":null,"), qPrintable(steps));
    const auto answer = QString::fromStdString(track.spans[0].steps[8].detail);
    QVERIFY2(answer.contains(" ms: {\"statusCode\":"), qPrintable(answer));
}

void TstPipeline::testInvoke_runsTheUndeployedMethod()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    const auto id = gateway.addPath(route.apiId, route.rootId, "/books/{id}");
    gateway.addMethod(route.apiId, id, "POST", lambdaIntegration());
    gateway.caller.onCall = [](const auto&) { return functionAnswer(R"({"statusCode":201,"body":"ok"})"); };
    const json test{{"restApiId", route.apiId}, {"resourceId", id}, {"httpMethod", "POST"},
        {"pathWithQueryString", "/books/7?queryTest=value"}, {"body", "{\"test\": \"val123\"}"},
        {"headers", {{"content-type", "application/json"}}}};
    const auto answer = gateway.expect("TestInvokeMethod", test);
    QCOMPARE(jsonText(answer["status"]), jsonText(json(201)));
    QCOMPARE(jsonText(answer["body"]), jsonText(json("ok")));
    QCOMPARE(jsonText(answer["headers"]["Content-Type"]), jsonText(json("application/json")));
    QCOMPARE(jsonText(answer["multiValueHeaders"]["Content-Type"]), jsonText(json({"application/json"})));
    QVERIFY(answer["latency"].is_number_integer());
    const auto log = QString::fromStdString(answer["log"]);
    QVERIFY(log.startsWith("Execution log for request "));
    for (const char* line : {" : HTTP Method: POST, Resource Path: /books/7",
             " : Method request path: {id=7}", " : Method request query string: {queryTest=value}",
             " : Method request headers: {content-type=application/json}",
             " : Method request body before transformations: {\"test\": \"val123\"}",
             " : Received response. Status: 200, Integration latency: ",
             " : Successfully completed execution", " : Method completed with status: 201"})
        QVERIFY2(log.contains(line), line);
    QVERIFY(log.contains("Tue Nov 14 22:13:20 UTC 2023 : Starting execution"));
    const auto event = json::parse(gateway.caller.last().payload);
    QCOMPARE(jsonText(event["requestContext"]["stage"]), jsonText(json("test-invoke-stage")));
    QCOMPARE(
        jsonText(event["requestContext"]["identity"]["sourceIp"]), jsonText(json("test-invoke-source-ip")));
    QCOMPARE(jsonText(event["pathParameters"]), jsonText(json{{"id", "7"}}));

    gateway.addMethod(route.apiId, route.rootId, "ANY", lambdaIntegration());
    gateway.expect("TestInvokeMethod",
        {{"restApiId", route.apiId}, {"resourceId", route.rootId}, {"httpMethod", "DELETE"}});
    QCOMPARE(jsonText(json::parse(gateway.caller.last().payload)["httpMethod"]), jsonText("DELETE"));

    auto wrong = test;
    wrong["pathWithQueryString"] = "/magazines";
    QVERIFY(gateway.error("TestInvokeMethod", wrong).startsWith("BadRequestException"));
}

void TstPipeline::callsDuringDeployments_areAlwaysServed()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(
        route.apiId, gateway.addPath(route.apiId, route.rootId, "/books"), "GET", lambdaIntegration());
    gateway.deploy(route.apiId, "prod");
    std::atomic<bool> done = false;
    std::atomic<int> served = 0;
    std::atomic<int> refused = 0;
    std::vector<std::thread> clients;
    for (int i = 0; i < 3; ++i) {
        clients.emplace_back([&] {
            while (!done)
                ++(gateway.get(route.apiId, "/prod/books").status == 200 ? served : refused);
        });
    }
    for (int i = 0; i < 20; ++i) {
        gateway.addPath(route.apiId, route.rootId, "/new" + std::to_string(i));
        gateway.deploy(route.apiId, "prod");
    }
    QTRY_VERIFY(served > 20);
    done = true;
    for (auto& client : clients)
        client.join();
    QCOMPARE(refused.load(), 0);
    QCOMPARE(gateway.expect("GetResources", {{"restApiId", route.apiId}, {"limit", 500}})["item"].size(),
        std::size_t{22});
}

void TstPipeline::restart_servesAsBefore()
{
    QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    std::string apiId;
    json before;
    {
        ApiFixture gateway(path, store::Durability::Full);
        const auto route = gateway.makeApi({{"binaryMediaTypes", {"image/png"}}, {"description", "Books"}});
        apiId = route.apiId;
        gateway.addMethod(
            apiId, gateway.addPath(apiId, route.rootId, "/books/{id}"), "GET", lambdaIntegration());
        gateway.deploy(apiId, "prod", {{"mode", "test"}});
        before = {gateway.expect("GetRestApi", {{"restApiId", apiId}}),
            gateway.expect("GetResources", {{"restApiId", apiId}, {"embed", {"methods"}}}),
            gateway.expect("GetStages", {{"restApiId", apiId}}),
            gateway.expect("GetDeployments", {{"restApiId", apiId}})};
    }
    ApiFixture gateway(path, store::Durability::Full);
    const json after{gateway.expect("GetRestApi", {{"restApiId", apiId}}),
        gateway.expect("GetResources", {{"restApiId", apiId}, {"embed", {"methods"}}}),
        gateway.expect("GetStages", {{"restApiId", apiId}}),
        gateway.expect("GetDeployments", {{"restApiId", apiId}})};
    QCOMPARE(QString::fromStdString(after.dump(1)), QString::fromStdString(before.dump(1)));
    QCOMPARE(gateway.get(apiId, "/prod/books/1").status, 200);
    QCOMPARE(jsonText(json::parse(gateway.caller.last().payload)["stageVariables"]),
        jsonText(json{{"mode", "test"}}));
}

void TstPipeline::reset_forgetsEverything()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    gateway.addMethod(route.apiId, route.rootId, "GET", lambdaIntegration());
    gateway.deploy(route.apiId, "prod");
    gateway.reset();
    QCOMPARE(gateway.get(route.apiId, "/prod").status, 403);
    QCOMPARE(jsonText(gateway.expect("GetRestApis", json::object())["item"]), jsonText(json::array()));
}

CHAMBER_SUITE(TstPipeline, "tst_pipeline")
#include "tst_pipeline.moc"
