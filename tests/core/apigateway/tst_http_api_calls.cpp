#include "core/base/hash.h"
#include "tests/core/apigateway/http_api_fixture.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

#include <atomic>

using nlohmann::json;
using namespace core;

// Calls of HTTP APIs, from the address to the answer, with a function or an endpoint that the test plays.
class TstHttpApiCalls : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void event2_isAws();
    void event2_leavesOutWhatIsNotThere();
    void forwardedPort_isThatOfHttpWithoutOneInHost();
    void event1_isAws();
    void body_isBase64ByItsType_data();
    void body_isBase64ByItsType();
    void answer2_isRead_data();
    void answer2_isRead();
    void answer1_isRead();
    void cookies_areSetOneByOne();
    void functionFailures_areInternal();
    void slowFunction_isUnavailable();
    void endpoint_getsPathQueryAndHeaders();
    void endpointFailures_areUnavailable();
    void requestMappings_change();
    void responseMappings_change();
    void cors_answersPreflights();
    void cors_replacesTheIntegrationsHeaders();
    void stages_areFoundByPath();
    void unknownRoute_isNotFound();
    void tooLongBody_isRefused();
    void steps_sayWhatWasDecided();
    void accessLog_makesItsStreamOnce();
    void throttle_holdsByRoute();
    void service_getsItsParameters();
    void service_parametersAreChecked_data();
    void service_parametersAreChecked();
};

namespace {

// What the function was asked with.
json eventOf(const HttpApiFixture& fixture)
{
    return json::parse(fixture.caller.last().payload);
}

std::string header(const http::Response& response, std::string_view name)
{
    return std::string(response.headers.get(name));
}

http::Request post(std::string target, std::string body, std::string type)
{
    http::Request request;
    request.method = "POST";
    request.target = std::move(target);
    request.body = std::move(body);
    request.headers.add("Content-Type", std::move(type));
    return request;
}

}

void TstHttpApiCalls::event2_isAws()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.expect(
        "UpdateStage", {{"apiId", "books"}, {"stageName", "$default"}, {"stageVariables", {{"shelf", "a"}}}});
    fixture.addRoute("POST /my/{what}", functionIntegration());
    auto request = post("/my/p%20th?a=1&a=2&b=%20x", R"({"x":1})", "application/json");
    request.headers.add("X-Many", "1");
    request.headers.add("x-many", "2");
    request.headers.add("Cookie", "c1=a; c2=b");
    request.headers.add("User-Agent", "agent");
    request.headers.add("Connection", "keep-alive");
    const auto response = fixture.send(request);
    QCOMPARE(response.status, 200);
    auto event = eventOf(fixture);
    const auto requestId = event["requestContext"]["requestId"].get<std::string>();
    QCOMPARE(header(response, "apigw-requestid"), requestId);
    QCOMPARE(requestId.size(), std::size_t(16));
    QVERIFY(event["headers"]["x-amzn-trace-id"].get<std::string>().starts_with("Root="));
    event["headers"].erase("x-amzn-trace-id");
    const json wanted{{"version", "2.0"}, {"routeKey", "POST /my/{what}"}, {"rawPath", "/my/p th"},
        {"rawQueryString", "a=1&a=2&b=%20x"}, {"cookies", {"c1=a", "c2=b"}},
        {"headers",
            {{"content-length", "7"}, {"content-type", "application/json"},
                {"host", "books.execute-api.localhost:4566"}, {"user-agent", "agent"},
                {"x-forwarded-for", "127.0.0.1"}, {"x-forwarded-port", "4566"}, {"x-forwarded-proto", "http"},
                {"x-many", "1,2"}}},
        {"queryStringParameters", {{"a", "1,2"}, {"b", " x"}}}, {"pathParameters", {{"what", "p th"}}},
        {"stageVariables", {{"shelf", "a"}}},
        {"requestContext",
            {{"accountId", "000000000000"}, {"apiId", "books"},
                {"domainName", "books.execute-api.localhost:4566"}, {"domainPrefix", "books"},
                {"http",
                    {{"method", "POST"}, {"path", "/my/p th"}, {"protocol", "HTTP/1.1"},
                        {"sourceIp", "127.0.0.1"}, {"userAgent", "agent"}}},
                {"requestId", requestId}, {"routeKey", "POST /my/{what}"}, {"stage", "$default"},
                {"time", "14/Nov/2023:22:13:20 +0000"}, {"timeEpoch", 1700000000000}}},
        {"body", R"({"x":1})"}, {"isBase64Encoded", false}};
    QCOMPARE(jsonText(event), jsonText(wanted));
    QCOMPARE(fixture.caller.last().input.at("FunctionName").get<std::string>(),
        std::string("arn:aws:lambda:us-east-1:000000000000:function:books"));
    QCOMPARE(jsonText(fixture.caller.last().input.at("InvokingArn")),
        QStringLiteral("\"arn:aws:execute-api:us-east-1:000000000000:books/$default/POST/my/{what}\""));
}

