#include "tests/core/apigateway/guarded_api.h"
#include "tests/core/apigateway/http_api_fixture.h"
#include "tests/core/apigateway/signed_request.h"
#include "tests/core/apigateway/socket_room.h"
#include "tests/support/suites.h"

#include <QTest>

using nlohmann::json;
using namespace core;

namespace {

http::Request request(std::string host, std::string target, http::Headers more = {})
{
    http::Request made;
    made.target = std::move(target);
    made.headers = std::move(more);
    made.headers.add("Host", std::move(host));
    return made;
}

// A function behind /books/{id} and / of the stage "prod".
std::string functionApi(ApiFixture& gateway, const json& extra)
{
    const auto route = gateway.makeApi(extra);
    gateway.addMethod(route.apiId, gateway.addPath(route.apiId, route.rootId, "/books/{id}"), "ANY",
        lambdaIntegration("books"));
    gateway.addMethod(route.apiId, route.rootId, "ANY", lambdaIntegration("books"));
    gateway.deploy(route.apiId, "prod");
    gateway.caller.onCall = [](const auto&) { return functionAnswer(R"({"statusCode":200,"body":"in"})"); };
    return route.apiId;
}

json regional()
{
    return {{"endpointConfiguration", {{"types", {"REGIONAL"}}}}};
}

json eventOf(const ServiceFixture& fixture)
{
    return json::parse(fixture.caller.last().payload);
}

json privateApi()
{
    const json statement{{"Effect", "Allow"}, {"Principal", "*"}, {"Action", "execute-api:Invoke"},
        {"Resource", "execute-api:/*"}, {"Condition", {{"StringEquals", {{"aws:SourceVpce", "vpce-0a1b"}}}}}};
    return {{"endpointConfiguration", {{"types", {"PRIVATE"}}, {"vpcEndpointIds", {"vpce-0a1b"}}}},
        {"policy", json{{"Version", "2012-10-17"}, {"Statement", {statement}}}.dump()}};
}

}

// What AWS takes of a call's head, and what it reads there.
class TstCallHeads : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void head_hasTenKilobytes_data();
    void head_hasTenKilobytes();
    void httpApi_headHasTenKilobytes();
    void webSocket_headHasTenKilobytes();
    void edgeUrl_has8192Characters();
    void ownPath_doesNotCount();
    void longArn_is414WhereSomebodyDecides();
    void plainPipesAndBraces_areRefused_data();
    void plainPipesAndBraces_areRefused();
    void semicolons_partTheQuery();
    void methodOverride_namesTheMethod();
    void methodOverride_keepsASignature();
    void customDomain_keepsItsHealthCheck();
    void endpoint_getsForwardedForXForwarded();
    void privateApi_isCalledThroughItsEndpoint_data();
    void privateApi_isCalledThroughItsEndpoint();
    void endpoint_leadsToPrivateApisAlone();
    void event_namesTheEndpoint();
};

void TstCallHeads::head_hasTenKilobytes_data()
{
    QTest::addColumn<int>("line"); // bytes of the request line
    QTest::addColumn<int>("values"); // of all header values
    QTest::addColumn<QString>("expected");
    QTest::newRow("all of it") << 5000 << 5240 << QStringLiteral("200 in");
    QTest::newRow("one more") << 5000 << 5241
                              << QStringLiteral(
                                     "431 {\"message\":\"HTTP header is larger than 10240 bytes.\"}");
    QTest::newRow("a line beyond it")
        << 10241 << 100 << QStringLiteral("414 {\"message\":\"An HTTP line is larger than 10240 bytes.\"}");
}

void TstCallHeads::head_hasTenKilobytes()
{
    QFETCH(int, line);
    QFETCH(int, values);
    ApiFixture gateway;
    const auto host = functionApi(gateway, regional()) + ".execute-api.localhost";
    const std::string begin = "GET /prod?q= HTTP/1.1";
    auto call = request(host, "/prod?q=" + std::string(static_cast<std::size_t>(line) - begin.size(), 'x'));
    call.headers.add("X-Long", std::string(static_cast<std::size_t>(values) - host.size(), 'y'));
    const auto response = gateway.send(std::move(call));
    QTEST(shown(response), "expected");
    QVERIFY(response.headers.has("x-amzn-RequestId"));
}

