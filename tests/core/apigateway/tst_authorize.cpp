#include "tests/core/apigateway/guarded_api.h"
#include "tests/support/suites.h"

#include <QTest>

using nlohmann::json;
using namespace core;

// Authorizers that are functions: what they are asked, what their answers do, how long these hold.
class TstAuthorize : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void token_isAskedWithItsEvent();
    void context_reachesTheIntegration();
    void context_ofADenialReachesTheGatewayResponse();
    void request_isAskedWithItsEvent();
    void refusal_data();
    void refusal();
    void missingIdentity_asksNobody();
    void expression_asksNobodyWhenItDoesNotFit();
    void answer_holdsUntilItsTime();
    void answer_holdsForAllMethods();
    void answer_isKeptByIdentity();
    void answer_ofNoTimeIsNotKept();
    void flush_forgetsTheStage();
    void authorizer_holdsWhenDeployed();
    void testOfAuthorizer_tellsTheLog();
    void testOfAuthorizer_withoutIdentity();
};

void TstAuthorize::token_isAskedWithItsEvent()
{
    GuardedApi call(tokenAuthorizer());
    QCOMPARE(shown(call.get("/books/1?draft=1", bearing("Bearer abc"))), QStringLiteral("200 books"));
    const json expected{{"type", "TOKEN"}, {"authorizationToken", "Bearer abc"},
        {"methodArn", "arn:aws:execute-api:us-east-1:000000000000:" + call.api + "/prod/GET/books/1"}};
    QCOMPARE(jsonText(call.events.at(0)), jsonText(expected));
}

void TstAuthorize::context_reachesTheIntegration()
{
    GuardedApi call(tokenAuthorizer());
    call.answer = [](const json&) {
        auto given = verdict();
        given["context"] = {{"name", "Momo"}, {"age", 10}, {"listens", true}};
        return functionAnswer(given.dump());
    };
    call.get("/books", bearing("abc"));
    auto authorizer = call.proxied["requestContext"]["authorizer"];
    QVERIFY(authorizer["integrationLatency"].is_number_integer());
    authorizer.erase("integrationLatency");
    QCOMPARE(jsonText(authorizer),
        jsonText({{"principalId", "momo"}, {"name", "Momo"}, {"age", "10"}, {"listens", "true"}}));
}

void TstAuthorize::context_ofADenialReachesTheGatewayResponse()
{
    GuardedApi guarded(tokenAuthorizer());
    guarded.gateway.expect("PutGatewayResponse",
        {{"restApiId", guarded.api}, {"responseType", "ACCESS_DENIED"}, {"statusCode", "404"},
            {"responseTemplates",
                {{"application/json", "$context.authorizer.message, $context.authorizer.principalId"}}}});
    guarded.gateway.deploy(guarded.api, "prod");
    guarded.answer = [](const json&) {
        auto answer = verdict("Deny");
        answer["context"] = {{"message", "not for you"}};
        return functionAnswer(answer.dump());
    };
    QCOMPARE(shown(guarded.get("/books", bearing("x"))), "404 not for you, momo");
}

void TstAuthorize::request_isAskedWithItsEvent()
{
    GuardedApi call(
        requestAuthorizer("method.request.header.X-Who, method.request.querystring.q, stageVariables.shelf, "
                          "context.identity.sourceIp"));
    QCOMPARE(shown(call.get("/books/1?q=a&q=b", {{"X-Who", "momo"}})), QStringLiteral("200 books"));
    const auto& event = call.events.at(0);
    QCOMPARE(jsonText(event["type"]), QStringLiteral("\"REQUEST\""));
    QCOMPARE(jsonText(event["methodArn"]),
        jsonText("arn:aws:execute-api:us-east-1:000000000000:" + call.api + "/prod/GET/books/1"));
    QCOMPARE(jsonText(event["resource"]), QStringLiteral("\"/books/{id}\""));
    QCOMPARE(jsonText(event["path"]), QStringLiteral("\"/books/1\""));
    QCOMPARE(jsonText(event["headers"]["X-Who"]), QStringLiteral("\"momo\""));
    QCOMPARE(jsonText(event["multiValueQueryStringParameters"]), QStringLiteral(R"({"q":["a","b"]})"));
    QCOMPARE(jsonText(event["pathParameters"]), QStringLiteral(R"({"id":"1"})"));
    QCOMPARE(jsonText(event["stageVariables"]), QStringLiteral(R"({"shelf":"top"})"));
    QCOMPARE(jsonText(event["requestContext"]["resourcePath"]), QStringLiteral("\"/books/{id}\""));
    QVERIFY(!event.contains("body"));
    call.get("/books?q=a", {{"X-Who", "momo"}});
    QCOMPARE(jsonText(call.events.at(1)["pathParameters"]), QStringLiteral("{}"));
}