void TstHttpApiCalls::event2_leavesOutWhatIsNotThere()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("$default", functionIntegration());
    fixture.get("/");
    const auto event = eventOf(fixture);
    for (const auto* name : {"cookies", "queryStringParameters", "pathParameters", "stageVariables", "body"})
        QVERIFY2(!event.contains(name), name);
    QVERIFY(!event["requestContext"].contains("authorizer"));
    QCOMPARE(event["rawQueryString"].get<std::string>(), std::string());
}

void TstHttpApiCalls::forwardedPort_isThatOfHttpWithoutOneInHost()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("$default", functionIntegration());
    http::Request request;
    request.method = "GET";
    request.target = "/";
    request.headers.add("Host", "books.execute-api.us-east-1.amazonaws.com");
    fixture.send(request);
    QCOMPARE(jsonText(eventOf(fixture)["headers"]["x-forwarded-port"]), QStringLiteral("\"80\""));
}

void TstHttpApiCalls::event1_isAws()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("ANY /my/{rest+}", functionIntegration("1.0"));
    fixture.get("/my/a/b?x=1&x=2", {{"X-Many", "1"}, {"x-many", "2"}});
    const auto event = eventOf(fixture);
    QCOMPARE(jsonText(event["version"]), QStringLiteral("\"1.0\""));
    QCOMPARE(jsonText(event["resource"]), QStringLiteral("\"/my/{rest+}\""));
    QCOMPARE(jsonText(event["path"]), QStringLiteral("\"/my/a/b\""));
    QCOMPARE(jsonText(event["headers"]["X-Many"]), QStringLiteral("\"2\""));
    QCOMPARE(jsonText(event["multiValueHeaders"]["X-Many"]), QStringLiteral(R"(["1","2"])"));
    QCOMPARE(jsonText(event["queryStringParameters"]), QStringLiteral(R"({"x":"2"})"));
    QCOMPARE(jsonText(event["multiValueQueryStringParameters"]), QStringLiteral(R"({"x":["1","2"]})"));
    QCOMPARE(jsonText(event["pathParameters"]), QStringLiteral(R"({"rest":"a/b"})"));
    QCOMPARE(jsonText(event["stageVariables"]), QStringLiteral("null"));
    QCOMPARE(jsonText(event["body"]), QStringLiteral("null"));
    const auto& context = event["requestContext"];
    QCOMPARE(jsonText(context["resourceId"]), QStringLiteral("\"ANY /my/{rest+}\""));
    QCOMPARE(jsonText(context["httpMethod"]), QStringLiteral("\"GET\""));
    QCOMPARE(jsonText(context["identity"]["sourceIp"]), QStringLiteral("\"127.0.0.1\""));
}

void TstHttpApiCalls::body_isBase64ByItsType_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<bool>("isBase64");
    const auto row = [](const char* type, bool isBase64) {
        QTest::addRow("%s", type) << QString::fromLatin1(type) << isBase64;
    };
    row("application/json", false);
    row("application/json; charset=utf-8", false);
    row("text/plain", false);
    row("application/xml", false);
    row("application/problem+json", false);
    row("application/octet-stream", true);
    row("application/x-www-form-urlencoded", true);
    row("image/png", true);
}

void TstHttpApiCalls::body_isBase64ByItsType()
{
    QFETCH(QString, type);
    QFETCH(bool, isBase64);
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("$default", functionIntegration());
    fixture.send(post("/", "a=b", type.toStdString()));
    const auto event = eventOf(fixture);
    QCOMPARE(event["isBase64Encoded"].get<bool>(), isBase64);
    QCOMPARE(event["body"].get<std::string>(), isBase64 ? base64("a=b") : std::string("a=b"));
}