void TstCallHeads::httpApi_headHasTenKilobytes()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("$default", functionIntegration());
    fixture.caller.onCall = [](const auto&) { return functionAnswer(R"({"statusCode":200,"body":"in"})"); };
    QCOMPARE(fixture.get("/", {{"X-Long", std::string(9000, 'y')}}).status, 200);
    const auto refused = fixture.get("/", {{"X-Long", std::string(10'240, 'y')}});
    QCOMPARE(shown(refused), QStringLiteral("431 {\"message\":\"HTTP header is larger than 10240 bytes.\"}"));
    QCOMPARE(fixture.get("/" + std::string(10'240, 'x')).status, 414);
    QCOMPARE(fixture.caller.count(), 1);
}

void TstCallHeads::webSocket_headHasTenKilobytes()
{
    SocketRoom room;
    room.addRoute("$default");
    room.deploy();
    QCOMPARE(room.connect("", {{"X-Long", std::string(9000, 'y')}})->status(), 101);
    QCOMPARE(room.connect("", {{"X-Long", std::string(10'240, 'y')}})->status(), 431);
}

void TstCallHeads::edgeUrl_has8192Characters()
{
    ApiFixture gateway;
    const auto edge = functionApi(gateway, json::object());
    const std::string most = "/prod?q=" + std::string(8192 - 8, 'x');
    QCOMPARE(gateway.get(edge, most).status, 200);
    const auto refused = gateway.get(edge, most + "x");
    QCOMPARE(refused.status, 413);
    QCOMPARE(std::string(refused.headers.get("Content-Type")), std::string("text/html"));
    QCOMPARE(gateway.get(functionApi(gateway, regional()), most + "x").status, 200);
}

void TstCallHeads::ownPath_doesNotCount()
{
    ApiFixture gateway;
    const auto id = functionApi(gateway, json::object());
    const std::string most = "/prod/books/1?q=" + std::string(8192 - 16, 'x');
    QCOMPARE(gateway.send(request("localhost:4566", "/_aws/execute-api/" + id + most)).status, 200);
    QCOMPARE(gateway.send(request("localhost:4566", "/_aws/execute-api/" + id + most + "x")).status, 413);
}

void TstCallHeads::longArn_is414WhereSomebodyDecides()
{
    ApiFixture gateway;
    const auto path = "/prod/books/" + std::string(1'600, 'b');
    QCOMPARE(gateway.get(functionApi(gateway, regional()), path).status, 200);
    auto guarded = regional();
    guarded.update(resourcePolicy({{{"Effect", "Allow"}, {"Principal", "*"}, {"Action", "execute-api:Invoke"},
        {"Resource", "execute-api:/*"}}}));
    const auto id = functionApi(gateway, guarded);
    QCOMPARE(gateway.get(id, "/prod/books/" + std::string(1'000, 'b')).status, 200);
    QCOMPARE(shown(gateway.get(id, path)), QStringLiteral("414 {\"message\":\"Request URI too long\"}"));
}

void TstCallHeads::plainPipesAndBraces_areRefused_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<int>("status");
    QTest::newRow("pipe") << "/prod?a=b|c" << 400;
    QTest::newRow("brace") << "/prod?a={b" << 400;
    QTest::newRow("closing brace") << "/prod?a=b}" << 400;
    QTest::newRow("encoded") << "/prod?a=b%7Cc%7B%7D" << 200;
    QTest::newRow("in the path") << "/prod/books/a|b" << 200;
}

void TstCallHeads::plainPipesAndBraces_areRefused()
{
    QFETCH(QString, target);
    ApiFixture gateway;
    const auto response = gateway.get(functionApi(gateway, regional()), target.toStdString());
    QTEST(response.status, "status");
    if (response.status == 400)
        QCOMPARE(shown(response), QStringLiteral("400 {\"message\":\"Bad Request\"}"));
}

void TstCallHeads::semicolons_partTheQuery()
{
    ApiFixture gateway;
    QCOMPARE(gateway.get(functionApi(gateway, regional()), "/prod?a=1;b=2&c=3%3B4").status, 200);
    const auto event = eventOf(gateway);
    QCOMPARE(jsonText(event["queryStringParameters"]), jsonText({{"a", "1"}, {"b", "2"}, {"c", "3;4"}}));
}

void TstCallHeads::methodOverride_namesTheMethod()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi(regional());
    gateway.addMethod(route.apiId, route.rootId, "DELETE", lambdaIntegration("books"));
    gateway.deploy(route.apiId, "prod");
    gateway.caller.onCall = [](const auto&) { return functionAnswer(R"({"statusCode":200,"body":"in"})"); };
    auto call =
        request(route.apiId + ".execute-api.localhost", "/prod", {{"X-HTTP-Method-Override", "delete"}});
    call.method = "POST";
    QCOMPARE(gateway.send(call).status, 200);
    const auto event = eventOf(gateway);
    QCOMPARE(event["httpMethod"].get<std::string>(), std::string("DELETE"));
    QVERIFY(!event["headers"].contains("X-HTTP-Method-Override"));
    call.headers.set("X-HTTP-Method-Override", "FROB"); // no method
    QCOMPARE(gateway.send(call).status, 403);
}

void TstCallHeads::methodOverride_keepsASignature()
{
    ApiFixture gateway;
    const auto route = gateway.makeApi(regional());
    gateway.expect("PutMethod",
        {{"restApiId", route.apiId}, {"resourceId", route.rootId}, {"httpMethod", "DELETE"},
            {"authorizationType", "AWS_IAM"}});
    gateway.expect("PutIntegration",
        {{"restApiId", route.apiId}, {"resourceId", route.rootId}, {"httpMethod", "DELETE"}, {"type", "MOCK"},
            {"requestTemplates", {{"application/json", R"({"statusCode": 200})"}}}});
    gateway.expect("PutMethodResponse",
        {{"restApiId", route.apiId}, {"resourceId", route.rootId}, {"httpMethod", "DELETE"},
            {"statusCode", "200"}});
    gateway.expect("PutIntegrationResponse",
        {{"restApiId", route.apiId}, {"resourceId", route.rootId}, {"httpMethod", "DELETE"},
            {"statusCode", "200"}});
    gateway.deploy(route.apiId, "prod");
    auto call =
        request(route.apiId + ".execute-api.localhost", "/prod", {{"X-HTTP-Method-Override", "DELETE"}});
    call.method = "POST";
    sign(call);
    QCOMPARE(gateway.send(std::move(call)).status, 200);
}

void TstCallHeads::customDomain_keepsItsHealthCheck()
{
    ApiFixture gateway;
    const auto id = functionApi(gateway, regional());
    gateway.expect("CreateDomainName", {{"domainName", "shop.test"}});
    gateway.expect(
        "CreateBasePathMapping", {{"domainName", "shop.test"}, {"restApiId", id}, {"stage", "prod"}});
    QCOMPARE(shown(gateway.send(request("shop.test", "/"))), QStringLiteral("200 in"));
    QCOMPARE(shown(gateway.send(request("shop.test", "/ping"))), QStringLiteral("200 healthy"));
    QCOMPARE(shown(gateway.send(request("shop.test", "/sping"))), QStringLiteral("200 healthy"));
    QCOMPARE(gateway.caller.count(), 1);
}

void TstCallHeads::endpoint_getsForwardedForXForwarded()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("$default", endpointIntegration());
    fixture.caller.onFetch = [](const auto&) { return http::Response{}; };
    QCOMPARE(fixture
                 .get("/",
                     {{"Host", "books.execute-api.localhost"}, {"X-Forwarded-For", "192.0.2.1, 2001:db8::1"},
                         {"X-Forwarded-Proto", "https"}, {"X-Forwarded-Host", "shop.example"}})
                 .status,
        200);
    const auto& headers = fixture.caller.last().wire.headers;
    QCOMPARE(std::string(headers.get("Forwarded")),
        std::string("for=192.0.2.1;host=shop.example;proto=https, for=\"[2001:db8::1]\", "
                    "for=127.0.0.1;host=books.execute-api.localhost;proto=http"));
    for (const auto* name : {"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"})
        QVERIFY(!headers.has(name));
}

void TstCallHeads::privateApi_isCalledThroughItsEndpoint_data()
{
    QTest::addColumn<QString>("host"); // % is the API
    QTest::addColumn<bool>("hasField");
    QTest::addColumn<int>("status");
    QTest::newRow("alias") << "%-vpce-0a1b.execute-api.localhost" << false << 200;
    QTest::newRow("alias of Amazon's") << "%-vpce-0a1b.execute-api.us-east-1.amazonaws.com" << false << 200;
    QTest::newRow("endpoint's name and field")
        << "vpce-0a1b-77aa.execute-api.us-east-1.vpce.amazonaws.com" << true << 200;
    QTest::newRow("endpoint's name here") << "vpce-0a1b-77aa.execute-api.vpce.localhost:4566" << true << 200;
    QTest::newRow("endpoint's name alone") << "vpce-0a1b-77aa.execute-api.vpce.localhost" << false << 403;
    QTest::newRow("another endpoint, which the policy does not allow")
        << "vpce-0c-77aa.execute-api.vpce.localhost" << true << 403;
    QTest::newRow("alias for an endpoint that is not associated")
        << "%-vpce-0c.execute-api.localhost" << false << 403;
    QTest::newRow("private name, by no endpoint that is known") << "%.execute-api.localhost" << false << 403;
}

void TstCallHeads::privateApi_isCalledThroughItsEndpoint()
{
    QFETCH(QString, host);
    QFETCH(bool, hasField);
    ApiFixture gateway;
    const auto id = functionApi(gateway, privateApi());
    auto call = request(host.replace('%', QString::fromStdString(id)).toStdString(), "/prod");
    if (hasField)
        call.headers.add("x-apigw-api-id", id);
    QTEST(gateway.send(std::move(call)).status, "status");
}

void TstCallHeads::endpoint_leadsToPrivateApisAlone()
{
    ApiFixture gateway;
    const auto id = functionApi(gateway, regional());
    const auto refused =
        gateway.send(request("vpce-0a1b-77aa.execute-api.vpce.localhost", "/prod", {{"x-apigw-api-id", id}}));
    QCOMPARE(shown(refused), QStringLiteral("403 {\"message\":\"Forbidden\"}"));
}

void TstCallHeads::event_namesTheEndpoint()
{
    ApiFixture gateway;
    const auto id = functionApi(gateway, privateApi());
    QCOMPARE(gateway.send(request(id + "-vpce-0a1b.execute-api.localhost", "/prod")).status, 200);
    QCOMPARE(eventOf(gateway)["requestContext"]["identity"]["vpceId"].get<std::string>(),
        std::string("vpce-0a1b"));
}

CHAMBER_SUITE(TstCallHeads, "tst_call_heads")
#include "tst_call_heads.moc"
