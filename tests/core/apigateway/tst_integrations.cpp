#include "core/apigateway/content_handling.h"
#include "core/apigateway/template_input.h"
#include "core/base/deflate.h"
#include "core/base/gzip.h"
#include "tests/core/apigateway/api_fixture.h"
#include "tests/support/suites.h"

#include <QTest>

#include <future>

using nlohmann::json;
using namespace core;

namespace {

QString shown(const http::Response& response)
{
    return QString::number(response.status) + " " + QString::fromStdString(response.body);
}

json awsLambda()
{
    return {{"type", "AWS"}, {"integrationHttpMethod", "POST"},
        {"uri",
            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
            "arn:aws:lambda:us-east-1:000000000000:function:books/invocations"}};
}

http::Response answerOf(int status, std::string body, http::Headers headers = {})
{
    http::Response response;
    response.status = status;
    response.body = std::move(body);
    response.headers = std::move(headers);
    return response;
}

// An API with one POST at its root.
struct OneMethod {
    ApiFixture gateway;
    ApiFixture::Route route;

    explicit OneMethod(json integration, json api = json::object())
        : route(gateway.makeApi(std::move(api)))
    {
        gateway.addMethod(route.apiId, route.rootId, "POST", std::move(integration));
    }

    void respond(const char* status, json more = json::object())
    {
        json at{{"restApiId", route.apiId}, {"resourceId", route.rootId}, {"httpMethod", "POST"},
            {"statusCode", status}};
        json method = at;
        const auto parameters = more.value("responseParameters", json::object());
        for (const auto& [target, expression] : parameters.items())
            method["responseParameters"][target] = false;
        gateway.expect("PutMethodResponse", method);
        at.update(more);
        gateway.expect("PutIntegrationResponse", at);
    }

    http::Response post(std::string body, http::Headers headers = {{"Content-Type", "application/json"}})
    {
        gateway.deploy(route.apiId, "prod", {{"host", "shop.example"}});
        http::Request request;
        request.method = "POST";
        request.target = "/prod?q=1";
        request.headers = std::move(headers);
        request.headers.add("Host", route.apiId + ".execute-api.localhost");
        request.body = std::move(body);
        return gateway.send(std::move(request));
    }
};

}

class TstIntegrations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void functionError_isSelectedByItsMessage_data();
    void functionError_isSelectedByItsMessage();
    void awsIntegration_isSignedForTheService();
    void awsIntegration_speaksAsTheServiceDoes_data();
    void awsIntegration_speaksAsTheServiceDoes();
    void httpIntegration_sendsWhatIsMapped();
    void httpIntegration_selectsByStatus();
    void hugeAnswer_is500();
    void slowEndpoint_is504();
    void requestOverride_reachesTheEndpoint();
    void mappedPath_isEscaped_data();
    void mappedPath_isEscaped();
    void ownPath_staysAsTheClientEscapedIt();
    void bodyParts_becomeParameters();
    void steps_tellTheBodies();
    void contentOfRequests_isConverted_data();
    void contentOfRequests_isConverted();
    void contentOfResponses_isConverted_data();
    void contentOfResponses_isConverted();
    void compression_unpacksAndPacks();
    void escapeJavaScript_escapesAsJava();
    void testInvoke_logsAFailure_data();
    void testInvoke_logsAFailure();
};

void TstIntegrations::functionError_isSelectedByItsMessage_data()
{
    QTest::addColumn<QString>("payload");
    QTest::addColumn<bool>("failed");
    QTest::addColumn<QString>("expected");
    QTest::newRow("success") << R"({"hello":"world"})" << false << R"(200 {"hello":"world"})";
    QTest::newRow("four hundred") << R"({"errorMessage":"Error: Raising four hundred"})" << true
                                  << R"(400 {"sorry":"Error: Raising four hundred"})";
    QTest::newRow("another") << R"({"errorMessage":"boom"})" << true << R"(200 {"errorMessage":"boom"})";
    QTest::newRow("two lines") << R"({"errorMessage":"four hundred\nand more"})" << true
                               << R"(200 {"errorMessage":"four hundred\nand more"})";
}