void TstHttpApiCalls::answer2_isRead_data()
{
    QTest::addColumn<QString>("payload");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("body");
    const auto row = [](const char* payload, int status, const char* type, const char* body) {
        QTest::addRow("%s", payload) << QString::fromLatin1(payload) << status << QString::fromLatin1(type)
                                     << QString::fromLatin1(body);
    };
    row(R"({"title":"Momo"})", 200, "application/json", R"({"title":"Momo"})");
    row(R"("Hello from Lambda!")", 200, "application/json", "Hello from Lambda!");
    row("[1, 2]", 200, "application/json", "[1, 2]");
    row(R"({"statusCode":201,"body":"x"})", 201, "text/plain;charset=UTF-8", "x");
    row(R"({"statusCode":"404"})", 404, "text/plain;charset=UTF-8", "");
    row(R"({"statusCode":200,"headers":{"content-type":"text/html"},"body":"<p>"})", 200, "text/html", "<p>");
    row(R"({"statusCode":200,"body":"aGk=","isBase64Encoded":true})", 200, "text/plain;charset=UTF-8", "hi");
    row(R"({"statusCode":99})", 500, "application/json", R"({"message":"Internal Server Error"})");
    row(R"({"statusCode":200,"body":{}})", 500, "application/json", R"({"message":"Internal Server Error"})");
    row(R"({"statusCode":200,"headers":[]})", 500, "application/json",
        R"({"message":"Internal Server Error"})");
    row(R"({"statusCode":200,"body":"%","isBase64Encoded":true})", 500, "application/json",
        R"({"message":"Internal Server Error"})");
}

void TstHttpApiCalls::answer2_isRead()
{
    QFETCH(QString, payload);
    QFETCH(int, status);
    QFETCH(QString, type);
    QFETCH(QString, body);
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("$default", functionIntegration());
    fixture.caller.onCall = [&](const auto&) { return functionAnswer(payload.toStdString()); };
    const auto response = fixture.get("/");
    QCOMPARE(response.status, status);
    QCOMPARE(QString::fromStdString(header(response, "Content-Type")), type);
    QCOMPARE(messageOf(response), body);
}

void TstHttpApiCalls::answer1_isRead()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("$default", functionIntegration("1.0"));
    fixture.caller.onCall = [](const auto&) {
        return functionAnswer(R"({"statusCode":202,"multiValueHeaders":{"X-A":["1","2"]},"body":"x"})");
    };
    const auto response = fixture.get("/");
    QCOMPARE(response.status, 202);
    QCOMPARE(response.headers.all("X-A").size(), std::size_t(2));
    // What format 2.0 would take as a body is malformed here.
    fixture.caller.onCall = [](const auto&) { return functionAnswer(R"({"title":"Momo"})"); };
    QCOMPARE(fixture.get("/").status, 500);
}

void TstHttpApiCalls::cookies_areSetOneByOne()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("$default", functionIntegration());
    fixture.caller.onCall = [](const auto&) {
        return functionAnswer(R"({"statusCode":200,"cookies":["a=1; Path=/","b=2"]})");
    };
    const auto response = fixture.get("/");
    const auto cookies = response.headers.all("Set-Cookie");
    QCOMPARE(cookies.size(), std::size_t(2));
    QCOMPARE(std::string(cookies[0]), std::string("a=1; Path=/"));
}

void TstHttpApiCalls::functionFailures_areInternal()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("$default", functionIntegration());
    fixture.caller.onCall = [](const auto&) {
        return functionAnswer(R"({"errorMessage":"no"})", "Unhandled");
    };
    auto response = fixture.get("/");
    QCOMPARE(response.status, 500);
    QCOMPARE(messageOf(response), QStringLiteral(R"({"message":"Internal Server Error"})"));
    QCOMPARE(header(response, "apigw-requestid").size(), std::size_t(16));
    fixture.caller.onCall = [](const auto&) -> Result<aws::Reply> {
        return fail(ErrorKind::NotFound, "ResourceNotFoundException", "Function not found");
    };
    QCOMPARE(fixture.get("/").status, 500);
    fixture.caller.onCall = [](const auto&) -> Result<aws::Reply> {
        return fail(ErrorKind::Throttled, "TooManyRequestsException", "Rate Exceeded.");
    };
    response = fixture.get("/");
    QCOMPARE(response.status, 503);
    QCOMPARE(messageOf(response), QStringLiteral(R"({"message":"Service Unavailable"})"));
}