void TstAuthorize::refusal_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QString>("functionError");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QByteArray>("type");
    const auto row = [](const char* name, const json& answer, const char* failure, const char* expected,
                         const char* type) {
        QTest::newRow(name) << jsonText(answer) << failure << expected << QByteArray(type);
    };
    constexpr auto kDenied =
        "403 {\"Message\":\"User is not authorized to access this resource with an explicit deny "
        "in an identity-based policy\"}";
    constexpr auto kUnnamed = "403 {\"Message\":\"User is not authorized to access this resource because no "
                              "identity-based policy allows the execute-api:Invoke action\"}";
    constexpr auto kBroken = "500 {\"message\":null}";
    row("denied", verdict("Deny"), "", kDenied, "AccessDeniedException");
    row("not named", verdict("Allow", "arn:aws:execute-api:*:*:*/prod/POST/*"), "", kUnnamed,
        "AccessDeniedException");
    auto both = verdict();
    both["policyDocument"]["Statement"].push_back(policy("Deny", "*/GET/books")["Statement"][0]);
    row("denied beside allowed", both, "", kDenied, "AccessDeniedException");
    row("unauthorized", {{"errorMessage", "Unauthorized"}, {"errorType", "Exception"}}, "Unhandled",
        "401 {\"message\":\"Unauthorized\"}", "UnauthorizedException");
    row("failed", {{"errorMessage", "unauthorized"}}, "Unhandled", kBroken,
        "AuthorizerConfigurationException");
    row("no policy", {{"principalId", "momo"}}, "", kBroken, "AuthorizerConfigurationException");
    row("no principal", {{"policyDocument", policy("Allow", "*")}}, "", kBroken,
        "AuthorizerConfigurationException");
    row("null", json(), "", kBroken, "AuthorizerConfigurationException");
    auto nested = verdict();
    nested["context"] = {{"roles", {"reader"}}};
    row("context of lists", nested, "", kBroken, "AuthorizerConfigurationException");
    auto lengthy = verdict();
    lengthy["context"] = {{"text", std::string(8192, 'x')}};
    row("more than AWS takes", lengthy, "", kBroken, "AuthorizerConfigurationException");
    auto odd = verdict();
    odd["policyDocument"]["Statement"][0]["Effect"] = "Perhaps";
    row("policy that is none", odd, "", kBroken, "AuthorizerConfigurationException");
}

void TstAuthorize::refusal()
{
    QFETCH(QString, answer);
    QFETCH(QString, functionError);
    GuardedApi call(tokenAuthorizer());
    call.answer = [&](const json&) {
        return functionAnswer(answer.toStdString(), functionError.toStdString());
    };
    const auto response = call.get("/books", bearing("abc"));
    QTEST(shown(response), "expected");
    QTEST(errorType(response), "type");
    QVERIFY(call.proxied.is_null());
}

void TstAuthorize::missingIdentity_asksNobody()
{
    GuardedApi call(requestAuthorizer("method.request.header.X-Who,method.request.querystring.q"));
    QCOMPARE(shown(call.get("/books?q=1")), QStringLiteral("401 {\"message\":\"Unauthorized\"}"));
    QCOMPARE(shown(call.get("/books?q=", {{"X-Who", "momo"}})),
        QStringLiteral("401 {\"message\":\"Unauthorized\"}"));
    QVERIFY(call.events.empty());
    QCOMPARE(call.get("/books?q=1", {{"X-Who", "momo"}}).status, 200);
}

void TstAuthorize::expression_asksNobodyWhenItDoesNotFit()
{
    GuardedApi call(tokenAuthorizer({{"identityValidationExpression", "^Bearer [a-z]+$"}}));
    QCOMPARE(shown(call.get("/books", bearing("Bearer 123"))),
        QStringLiteral("401 {\"message\":\"Unauthorized\"}"));
    QVERIFY(call.events.empty());
    QCOMPARE(call.get("/books", bearing("Bearer abc")).status, 200);
}

void TstAuthorize::answer_holdsUntilItsTime()
{
    GuardedApi call(tokenAuthorizer({{"authorizerResultTtlInSeconds", 60}}));
    call.get("/books", bearing("abc"));
    call.gateway.clock.advance(59 * kSecond);
    call.get("/books", bearing("abc"));
    QCOMPARE(call.events.size(), std::size_t(1));
    QCOMPARE(
        jsonText(call.proxied["requestContext"]["authorizer"]["integrationLatency"]), QStringLiteral("0"));
    call.gateway.clock.advance(kSecond);
    call.get("/books", bearing("abc"));
    QCOMPARE(call.events.size(), std::size_t(2));
}