void TstIntegrations::functionError_isSelectedByItsMessage()
{
    QFETCH(QString, payload);
    QFETCH(bool, failed);
    QFETCH(QString, expected);
    OneMethod one(awsLambda());
    one.respond("200");
    one.respond("400",
        {{"selectionPattern", ".*four hundred.*"},
            {"responseTemplates", {{"application/json", R"x({"sorry":"$input.path('$.errorMessage')"})x"}}}});
    one.gateway.caller.onFetch = [&](const auto&) {
        http::Headers headers{{"Content-Type", "application/json"}};
        if (failed)
            headers.add("X-Amz-Function-Error", "Unhandled");
        return answerOf(200, payload.toStdString(), headers);
    };
    QCOMPARE(shown(one.post("{}")), expected);
}

void TstIntegrations::awsIntegration_isSignedForTheService()
{
    OneMethod one({{"type", "AWS"}, {"integrationHttpMethod", "POST"},
        {"uri", "arn:aws:apigateway:eu-west-1:dynamodb:action/ListTables"}});
    one.respond("200");
    one.gateway.caller.onFetch = [](const auto&) { return answerOf(200, R"({"TableNames":[]})"); };
    QCOMPARE(shown(one.post(R"({"Limit":1})")), R"(200 {"TableNames":[]})");
    const auto asked = one.gateway.caller.last();
    QCOMPARE(QString::fromStdString(asked.what), "https://dynamodb.eu-west-1.amazonaws.com/");
    QCOMPARE(asked.wire.headers.get("X-Amz-Target"), std::string_view("DynamoDB_20120810.ListTables"));
    QVERIFY(asked.wire.headers.get("Authorization").find("/eu-west-1/dynamodb/aws4_request")
        != std::string_view::npos);
    QCOMPARE(asked.wire.body, std::string(R"({"Limit":1})"));
    QVERIFY(!asked.wire.headers.has("X-Forwarded-For"));
}

void TstIntegrations::awsIntegration_speaksAsTheServiceDoes_data()
{
    QTest::addColumn<QString>("service");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("target");
    QTest::newRow("tokens")
        << "sts:action/GetCallerIdentity"
        << "https://sts.us-east-1.amazonaws.com/?Action=GetCallerIdentity&Version=2011-06-15"
        << "";
    QTest::newRow("metrics")
        << "monitoring:action/PutMetricData"
        << "https://monitoring.us-east-1.amazonaws.com/?Action=PutMetricData&Version=2010-08-01"
        << "";
    QTest::newRow("streams") << "streams.dynamodb:action/ListStreams"
                             << "https://streams.dynamodb.us-east-1.amazonaws.com/"
                             << "DynamoDBStreams_20120810.ListStreams";
    QTest::newRow("traces") << "xray:path/TraceSummaries"
                            << "https://xray.us-east-1.amazonaws.com/TraceSummaries"
                            << "";
}

void TstIntegrations::awsIntegration_speaksAsTheServiceDoes()
{
    QFETCH(const QString, service);
    QFETCH(const QString, url);
    QFETCH(const QString, target);
    OneMethod one({{"type", "AWS"}, {"integrationHttpMethod", "POST"},
        {"uri", ("arn:aws:apigateway:us-east-1:" + service).toStdString()}});
    one.respond("200");
    one.gateway.caller.onFetch = [](const auto&) { return answerOf(200, "{}"); };
    QCOMPARE(shown(one.post("{}")), "200 {}");
    const auto asked = one.gateway.caller.last();
    QCOMPARE(QString::fromStdString(asked.what), url);
    QCOMPARE(asked.wire.headers.get("X-Amz-Target"), std::string_view(target.toStdString()));
}