void TstHttpApiCalls::slowFunction_isUnavailable()
{
    std::atomic<bool> mayEnd = false;
    HttpApiFixture fixture;
    fixture.makeApi();
    auto slow = functionIntegration();
    slow["timeoutInMillis"] = 50;
    fixture.addRoute("$default", slow);
    fixture.caller.onCall = [&](const auto&) {
        mayEnd.wait(false);
        return functionAnswer("{}");
    };
    const auto response = fixture.get("/");
    mayEnd = true;
    mayEnd.notify_all();
    QCOMPARE(response.status, 503);
    QCOMPARE(messageOf(response), QStringLiteral(R"({"message":"Service Unavailable"})"));
}

void TstHttpApiCalls::endpoint_getsPathQueryAndHeaders()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.expect("UpdateStage",
        {{"apiId", "books"}, {"stageName", "$default"}, {"stageVariables", {{"host", "backend.example"}}}});
    fixture.addRoute("ANY /books/{proxy+}", endpointIntegration("https://${stageVariables.host}/v1/{proxy}"));
    fixture.caller.onFetch = [](const auto&) {
        http::Response answer;
        answer.status = 418;
        answer.headers.add("X-Back", "1");
        answer.headers.add("Transfer-Encoding", "chunked");
        answer.body = "short";
        return answer;
    };
    auto request = post("/books/a%20b/c?x=1&y=a%26b", "body", "text/plain");
    request.method = "PUT";
    const auto response = fixture.send(request);
    QCOMPARE(response.status, 418);
    QCOMPARE(header(response, "X-Back"), std::string("1"));
    QVERIFY(!response.headers.has("Transfer-Encoding"));
    QCOMPARE(messageOf(response), QStringLiteral("short"));
    const auto asked = fixture.caller.last();
    QCOMPARE(asked.what, std::string("https://backend.example/v1/a%20b/c?x=1&y=a%26b"));
    QCOMPARE(asked.wire.method, std::string("PUT"));
    QCOMPARE(asked.wire.body, std::string("body"));
    QCOMPARE(std::string(asked.wire.headers.get("Via")), std::string("HTTP/1.1 AmazonAPIGateway"));
    QVERIFY(!asked.wire.headers.has("Host"));
}

void TstHttpApiCalls::endpointFailures_areUnavailable()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("$default", endpointIntegration());
    fixture.caller.onFetch = [](const auto&) -> Result<http::Response> {
        return fail(ErrorKind::Io, "ConnectFailed", "refused");
    };
    QCOMPARE(fixture.get("/").status, 503);
    fixture.caller.onFetch = [](const auto&) -> Result<http::Response> {
        return fail(ErrorKind::Io, "Timeout", "too slow");
    };
    const auto response = fixture.get("/");
    QCOMPARE(response.status, 504);
    QCOMPARE(messageOf(response), QStringLiteral(R"({"message":"Service Unavailable"})"));
}

void TstHttpApiCalls::requestMappings_change()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    auto integration = endpointIntegration();
    integration["requestParameters"] = {{"append:header.x-a", "$request.header.x-b-$context.stage"},
        {"overwrite:header.x-c", "${request.querystring.q}!"}, {"remove:header.x-d", "''"},
        {"overwrite:querystring.title", "$request.body.book.title"}, {"remove:querystring.q", "''"},
        {"overwrite:path", "/shelf/$request.path.id"}, {"overwrite:header.x-none", "$request.header.nope"}};
    fixture.addRoute("POST /books/{id}", integration);
    auto request = post("/books/7?q=1&r=2", R"({"book":{"title":"Momo"}})", "application/json");
    request.headers.add("x-a", "0");
    request.headers.add("x-d", "gone");
    fixture.send(request);
    const auto asked = fixture.caller.last();
    QCOMPARE(asked.what, std::string("https://backend.example/shelf/7?r=2&title=Momo"));
    QCOMPARE(asked.wire.headers.joined("x-c"), std::string("1!"));
    QCOMPARE(asked.wire.headers.all("x-a").size(), std::size_t(2));
    QVERIFY(!asked.wire.headers.has("x-d"));
    QVERIFY(!asked.wire.headers.has("x-none"));
}