void TstAuthorize::answer_holdsForAllMethods()
{
    GuardedApi call(tokenAuthorizer());
    call.answer = [](const json& event) {
        return functionAnswer(verdict("Allow", event["methodArn"]).dump());
    };
    QCOMPARE(call.get("/books/1", bearing("abc")).status, 200);
    // Kept for the first book alone: the policy decides again, and has nothing about the second.
    QCOMPARE(call.get("/books/2", bearing("abc")).status, 403);
    QCOMPARE(call.events.size(), std::size_t(1));
}

void TstAuthorize::answer_isKeptByIdentity()
{
    GuardedApi call(requestAuthorizer("method.request.header.A, method.request.header.B"));
    call.get("/books", {{"A", "1"}, {"B", "23"}});
    call.get("/books", {{"A", "12"}, {"B", "3"}});
    call.get("/books", {{"A", "1"}, {"B", "23"}});
    QCOMPARE(call.events.size(), std::size_t(2));
}

void TstAuthorize::answer_ofNoTimeIsNotKept()
{
    GuardedApi call(tokenAuthorizer({{"authorizerResultTtlInSeconds", 0}}));
    call.get("/books", bearing("abc"));
    call.get("/books", bearing("abc"));
    QCOMPARE(call.events.size(), std::size_t(2));
}

void TstAuthorize::flush_forgetsTheStage()
{
    GuardedApi call(tokenAuthorizer());
    call.get("/books", bearing("abc"));
    call.gateway.expect("FlushStageAuthorizersCache", {{"restApiId", call.api}, {"stageName", "prod"}});
    call.get("/books", bearing("abc"));
    QCOMPARE(call.events.size(), std::size_t(2));
    QCOMPARE(
        call.gateway.error("FlushStageAuthorizersCache", {{"restApiId", call.api}, {"stageName", "dev"}}),
        QStringLiteral("NotFoundException: Invalid stage identifier specified"));
}

void TstAuthorize::authorizer_holdsWhenDeployed()
{
    GuardedApi call(tokenAuthorizer({{"authorizerResultTtlInSeconds", 0}}));
    call.gateway.expect("UpdateAuthorizer",
        {{"restApiId", call.api}, {"authorizerId", call.authorizerId},
            {"patchOperations",
                {{{"op", "replace"}, {"path", "/identitySource"},
                    {"value", "method.request.header.X-Key"}}}}});
    QCOMPARE(call.get("/books", {{"X-Key", "abc"}}).status, 401);
    call.gateway.deploy(call.api, "prod");
    QCOMPARE(call.get("/books", {{"X-Key", "abc"}}).status, 200);
}

void TstAuthorize::testOfAuthorizer_tellsTheLog()
{
    GuardedApi call(tokenAuthorizer());
    const auto answer = call.gateway.expect("TestInvokeAuthorizer",
        {{"restApiId", call.api}, {"authorizerId", call.authorizerId},
            {"headers", {{"Authorization", "secret-abcd"}}}});
    QCOMPARE(jsonText(answer["clientStatus"]), QStringLiteral("200"));
    QCOMPARE(jsonText(answer["principalId"]), QStringLiteral("\"momo\""));
    QCOMPARE(jsonText(json::parse(answer["policy"].get<std::string>())), jsonText(policy("Allow", "*")));
    QCOMPARE(jsonText(call.events.at(0)["methodArn"]),
        jsonText("arn:aws:execute-api:us-east-1:000000000000:" + call.api + "/ESTestInvoke-stage/GET/"));
    const auto log = QString::fromStdString(answer["log"]);
    for (const auto& line : {QString("Execution log for request "),
             " : Starting authorizer: " + QString::fromStdString(call.authorizerId) + " for request: ",
             QString(" : Incoming identity: ******-abcd\n"),
             QString(" : Authorizer result body before parsing: {"),
             QString(" : Using valid authorizer policy for principal: **mo\n"),
             QString(" : Successfully completed authorizer execution\n")})
        QVERIFY2(log.contains(line), qPrintable(line + " in " + log));
}

void TstAuthorize::testOfAuthorizer_withoutIdentity()
{
    GuardedApi call(tokenAuthorizer());
    const auto answer = call.gateway.expect(
        "TestInvokeAuthorizer", {{"restApiId", call.api}, {"authorizerId", call.authorizerId}});
    QCOMPARE(jsonText(answer["clientStatus"]), QStringLiteral("401"));
    QVERIFY(QString::fromStdString(answer["log"]).contains("Unauthorized request: "));
    QVERIFY(call.events.empty());
}

CHAMBER_SUITE(TstAuthorize, "tst_authorize")
#include "tst_authorize.moc"