void TstIntegrations::httpIntegration_sendsWhatIsMapped()
{
    OneMethod one(
        {{"type", "HTTP"}, {"integrationHttpMethod", "PUT"}, {"uri", "http://${stageVariables.host}/b/{id}"},
            {"requestParameters",
                {{"integration.request.path.id", "method.request.querystring.q"},
                    {"integration.request.header.X-Name", "'fixed'"},
                    {"integration.request.querystring.s", "context.stage"}}},
            {"requestTemplates", {{"application/json", R"({"wrapped": $input.json('$.a')})"}}}});
    one.respond("200",
        {{"responseParameters",
            {{"method.response.header.X-Made", "integration.response.header.X-Id"},
                {"method.response.header.X-Part", "integration.response.body.made.id"}}}});
    one.gateway.caller.onFetch = [](const auto&) {
        return answerOf(
            200, R"({"made":{"id":7}})", {{"X-Id", "n1"}, {"X-Hidden", "h"}, {"Content-Type", "text/x"}});
    };
    const auto response =
        one.post(R"({"a": [1, 2.50, {"b": null}]})", {{"Content-Type", "application/json"}, {"X-Own", "o"}});
    QCOMPARE(shown(response), R"(200 {"made":{"id":7}})");
    QCOMPARE(response.headers.get("X-Made"), std::string_view("n1"));
    QCOMPARE(response.headers.get("X-Part"), std::string_view("7"));
    QCOMPARE(response.headers.get("Content-Type"), std::string_view("application/json"));
    QVERIFY(!response.headers.has("X-Hidden"));
    const auto asked = one.gateway.caller.last();
    QCOMPARE(QString::fromStdString(asked.what), "http://shop.example/b/1?s=prod");
    QCOMPARE(asked.wire.method, std::string("PUT"));
    QCOMPARE(asked.wire.body, std::string(R"({"wrapped": [1,2.5,{"b":null}]})"));
    QCOMPARE(asked.wire.headers.get("X-Name"), std::string_view("fixed"));
    QVERIFY(!asked.wire.headers.has("X-Own"));
    QVERIFY(asked.wire.headers.get("User-Agent").starts_with("AmazonAPIGateway_"));
}

void TstIntegrations::httpIntegration_selectsByStatus()
{
    OneMethod one({{"type", "HTTP"}, {"integrationHttpMethod", "GET"}, {"uri", "http://example.com"}});
    one.respond("200", {{"selectionPattern", "2\\d{2}"}});
    one.respond("404", {{"selectionPattern", "404"}, {"responseTemplates", {{"application/json", "gone"}}}});
    int status = 204;
    one.gateway.caller.onFetch = [&](const auto&) { return answerOf(status, "body"); };
    QCOMPARE(shown(one.post("")), "200 body");
    status = 404;
    QCOMPARE(shown(one.post("")), "404 gone");
    status = 500;
    QCOMPARE(shown(one.post("")), "500 {\"message\": \"Internal server error\"}");
    QVERIFY(stepsOf(one.gateway.lastTrack()).contains("no default output mapping"));
}

void TstIntegrations::hugeAnswer_is500()
{
    OneMethod one({{"type", "HTTP"}, {"integrationHttpMethod", "GET"}, {"uri", "http://example.com"}});
    one.respond("200");
    one.gateway.caller.onFetch = [](const auto&) { return answerOf(200, std::string(10'485'761, 'x')); };
    QCOMPARE(shown(one.post("")), "500 {\"message\": \"Internal server error\"}");
    QVERIFY(stepsOf(one.gateway.lastTrack())
                .contains("Integration response of reported length 10485761 is larger than allowed maximum"));
}

void TstIntegrations::slowEndpoint_is504()
{
    OneMethod one({{"type", "AWS"}, {"integrationHttpMethod", "POST"}, {"timeoutInMillis", 50},
        {"uri", "arn:aws:apigateway:us-east-1:dynamodb:action/ListTables"}});
    one.respond("200");
    auto release = std::make_shared<std::promise<void>>();
    const auto released = release->get_future().share();
    one.gateway.caller.onFetch = [released](const auto&) {
        released.wait();
        return answerOf(200, "late");
    };
    QCOMPARE(shown(one.post("")), "504 {\"message\": \"Endpoint request timed out\"}");
    release->set_value();
}