void TstHttpApiCalls::responseMappings_change()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    auto integration = endpointIntegration();
    integration["responseParameters"] = {
        {"500", {{"overwrite:statuscode", "403"}, {"append:header.x-error", "$response.body.error"}}},
        {"200", {{"remove:header.x-secret", "''"}, {"overwrite:header.x-stage", "$context.stage"}}}};
    fixture.addRoute("$default", integration);
    fixture.caller.onFetch = [](const auto&) {
        http::Response answer;
        answer.status = 500;
        answer.body = R"({"error":"broken"})";
        return answer;
    };
    auto response = fixture.get("/");
    QCOMPARE(response.status, 403);
    QCOMPARE(header(response, "x-error"), std::string("broken"));
    fixture.caller.onFetch = [](const auto&) {
        http::Response answer;
        answer.headers.add("X-Secret", "1");
        return answer;
    };
    response = fixture.get("/");
    QCOMPARE(response.status, 200);
    QVERIFY(!response.headers.has("X-Secret"));
    QCOMPARE(header(response, "x-stage"), std::string("$default"));
}

void TstHttpApiCalls::cors_answersPreflights()
{
    HttpApiFixture fixture;
    fixture.makeApi({{"corsConfiguration",
        {{"allowOrigins", {"https://a.example", "http://*"}}, {"allowMethods", {"GET", "PUT"}},
            {"allowHeaders", {"x-a", "x-b"}}, {"maxAge", 60}, {"allowCredentials", true}}}});
    fixture.addRoute("GET /a", functionIntegration());
    const auto preflight = [&](const char* origin) {
        http::Request request;
        request.method = "OPTIONS";
        request.target = "/a";
        request.headers = {{"Origin", origin}, {"Access-Control-Request-Method", "PUT"}};
        return fixture.send(request);
    };
    auto response = preflight("https://a.example");
    QCOMPARE(response.status, 204);
    QCOMPARE(header(response, "Access-Control-Allow-Origin"), std::string("https://a.example"));
    QCOMPARE(header(response, "Access-Control-Allow-Methods"), std::string("GET,PUT"));
    QCOMPARE(header(response, "Access-Control-Allow-Headers"), std::string("x-a,x-b"));
    QCOMPARE(header(response, "Access-Control-Max-Age"), std::string("60"));
    QCOMPARE(header(response, "Access-Control-Allow-Credentials"), std::string("true"));
    QVERIFY(response.headers.has("apigw-requestid"));
    QCOMPARE(header(preflight("http://any.example"), "Access-Control-Allow-Origin"),
        std::string("http://any.example"));
    response = preflight("https://b.example");
    QCOMPARE(response.status, 204);
    QVERIFY(!response.headers.has("Access-Control-Allow-Origin"));
    QCOMPARE(fixture.caller.count(), 0);
}

void TstHttpApiCalls::cors_replacesTheIntegrationsHeaders()
{
    HttpApiFixture fixture;
    fixture.makeApi({{"corsConfiguration", {{"allowOrigins", {"*"}}, {"exposeHeaders", {"x-a"}}}}});
    fixture.addRoute("GET /a", functionIntegration());
    fixture.caller.onCall = [](const auto&) {
        return functionAnswer(
            R"({"statusCode":200,"headers":{"access-control-allow-origin":"https://other.example"}})");
    };
    auto response = fixture.get("/a", {{"Origin", "https://a.example"}});
    QCOMPARE(header(response, "Access-Control-Allow-Origin"), std::string("*"));
    QCOMPARE(header(response, "Access-Control-Expose-Headers"), std::string("x-a"));
    QVERIFY(!fixture.get("/a").headers.has("Access-Control-Allow-Origin"));
    response = fixture.get("/nothing", {{"Origin", "https://a.example"}});
    QCOMPARE(response.status, 404);
    QCOMPARE(header(response, "Access-Control-Allow-Origin"), std::string("*"));
}

void TstHttpApiCalls::stages_areFoundByPath()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("GET /prod", functionIntegration());
    fixture.addRoute("GET /a", functionIntegration());
    fixture.expect("CreateStage", {{"apiId", "books"}, {"stageName", "test"}, {"autoDeploy", true}});
    fixture.get("/prod");
    QCOMPARE(jsonText(eventOf(fixture)["rawPath"]), QStringLiteral("\"/prod\""));
    fixture.get("/test/a?x=1");
    auto event = eventOf(fixture);
    QCOMPARE(jsonText(event["rawPath"]), QStringLiteral("\"/test/a\""));
    QCOMPARE(jsonText(event["routeKey"]), QStringLiteral("\"GET /a\""));
    QCOMPARE(jsonText(event["requestContext"]["stage"]), QStringLiteral("\"test\""));
    http::Request request;
    request.target = "/_aws/execute-api/books/test/a";
    request.headers.add("Host", "localhost:4566");
    QCOMPARE(fixture.send(request).status, 200);
    QCOMPARE(jsonText(eventOf(fixture)["requestContext"]["domainName"]),
        QStringLiteral("\"books.execute-api.localhost:4566\""));
    request.target = "/_aws/execute-api/books/$default/a";
    QCOMPARE(fixture.send(request).status, 200);
    QCOMPARE(jsonText(eventOf(fixture)["rawPath"]), QStringLiteral("\"/a\""));
    fixture.expect("DeleteStage", {{"apiId", "books"}, {"stageName", "$default"}});
    QCOMPARE(fixture.get("/a").status, 404);
    fixture.expect("UpdateApi", {{"apiId", "books"}, {"disableExecuteApiEndpoint", true}});
    QCOMPARE(messageOf(fixture.get("/test/a")), QStringLiteral(R"({"message":"Not Found"})"));
}

