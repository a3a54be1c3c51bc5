#include "tests/core/apigateway/http_api_fixture.h"
#include "tests/support/suites.h"

#include <QTemporaryDir>
#include <QTest>

using nlohmann::json;

// What is kept of HTTP and WebSocket APIs outlives the program, whole.
class TstHttpApiStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyNoun_isThereAgain();
    void calls_areServedAgain();
    void oldAutomaticDeployments_goAway();
};

namespace {

std::string idOf(const json& answer, const char* name)
{
    return answer.at(name).get<std::string>();
}

// Everything that reads tell of both APIs.
json told(HttpApiFixture& fixture, const json& ids)
{
    json all;
    for (const auto* api : {"books", "chat"}) {
        for (const auto* action : {"GetApi", "GetRoutes", "GetIntegrations", "GetStages", "GetDeployments",
                 "GetAuthorizers", "GetModels"})
            all[api][action] = fixture.expect(action, {{"apiId", api}});
    }
    all["routeResponses"] =
        fixture.expect("GetRouteResponses", {{"apiId", "chat"}, {"routeId", ids["route"]}});
    all["integrationResponses"] =
        fixture.expect("GetIntegrationResponses", {{"apiId", "chat"}, {"integrationId", ids["integration"]}});
    return all;
}

void makeBooks(HttpApiFixture& fixture)
{
    fixture.makeApi({{"description", "All books"},
        {"corsConfiguration", {{"allowOrigins", {"*"}}, {"maxAge", 0}, {"exposeHeaders", {"x-a"}}}}});
    const auto authorizer = fixture.expect("CreateAuthorizer",
        {{"apiId", "books"}, {"name", "jwt"}, {"authorizerType", "JWT"},
            {"identitySource", {"$request.header.Authorization"}},
            {"jwtConfiguration", {{"audience", {"a", "b"}}, {"issuer", "https://id.example"}}}});
    auto integration = endpointIntegration();
    integration["requestParameters"] = {{"append:header.a", "1"}};
    integration["responseParameters"] = {{"200", {{"overwrite:statuscode", "201"}}}};
    fixture.addRoute("GET /a", integration,
        {{"authorizationType", "JWT"}, {"authorizerId", authorizer["authorizerId"]},
            {"authorizationScopes", {"read"}}});
    fixture.expect("UpdateStage",
        {{"apiId", "books"}, {"stageName", "$default"}, {"stageVariables", {{"x", "1"}}},
            {"routeSettings", {{"GET /a", {{"throttlingRateLimit", 0.5}}}}},
            {"accessLogSettings",
                {{"destinationArn", "arn:aws:logs:us-east-1:000000000000:log-group:a"},
                    {"format", "$context.requestId"}}}});
    fixture.expect("TagResource",
        {{"resourceArn", "arn:aws:apigateway:us-east-1::/apis/books/stages/$default"},
            {"tags", {{"t", "1"}}}});
    fixture.expect("ResetAuthorizersCache", {{"apiId", "books"}, {"stageName", "$default"}});
}

json makeChat(HttpApiFixture& fixture)
{
    fixture.expect("CreateApi",
        {{"name", "Chat"}, {"protocolType", "WEBSOCKET"},
            {"routeSelectionExpression", "$request.body.action"}, {"disableSchemaValidation", true},
            {"tags", {{"_custom_id_", "chat"}}}});
    const auto integration = idOf(fixture.expect("CreateIntegration",
                                      {{"apiId", "chat"}, {"integrationType", "MOCK"},
                                          {"requestTemplates", {{"application/json", "{}"}}}}),
        "integrationId");
    fixture.expect("CreateIntegrationResponse",
        {{"apiId", "chat"}, {"integrationId", integration}, {"integrationResponseKey", "$default"},
            {"responseTemplates", {{"200", "{}"}}}});
    const auto route =
        idOf(fixture.expect("CreateRoute",
                 {{"apiId", "chat"}, {"routeKey", "join"}, {"target", "integrations/" + integration},
                     {"requestParameters", {{"route.request.header.x", {{"required", true}}}}}}),
            "routeId");
    fixture.expect(
        "CreateRouteResponse", {{"apiId", "chat"}, {"routeId", route}, {"routeResponseKey", "$default"}});
    fixture.expect("CreateModel", {{"apiId", "chat"}, {"name", "Join"}, {"schema", "{}"}});
    fixture.expect("CreateStage", {{"apiId", "chat"}, {"stageName", "prod"}});
    fixture.expect("CreateDeployment", {{"apiId", "chat"}, {"stageName", "prod"}, {"description", "first"}});
    return {{"route", route}, {"integration", integration}};
}

}

void TstHttpApiStore::everyNoun_isThereAgain()
{
    QTemporaryDir folder;
    json before;
    json ids;
    {
        HttpApiFixture fixture(folder.path().toStdString());
        makeBooks(fixture);
        ids = makeChat(fixture);
        before = told(fixture, ids);
    }
    HttpApiFixture fixture(folder.path().toStdString());
    QCOMPARE(jsonText(told(fixture, ids)), jsonText(before));
    // Writing anything again loses nothing either.
    fixture.expect("UpdateApi", {{"apiId", "chat"}, {"description", "x"}});
    fixture.expect("UpdateApi", {{"apiId", "chat"}, {"description", ""}});
    QCOMPARE(jsonText(told(fixture, ids)), jsonText(before));
}

void TstHttpApiStore::calls_areServedAgain()
{
    QTemporaryDir folder;
    {
        HttpApiFixture fixture(folder.path().toStdString());
        fixture.makeApi();
        fixture.addRoute("GET /a/{id}", functionIntegration());
    }
    HttpApiFixture fixture(folder.path().toStdString());
    QCOMPARE(fixture.get("/a/7").status, 200);
    QCOMPARE(jsonText(json::parse(fixture.caller.last().payload)["pathParameters"]),
        QStringLiteral(R"({"id":"7"})"));
    fixture.expect("DeleteApi", {{"apiId", "books"}});
    QCOMPARE(fixture.error("GetApi", {{"apiId", "books"}}),
        QStringLiteral("NotFoundException: Invalid API identifier specified 000000000000:books"));
}

void TstHttpApiStore::oldAutomaticDeployments_goAway()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    for (int i = 0; i < 40; ++i) {
        fixture.clock.advance(core::kSecond);
        fixture.expect("CreateRoute", {{"apiId", "books"}, {"routeKey", "GET /" + std::to_string(i)}});
    }
    const auto kept = fixture.expect("GetDeployments", {{"apiId", "books"}})["items"];
    QCOMPARE(kept.size(), std::size_t(26)); // 25, and the one in use
    const auto stage = fixture.expect("GetStage", {{"apiId", "books"}, {"stageName", "$default"}});
    QCOMPARE(jsonText(kept[0]["deploymentId"]), jsonText(stage["deploymentId"]));
}

CHAMBER_SUITE(TstHttpApiStore, "tst_http_api_store")
#include "tst_http_api_store.moc"