void TstIntegrations::requestOverride_reachesTheEndpoint()
{
    OneMethod one({{"type", "HTTP"}, {"integrationHttpMethod", "GET"}, {"uri", "http://example.com/{p}"},
        {"requestParameters", {{"integration.request.path.p", "'mapped'"}}},
        {"requestTemplates",
            {{"application/json",
                "#set($context.requestOverride.header.X-A = ['1', '2'])\n"
                "#set($context.requestOverride.path.p = $input.path('$.p'))\n"
                "#set($context.requestOverride.querystring.y = 'z')\n{}"}}}});
    one.respond("200");
    one.gateway.caller.onFetch = [](const auto&) { return answerOf(200, "ok"); };
    QCOMPARE(shown(one.post(R"({"p": "over"})")), "200 ok");
    const auto asked = one.gateway.caller.last();
    QCOMPARE(QString::fromStdString(asked.what), "http://example.com/over?y=z");
    QCOMPARE(asked.wire.headers.get("X-A"), std::string_view("1,2"));
    QCOMPARE(asked.wire.body, std::string("{}"));
}

void TstIntegrations::mappedPath_isEscaped_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("escaped");
    QTest::newRow("plain") << QByteArray("a-b_c.d~e/f") << QByteArray("a-b_c.d~e/f");
    QTest::newRow("space") << QByteArray("a b") << QByteArray("a%20b");
    QTest::newRow("question mark") << QByteArray("a?b") << QByteArray("a%3Fb");
    QTest::newRow("number sign") << QByteArray("a#b") << QByteArray("a%23b");
    QTest::newRow("braces") << QByteArray("{z}") << QByteArray("%7Bz%7D");
    QTest::newRow("beyond ASCII") << QByteArray("\xC3\xA9") << QByteArray("%C3%A9");
}

void TstIntegrations::mappedPath_isEscaped()
{
    QFETCH(const QByteArray, value);
    QFETCH(const QByteArray, escaped);
    OneMethod one({{"type", "HTTP"}, {"integrationHttpMethod", "GET"},
        {"uri", "http://example.com/{body}/{over}/{z}"},
        {"requestParameters",
            {{"integration.request.path.body", "method.request.body.p"},
                {"integration.request.path.z", "'last'"}}},
        {"requestTemplates",
            {{"application/json", "#set($context.requestOverride.path.over = $input.path('$.p'))\n{}"}}}});
    one.respond("200");
    one.gateway.caller.onFetch = [](const auto&) { return answerOf(200, "ok"); };
    QCOMPARE(shown(one.post(json{{"p", value.toStdString()}}.dump())), "200 ok");
    QCOMPARE(QByteArray::fromStdString(one.gateway.caller.last().what),
        "http://example.com/" + escaped + "/" + escaped + "/last");
}

void TstIntegrations::ownPath_staysAsTheClientEscapedIt()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi();
    const auto resource = gateway.addPath(route.apiId, route.rootId, "/books/{id}");
    gateway.addMethod(route.apiId, resource, "GET",
        {{"type", "HTTP_PROXY"}, {"integrationHttpMethod", "GET"}, {"uri", "http://example.com/{id}/{z}"},
            {"requestParameters",
                {{"integration.request.path.id", "method.request.path.id"},
                    {"integration.request.path.z", "'last'"}}}});
    gateway.deploy(route.apiId, "prod");
    gateway.caller.onFetch = [](const auto&) { return answerOf(200, "ok"); };
    QCOMPARE(shown(gateway.get(route.apiId, "/prod/books/c%2Fd")), "200 ok");
    QCOMPARE(QByteArray::fromStdString(gateway.caller.last().what), "http://example.com/c%2Fd/last");
    QCOMPARE(shown(gateway.get(route.apiId, "/prod/books/{z}|")), "200 ok");
    QCOMPARE(QByteArray::fromStdString(gateway.caller.last().what), "http://example.com/%7Bz%7D%7C/last");
}