void TstHttpApiCalls::unknownRoute_isNotFound()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("GET /a", functionIntegration());
    const auto response = fixture.get("/b");
    QCOMPARE(response.status, 404);
    QCOMPARE(messageOf(response), QStringLiteral(R"({"message":"Not Found"})"));
    QCOMPARE(header(response, "Content-Type"), std::string("application/json"));
    QCOMPARE(fixture.send(post("/a", "x", "text/plain")).status, 404);
}

void TstHttpApiCalls::tooLongBody_isRefused()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("$default", functionIntegration());
    const auto response = fixture.send(post("/", std::string(10'485'761, 'x'), "text/plain"));
    QCOMPARE(response.status, 413);
    QCOMPARE(messageOf(response), QStringLiteral(R"({"message":"Request Entity Too Large"})"));
}

void TstHttpApiCalls::steps_sayWhatWasDecided()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("GET /a/{id}", functionIntegration());
    fixture.get("/a/7");
    const auto steps = stepsOf(fixture.lastTrack());
    QVERIFY2(steps.contains("Find stage: Bookshop/$default by host name"), qPrintable(steps));
    QVERIFY2(steps.contains("Match route: GET /a/{id}, id = 7"), qPrintable(steps));
    QVERIFY2(steps.contains("Authorize: Open"), qPrintable(steps));
    QVERIFY2(steps.contains("Integrate: Lambda function books, payload format 2.0"), qPrintable(steps));
    QVERIFY2(steps.contains("Map response: Status 200"), qPrintable(steps));
}

void TstHttpApiCalls::accessLog_makesItsStreamOnce()
{
    std::mutex mutex;
    bool hasStream = false;
    QStringList asked;
    QStringList lines;
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("GET /a", functionIntegration());
    fixture.expect("UpdateStage",
        {{"apiId", "books"}, {"stageName", "$default"},
            {"accessLogSettings",
                {{"destinationArn", "arn:aws:logs:us-east-1:000000000000:log-group:books:*"},
                    {"format",
                        R"({"id":"$context.requestId","key":"$context.routeKey","none":"$context.authorizer.nope"})"}}}});
    fixture.caller.onCall = [&](const FakeCaller::Asked& call) -> Result<aws::Reply> {
        std::lock_guard guard(mutex);
        asked << QString::fromStdString(call.what);
        if (call.what == "lambda Invoke")
            return functionAnswer("{}");
        if (call.what == "logs CreateLogStream")
            hasStream = true;
        else if (!hasStream)
            return fail(ErrorKind::NotFound, "ResourceNotFoundException", "no stream");
        else
            lines << QString::fromStdString(call.input["logEvents"][0]["message"]);
        return aws::Reply{};
    };
    const auto count = [&] {
        std::lock_guard guard(mutex);
        return lines.size();
    };
    const auto first = fixture.get("/a");
    QTRY_COMPARE(count(), 1);
    fixture.get("/a");
    QTRY_COMPARE(count(), 2);
    std::lock_guard guard(mutex);
    QCOMPARE(lines[0],
        QStringLiteral(R"({"id":"%1","key":"GET /a","none":"-"})")
            .arg(QString::fromStdString(header(first, "apigw-requestid"))));
    QCOMPARE(asked.count(QStringLiteral("logs CreateLogStream")), 1);
}