void TstIntegrations::bodyParts_becomeParameters()
{
    OneMethod one({{"type", "HTTP_PROXY"}, {"integrationHttpMethod", "POST"}, {"uri", "http://example.com"}});
    one.gateway.expect("UpdateIntegration",
        {{"restApiId", one.route.apiId}, {"resourceId", one.route.rootId}, {"httpMethod", "POST"},
            {"patchOperations",
                {{{"op", "add"}, {"path", "/requestParameters/integration.request.header.X-Part"},
                    {"value", "'x'"}}}}});
    QCOMPARE(one.post("{}").status, 200);
    QCOMPARE(one.gateway.caller.last().wire.headers.get("X-Part"), std::string_view("x"));
}

void TstIntegrations::steps_tellTheBodies()
{
    OneMethod one({{"type", "HTTP"}, {"integrationHttpMethod", "POST"}, {"uri", "http://example.com"},
        {"requestTemplates", {{"application/json", "<$input.body>"}}}});
    one.respond("200", {{"responseTemplates", {{"application/json", "[$input.body]"}}}});
    one.gateway.caller.onFetch = [](const auto&) { return answerOf(200, std::string(5000, 'x')); };
    QCOMPARE(one.post("in").status, 200);
    const auto steps = stepsOf(one.gateway.lastTrack());
    QVERIFY(steps.contains("Template for application/json reads in"));
    QVERIFY(steps.contains("Template for application/json gives <in>"));
    QVERIFY(steps.contains("(5000 bytes)"));
    QVERIFY(!steps.contains(QString(3000, 'x')));
}

void TstIntegrations::contentOfRequests_isConverted_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("isBinary");
    QTest::addColumn<QString>("handling");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("text passes") << QByteArray("text") << false << "" << QByteArray("text");
    QTest::newRow("bad text is mended") << QByteArray("a\xff") << false << "" << QByteArray("a\xef\xbf\xbd");
    QTest::newRow("text to binary") << QByteArray("aGk=") << false << "CONVERT_TO_BINARY" << QByteArray("hi");
    QTest::newRow("text that is no base64")
        << QByteArray("?") << false << "CONVERT_TO_BINARY" << QByteArray("error");
    QTest::newRow("text to text") << QByteArray("x") << false << "CONVERT_TO_TEXT" << QByteArray("x");
    QTest::newRow("binary passes") << QByteArray("\xff") << true << "" << QByteArray("\xff");
    QTest::newRow("binary to text") << QByteArray("hi") << true << "CONVERT_TO_TEXT" << QByteArray("aGk=");
}

void TstIntegrations::contentOfRequests_isConverted()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, isBinary);
    QFETCH(QString, handling);
    QFETCH(QByteArray, expected);
    const auto converted = apigateway::convertRequest(body.toStdString(), isBinary, handling.toStdString());
    QCOMPARE(converted ? QByteArray::fromStdString(*converted) : QByteArray("error"), expected);
}

void TstIntegrations::contentOfResponses_isConverted_data()
{
    QTest::addColumn<bool>("isBinary");
    QTest::addColumn<bool>("takesBinary");
    QTest::addColumn<QString>("handling");
    QTest::addColumn<QString>("expected");
    QTest::newRow("text, text") << false << false << ""
                                << "aGk=";
    QTest::newRow("text, text, to binary") << false << false << "CONVERT_TO_BINARY"
                                           << "hi";
    QTest::newRow("text, binary") << false << true << ""
                                  << "hi";
    QTest::newRow("text, binary, to text") << false << true << "CONVERT_TO_TEXT"
                                           << "aGk=";
    QTest::newRow("binary, text") << true << false << ""
                                  << "YUdrPQ==";
    QTest::newRow("binary, text, to binary") << true << false << "CONVERT_TO_BINARY"
                                             << "aGk=";
    QTest::newRow("binary, binary") << true << true << ""
                                    << "aGk=";
    QTest::newRow("binary, binary, to text") << true << true << "CONVERT_TO_TEXT"
                                             << "YUdrPQ==";
}