void TstHttpApiCalls::throttle_holdsByRoute()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("GET /a", functionIntegration());
    fixture.addRoute("GET /b", functionIntegration());
    fixture.expect("UpdateStage",
        {{"apiId", "books"}, {"stageName", "$default"},
            {"defaultRouteSettings", {{"throttlingBurstLimit", 2}, {"throttlingRateLimit", 1}}},
            {"routeSettings", {{"GET /b", {{"throttlingBurstLimit", 0}}}}}});
    QCOMPARE(fixture.get("/a").status, 200);
    QCOMPARE(fixture.get("/a").status, 200);
    const auto refused = fixture.get("/a");
    QCOMPARE(refused.status, 429);
    QCOMPARE(messageOf(refused), QStringLiteral(R"({"message":"Too Many Requests"})"));
    fixture.clock.advance(kSecond);
    QCOMPARE(fixture.get("/a").status, 200);
    QCOMPARE(fixture.get("/a").status, 429);
    // A route's own setting goes before the stage's.
    QCOMPARE(fixture.get("/b").status, 429);
}

void TstHttpApiCalls::service_getsItsParameters()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("POST /orders",
        {{"integrationType", "AWS_PROXY"}, {"integrationSubtype", "EventBridge-PutEvents"},
            {"payloadFormatVersion", "1.0"},
            {"requestParameters",
                {{"Source", "shop"}, {"DetailType", "$request.header.x-type"},
                    {"Detail", "$request.body.order"}, {"Resources", R"(["a","b"])"},
                    {"EventBusName", "$request.querystring.bus"}}}});
    fixture.caller.onCall = [](const auto&) { return aws::Reply::of({{"FailedEntryCount", 0}}); };
    auto request = post("/orders", R"({"order":{"id":7}})", "application/json");
    request.headers.add("x-type", "placed");
    auto response = fixture.send(request);
    QCOMPARE(response.status, 200);
    QCOMPARE(messageOf(response), QStringLiteral(R"({"FailedEntryCount":0})"));
    const auto asked = fixture.caller.last();
    QCOMPARE(asked.what, std::string("events PutEvents"));
    QCOMPARE(jsonText(asked.input),
        jsonText({{"Entries",
            {{{"Source", "shop"}, {"DetailType", "placed"}, {"Detail", R"({"id":7})"},
                {"Resources", {"a", "b"}}}}}}));
    fixture.caller.onCall = [](const auto&) -> Result<aws::Reply> {
        return fail(ErrorKind::Invalid, "ValidationException", "no");
    };
    response = fixture.send(request);
    QCOMPARE(response.status, 400);
    QCOMPARE(messageOf(response), QStringLiteral(R"({"__type":"ValidationException","message":"no"})"));
}

void TstHttpApiCalls::service_parametersAreChecked_data()
{
    QTest::addColumn<QString>("subtype");
    QTest::addColumn<QString>("parameter");
    QTest::addColumn<QString>("begins");
    QTest::newRow("none") << "Tea-Pour"
                          << "Source"
                          << "BadRequestException: Invalid IntegrationSubtype specified: Tea-Pour";
    QTest::newRow("not here")
        << "Kinesis-PutRecord"
        << "Data"
        << "BadRequestException: Cloud Chamber does not support IntegrationSubtype Kinesis-PutRecord";
    QTest::newRow("no queue") << "SQS-SendMessage"
                              << "MessageBody"
                              << "BadRequestException: Parameter: QueueUrl is required";
    QTest::newRow("missing") << "EventBridge-PutEvents"
                             << "Source"
                             << "BadRequestException: Parameter: Detail is required";
    QTest::newRow("unknown") << "EventBridge-PutEvents"
                             << "Flavour"
                             << "BadRequestException: Parameter: Flavour does not fit";
}

void TstHttpApiCalls::service_parametersAreChecked()
{
    QFETCH(QString, subtype);
    QFETCH(QString, parameter);
    QFETCH(QString, begins);
    HttpApiFixture fixture;
    fixture.makeApi();
    const auto error = fixture.error("CreateIntegration",
        {{"apiId", "books"}, {"integrationType", "AWS_PROXY"}, {"integrationSubtype", subtype.toStdString()},
            {"payloadFormatVersion", "1.0"}, {"requestParameters", {{parameter.toStdString(), "x"}}}});
    QVERIFY2(error.startsWith(begins), qPrintable(error));
}

CHAMBER_SUITE(TstHttpApiCalls, "tst_http_api_calls")
#include "tst_http_api_calls.moc"