void TstIntegrations::contentOfResponses_isConverted()
{
    QFETCH(bool, isBinary);
    QFETCH(bool, takesBinary);
    QFETCH(QString, handling);
    QFETCH(QString, expected);
    const auto converted = apigateway::convertResponse("aGk=", isBinary, takesBinary, handling.toStdString());
    QCOMPARE(converted ? QString::fromStdString(*converted) : "error", expected);
}

void TstIntegrations::compression_unpacksAndPacks()
{
    OneMethod one(
        {{"type", "MOCK"},
            {"requestTemplates", {{"application/json", R"({"statusCode": 200, "a": $input.json('$.a')})"}}}},
        {{"minimumCompressionSize", 10}});
    one.respond("200", {{"responseTemplates", {{"application/json", "0123456789$input.params('q')"}}}});
    const auto packed = one.post(gzip(R"({"a":1})"),
        {{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"},
            {"Accept-Encoding", "br, gzip"}});
    QCOMPARE(packed.headers.get("Content-Encoding"), std::string_view("gzip"));
    QCOMPARE(gunzip(packed.body, 1000).value_or("no gzip"), std::string("01234567891"));
    QCOMPARE(shown(one.post(R"({"a":1})")), "200 01234567891");
    QCOMPARE(one.post("x", {{"Content-Type", "application/json"}, {"Content-Encoding", "br"}}).status, 415);
    QCOMPARE(one.post("x", {{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}}).status, 400);
    const auto deflatedAnswer = one.post(deflated(R"({"a":2})"),
        {{"Content-Type", "application/json"}, {"Content-Encoding", "deflate"},
            {"Accept-Encoding", "gzip;q=0, deflate"}});
    QCOMPARE(deflatedAnswer.headers.get("Content-Encoding"), std::string_view("deflate"));
    QCOMPARE(inflated(deflatedAnswer.body, 1000).value_or("no deflate"), std::string("01234567891"));
    QCOMPARE(
        one.post("x", {{"Content-Type", "application/json"}, {"Content-Encoding", "deflate"}}).status, 400);
}

void TstIntegrations::escapeJavaScript_escapesAsJava()
{
    QCOMPARE(QString::fromStdString(apigateway::escapeJavaScript("it's \"a/b\"\\\n\t\u00e9")),
        QStringLiteral("it\\'s \\\"a\\/b\\\"\\\\\\n\\t\\u00E9"));
}

void TstIntegrations::testInvoke_logsAFailure_data()
{
    QTest::addColumn<QString>("requestTemplate");
    QTest::addColumn<QString>("line");
    QTest::newRow("a template that is none") << "#if("
                                             << "Unable to transform request";
    QTest::newRow("a mock without a status")
        << "{}"
        << "Unable to parse statusCode. It should be an integer that is defined in the request template.";
}

void TstIntegrations::testInvoke_logsAFailure()
{
    QFETCH(QString, requestTemplate);
    QFETCH(QString, line);
    OneMethod one(
        json{{"type", "MOCK"}, {"requestTemplates", {{"application/json", requestTemplate.toStdString()}}}});
    one.respond("200");
    const auto answer = one.gateway.expect("TestInvokeMethod",
        {{"restApiId", one.route.apiId}, {"resourceId", one.route.rootId}, {"httpMethod", "POST"}});
    const auto log = QString::fromStdString(answer["log"]);
    QVERIFY2(log.contains(" : Execution failed due to configuration error: " + line), qPrintable(log));
    QVERIFY2(log.contains(" : Method completed with status: 500"), qPrintable(log));
}

CHAMBER_SUITE(TstIntegrations, "tst_integrations")
#include "tst_integrations.moc"
