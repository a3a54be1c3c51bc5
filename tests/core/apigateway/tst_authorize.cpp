#include "core/aws/sigv4.h"
#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/base/time_format.h"
#include "tests/core/apigateway/api_fixture.h"
#include "tests/core/apigateway/jwt_data.h"
#include "tests/core/apigateway/signed_request.h"
#include "tests/support/suites.h"

#include <QTest>

#include <filesystem>
#include <fstream>

using nlohmann::json;
using namespace core;

namespace {

constexpr const char* kGuard = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                               "arn:aws:lambda:us-east-1:000000000000:function:guard/invocations";

json policy(const std::string& effect, const json& resource)
{
    return {{"Version", "2012-10-17"},
        {"Statement", {{{"Effect", effect}, {"Action", "execute-api:Invoke"}, {"Resource", resource}}}}};
}

json verdict(const std::string& effect = "Allow", const json& resource = "*")
{
    return {{"principalId", "momo"}, {"policyDocument", policy(effect, resource)}};
}

// An API with GET /books and GET /books/{id}, behind an authorizer or another kind of authorization.
class Guarded {
public:
    explicit Guarded(
        json authorizer, json extra = json::object(), json method = {{"authorizationType", "CUSTOM"}})
    {
        const auto route = gateway.makeApi(extra.is_null() ? json::object() : extra);
        api = route.apiId;
        if (!authorizer.is_null()) {
            authorizer.update({{"restApiId", api}, {"name", "guard"}});
            method["authorizerId"] = gateway.expect("CreateAuthorizer", authorizer)["id"];
            authorizerId = method["authorizerId"];
        }
        for (const auto* path : {"/books", "/books/{id}"}) {
            const auto resource = gateway.addPath(api, route.rootId, path);
            json at{{"restApiId", api}, {"resourceId", resource}, {"httpMethod", "GET"}};
            at.update(method);
            gateway.expect("PutMethod", at);
            auto integration = lambdaIntegration("books");
            integration.update({{"restApiId", api}, {"resourceId", resource}, {"httpMethod", "GET"}});
            gateway.expect("PutIntegration", integration);
        }
        gateway.deploy(api, "prod", {{"shelf", "top"}});
        gateway.caller.onCall = [this](const FakeCaller::Asked& asked) {
            if (asked.input["FunctionName"].get<std::string>().ends_with("guard")) {
                events.push_back(json::parse(asked.payload));
                return answer(events.back());
            }
            proxied = json::parse(asked.payload);
            return functionAnswer(R"({"statusCode":200,"body":"books"})");
        };
    }

    http::Response get(const std::string& path, http::Headers headers = {})
    {
        http::Request request;
        request.target = "/prod" + path;
        request.headers = std::move(headers);
        request.headers.add("Host", api + ".execute-api.localhost:4566");
        return gateway.send(std::move(request));
    }

    ApiFixture gateway;
    std::string api;
    std::string authorizerId;
    std::vector<json> events; // that the authorizer's function got
    json proxied; // what the integration's function got last
    std::function<aws::Reply(const json&)> answer = [](const json&) {
        return functionAnswer(verdict().dump());
    };
};

json tokenAuthorizer(json extra = json::object())
{
    json authorizer{{"type", "TOKEN"}, {"authorizerUri", kGuard},
        {"identitySource", "method.request.header.Authorization"}};
    authorizer.update(extra);
    return authorizer;
}

json requestAuthorizer(const std::string& sources, json extra = json::object())
{
    json authorizer{{"type", "REQUEST"}, {"authorizerUri", kGuard}, {"identitySource", sources}};
    authorizer.update(extra);
    return authorizer;
}

QString shown(const http::Response& response)
{
    return QString::number(response.status) + " " + QString::fromStdString(response.body);
}

QByteArray errorType(const http::Response& response)
{
    const auto value = response.headers.get("x-amzn-ErrorType");
    return {value.data(), static_cast<qsizetype>(value.size())};
}

http::Headers bearing(const std::string& token)
{
    return {{"Authorization", token}};
}

http::Request signedRequest(const std::string& target, const std::string& host,
    const std::string& key = "test", const std::string& secret = "test",
    const std::string& region = "us-east-1", const std::string& service = "execute-api", Micros since = 0)
{
    http::Request request;
    request.target = target;
    request.headers = {{"Host", host}};
    sign(request, {key, secret, region, service, since});
    return request;
}

json resourcePolicy(const json& statements)
{
    return {{"policy", json{{"Version", "2012-10-17"}, {"Statement", statements}}.dump()}};
}

json openTo(const std::string& effect, const json& resource, const json& condition = json())
{
    json statement{
        {"Effect", effect}, {"Principal", "*"}, {"Action", "execute-api:Invoke"}, {"Resource", resource}};
    if (!condition.is_null())
        statement["Condition"] = condition;
    return statement;
}

json poolAuthorizer()
{
    return {{"type", "COGNITO_USER_POOLS"}, {"identitySource", "method.request.header.Authorization"},
        {"providerARNs", {"arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Books"}}};
}

json poolMethod(json scopes = json::array())
{
    return {{"authorizationType", "COGNITO_USER_POOLS"}, {"authorizationScopes", std::move(scopes)}};
}

void serveKeys(Guarded& call)
{
    call.gateway.caller.onFetch = [keys = jwtData()["jwks"].dump()](const auto&) -> Result<http::Response> {
        http::Response response;
        response.body = keys;
        return response;
    };
}

}

class TstAuthorize : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void token_isAskedWithItsEvent();
    void context_reachesTheIntegration();
    void context_reachesTemplatesAndMappings();
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
    void resourcePolicy_opensAndCloses_data();
    void resourcePolicy_opensAndCloses();
    void resourcePolicy_holdsWhenDeployed();
    void resourcePolicy_goesBeforeTheAuthorizer();
    void resourcePolicy_allowsWhatTheAuthorizerLeavesOpen();
    void signature_identifiesTheCaller();
    void signature_isWanted();
    void signature_faults_data();
    void signature_faults();
    void signature_ofAnotherTime();
    void otherSchemes_areReadAsSignatures();
    void foreignAccount_needsTheResourcePolicy();
    void userPool_passesItsClaims();
    void userPool_refuses_data();
    void userPool_refuses();
    void userPool_thatCannotBeReached_isAFailure();
    void testOfAuthorizer_tellsTheLog();
    void testOfAuthorizer_withoutIdentity();
    void testOfUserPool_givesClaims();
};

void TstAuthorize::token_isAskedWithItsEvent()
{
    Guarded call(tokenAuthorizer());
    QCOMPARE(shown(call.get("/books/1?draft=1", bearing("Bearer abc"))), QStringLiteral("200 books"));
    const json expected{{"type", "TOKEN"}, {"authorizationToken", "Bearer abc"},
        {"methodArn", "arn:aws:execute-api:us-east-1:000000000000:" + call.api + "/prod/GET/books/1"}};
    QCOMPARE(jsonText(call.events.at(0)), jsonText(expected));
}

void TstAuthorize::context_reachesTheIntegration()
{
    Guarded call(tokenAuthorizer());
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

void TstAuthorize::context_reachesTemplatesAndMappings()
{
    Guarded call(poolAuthorizer(), {}, poolMethod());
    serveKeys(call);
    const auto listed = call.gateway.expect("GetResources", {{"restApiId", call.api}});
    for (const auto& resource : listed["item"]) {
        if (resource["path"] != "/books")
            continue;
        json at{{"restApiId", call.api}, {"resourceId", resource["id"]}, {"httpMethod", "GET"}};
        auto integration = mockIntegration();
        integration.update(at);
        call.gateway.expect("PutIntegration", integration);
        at.update({{"statusCode", "200"}});
        auto response = at;
        response["responseParameters"] = {{"method.response.header.X-Sub", false}};
        call.gateway.expect("PutMethodResponse", response);
        response["responseParameters"] = {{"method.response.header.X-Sub", "context.authorizer.claims.sub"}};
        response["responseTemplates"] = {{"application/json",
            "$context.authorizer.claims.sub $context.authorizer.claims['cognito:groups']"}};
        call.gateway.expect("PutIntegrationResponse", response);
    }
    call.gateway.deploy(call.api, "prod");
    const auto response = call.get("/books", bearing(jwtData()["poolTokens"]["id"].get<std::string>()));
    QCOMPARE(shown(response), QStringLiteral("200 momo staff,readers"));
    QCOMPARE(std::string(response.headers.get("X-Sub")), std::string("momo"));
}

void TstAuthorize::request_isAskedWithItsEvent()
{
    Guarded call(
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
    Guarded call(tokenAuthorizer());
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
    Guarded call(requestAuthorizer("method.request.header.X-Who,method.request.querystring.q"));
    QCOMPARE(shown(call.get("/books?q=1")), QStringLiteral("401 {\"message\":\"Unauthorized\"}"));
    QCOMPARE(shown(call.get("/books?q=", {{"X-Who", "momo"}})),
        QStringLiteral("401 {\"message\":\"Unauthorized\"}"));
    QVERIFY(call.events.empty());
    QCOMPARE(call.get("/books?q=1", {{"X-Who", "momo"}}).status, 200);
}

void TstAuthorize::expression_asksNobodyWhenItDoesNotFit()
{
    Guarded call(tokenAuthorizer({{"identityValidationExpression", "^Bearer [a-z]+$"}}));
    QCOMPARE(shown(call.get("/books", bearing("Bearer 123"))),
        QStringLiteral("401 {\"message\":\"Unauthorized\"}"));
    QVERIFY(call.events.empty());
    QCOMPARE(call.get("/books", bearing("Bearer abc")).status, 200);
}

void TstAuthorize::answer_holdsUntilItsTime()
{
    Guarded call(tokenAuthorizer({{"authorizerResultTtlInSeconds", 60}}));
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
    Guarded call(tokenAuthorizer());
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
    Guarded call(requestAuthorizer("method.request.header.A, method.request.header.B"));
    call.get("/books", {{"A", "1"}, {"B", "23"}});
    call.get("/books", {{"A", "12"}, {"B", "3"}});
    call.get("/books", {{"A", "1"}, {"B", "23"}});
    QCOMPARE(call.events.size(), std::size_t(2));
}

void TstAuthorize::answer_ofNoTimeIsNotKept()
{
    Guarded call(tokenAuthorizer({{"authorizerResultTtlInSeconds", 0}}));
    call.get("/books", bearing("abc"));
    call.get("/books", bearing("abc"));
    QCOMPARE(call.events.size(), std::size_t(2));
}

void TstAuthorize::flush_forgetsTheStage()
{
    Guarded call(tokenAuthorizer());
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
    Guarded call(tokenAuthorizer({{"authorizerResultTtlInSeconds", 0}}));
    call.gateway.expect("UpdateAuthorizer",
        {{"restApiId", call.api}, {"authorizerId", call.authorizerId},
            {"patchOperations",
                {{{"op", "replace"}, {"path", "/identitySource"},
                    {"value", "method.request.header.X-Key"}}}}});
    QCOMPARE(call.get("/books", {{"X-Key", "abc"}}).status, 401);
    call.gateway.deploy(call.api, "prod");
    QCOMPARE(call.get("/books", {{"X-Key", "abc"}}).status, 200);
}

void TstAuthorize::resourcePolicy_opensAndCloses_data()
{
    QTest::addColumn<QString>("statements");
    QTest::addColumn<QString>("expected");
    const QString why =
        "403 {\"Message\":\"User: anonymous is not authorized to perform: execute-api:Invoke on "
        "resource: arn:aws:execute-api:us-east-1:********0000:API/prod/GET/books ";
    const auto refused = why + "because no resource-based policy allows the execute-api:Invoke action\"}";
    const auto denied = why + "with an explicit deny in a resource-based policy\"}";
    const auto row = [](const char* name, const json& statements, const QString& expected) {
        QTest::newRow(name) << jsonText(statements) << expected;
    };
    row("open", {openTo("Allow", "execute-api:/*")}, "200 books");
    row("this path", {openTo("Allow", "execute-api:/prod/GET/books")}, "200 books");
    row("another path", {openTo("Allow", "execute-api:/prod/GET/magazines")}, refused);
    row("own address",
        {openTo("Allow", "execute-api:/*", {{"IpAddress", {{"aws:SourceIp", "127.0.0.0/8"}}}})}, "200 books");
    row("another address",
        {openTo("Allow", "execute-api:/*", {{"IpAddress", {{"aws:SourceIp", "10.0.0.0/8"}}}})}, refused);
    row("denied address",
        {openTo("Allow", "execute-api:/*"),
            openTo("Deny", "execute-api:/*", {{"NotIpAddress", {{"aws:SourceIp", {"10.0.0.0/8"}}}}})},
        denied);
    row("from a VPC alone",
        {openTo("Allow", "execute-api:/*"),
            openTo("Deny", "execute-api:/*", {{"StringNotEquals", {{"aws:SourceVpce", "vpce-1"}}}})},
        denied);
}

void TstAuthorize::resourcePolicy_opensAndCloses()
{
    QFETCH(QString, statements);
    QFETCH(QString, expected);
    Guarded call({}, resourcePolicy(json::parse(statements.toStdString())), {{"authorizationType", "NONE"}});
    QCOMPARE(shown(call.get("/books")), expected.replace("API", QString::fromStdString(call.api)));
}

void TstAuthorize::resourcePolicy_holdsWhenDeployed()
{
    Guarded call({}, {}, {{"authorizationType", "NONE"}});
    call.gateway.expect("UpdateRestApi",
        {{"restApiId", call.api},
            {"patchOperations",
                {{{"op", "replace"}, {"path", "/policy"},
                    {"value", resourcePolicy({openTo("Deny", "execute-api:/*")})["policy"]}}}}});
    QCOMPARE(call.get("/books").status, 200);
    call.gateway.deploy(call.api, "prod");
    QCOMPARE(call.get("/books").status, 403);
}

void TstAuthorize::resourcePolicy_goesBeforeTheAuthorizer()
{
    Guarded call(tokenAuthorizer(), resourcePolicy({openTo("Deny", "execute-api:/*")}));
    QCOMPARE(call.get("/books", bearing("abc")).status, 403);
    QVERIFY(call.events.empty());
}

void TstAuthorize::resourcePolicy_allowsWhatTheAuthorizerLeavesOpen()
{
    Guarded call(tokenAuthorizer(), resourcePolicy({openTo("Allow", "execute-api:/prod/GET/books")}));
    call.answer = [](const json&) {
        return functionAnswer(verdict("Allow", "arn:aws:execute-api:*:*:*/x/*").dump());
    };
    QCOMPARE(call.get("/books", bearing("abc")).status, 200);
    QCOMPARE(call.get("/books/1", bearing("abc")).status, 403);
}

void TstAuthorize::signature_identifiesTheCaller()
{
    Guarded call({}, {}, {{"authorizationType", "AWS_IAM"}});
    const auto response =
        call.gateway.send(signedRequest("/prod/books", call.api + ".execute-api.us-east-1.amazonaws.com"));
    QCOMPARE(shown(response), QStringLiteral("200 books"));
    const auto& identity = call.proxied["requestContext"]["identity"];
    QCOMPARE(jsonText(identity["accessKey"]), QStringLiteral("\"test\""));
    QCOMPARE(jsonText(identity["accountId"]), QStringLiteral("\"000000000000\""));
    QCOMPARE(jsonText(identity["userArn"]), QStringLiteral("\"arn:aws:iam::000000000000:root\""));
    QVERIFY(!call.proxied["requestContext"].contains("authorizer"));
}

void TstAuthorize::signature_isWanted()
{
    Guarded call({}, {}, {{"authorizationType", "AWS_IAM"}});
    const auto response = call.get("/books");
    QCOMPARE(shown(response), QStringLiteral("403 {\"message\":\"Missing Authentication Token\"}"));
    QCOMPARE(errorType(response), QByteArray("MissingAuthenticationTokenException"));
}

void TstAuthorize::signature_faults_data()
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

void TstAuthorize::signature_faults()
{
    QFETCH(QString, key);
    QFETCH(QString, secret);
    QFETCH(QString, region);
    QFETCH(QString, service);
    QFETCH(QString, begins);
    Guarded call({}, {}, {{"authorizationType", "AWS_IAM"}});
    const auto response =
        call.gateway.send(signedRequest("/prod/books", call.api + ".execute-api.us-east-1.amazonaws.com",
            key.toStdString(), secret.toStdString(), region.toStdString(), service.toStdString()));
    QCOMPARE(response.status, 403);
    QCOMPARE(QString::fromStdString(response.body).left(begins.size()), begins);
    QTEST(errorType(response), "type");
    const auto bearer = call.get("/books", bearing("Bearer abc"));
    QCOMPARE(errorType(bearer), QByteArray("IncompleteSignatureException"));
    QVERIFY(QString::fromStdString(bearer.body)
                .startsWith(
                    "{\"message\":\"Invalid key=value pair (missing equal-sign) in Authorization header"));
}

void TstAuthorize::signature_ofAnotherTime()
{
    Guarded call({}, {}, {{"authorizationType", "AWS_IAM"}});
    const auto ask = [&](Micros since) {
        return QString::fromStdString(
            call.gateway
                .send(signedRequest("/prod/books", call.api + ".execute-api.us-east-1.amazonaws.com", "test",
                    "test", "us-east-1", "execute-api", since))
                .body);
    };
    QVERIFY(ask(-3600 * kSecond).startsWith("{\"message\":\"Signature expired: 20"));
    QVERIFY(ask(3600 * kSecond).startsWith("{\"message\":\"Signature not yet current: 20"));
    QCOMPARE(ask(-60 * kSecond), QStringLiteral("books"));
}

void TstAuthorize::otherSchemes_areReadAsSignatures()
{
    Guarded call({}, {}, {{"authorizationType", "AWS_IAM"}});
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

void TstAuthorize::foreignAccount_needsTheResourcePolicy()
{
    const auto ask = [](Guarded& call) {
        return call.gateway.send(
            signedRequest("/prod/books", call.api + ".execute-api.us-east-1.amazonaws.com", "111111111111"));
    };
    Guarded closed({}, {}, {{"authorizationType", "AWS_IAM"}});
    const auto refused = ask(closed);
    QCOMPARE(refused.status, 403);
    QVERIFY(
        QString::fromStdString(refused.body)
            .startsWith("{\"Message\":\"User: arn:aws:iam::111111111111:root is not authorized to perform"));
    json leave{{"Effect", "Allow"}, {"Principal", {{"AWS", "111111111111"}}},
        {"Action", "execute-api:Invoke"}, {"Resource", "execute-api:/*"}};
    Guarded open({}, resourcePolicy({leave}), {{"authorizationType", "AWS_IAM"}});
    QCOMPARE(ask(open).status, 200);
    // The API's own account needs no leave, but an explicit denial holds for it too.
    QCOMPARE(
        open.gateway.send(signedRequest("/prod/books", open.api + ".execute-api.us-east-1.amazonaws.com"))
            .status,
        200);
}

void TstAuthorize::userPool_passesItsClaims()
{
    Guarded call(poolAuthorizer(), {}, poolMethod());
    serveKeys(call);
    const auto token = jwtData()["poolTokens"]["id"].get<std::string>();
    QCOMPARE(shown(call.get("/books", bearing(token))), QStringLiteral("200 books"));
    QCOMPARE(shown(call.get("/books", bearing("Bearer " + token))), QStringLiteral("200 books"));
    const auto& claims = call.proxied["requestContext"]["authorizer"]["claims"];
    QCOMPARE(jsonText(claims["sub"]), QStringLiteral("\"momo\""));
    QCOMPARE(jsonText(claims["cognito:groups"]), QStringLiteral("\"staff,readers\""));
    QCOMPARE(jsonText(claims["exp"]), QStringLiteral("\"Tue Nov 14 23:13:20 UTC 2023\""));
    QCOMPARE(QString::fromStdString(call.gateway.caller.last().what), QStringLiteral("lambda Invoke"));
}

void TstAuthorize::userPool_refuses_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("scopes");
    QTest::addColumn<QString>("expected");
    const QString no = "401 {\"message\":\"Unauthorized\"}";
    QTest::newRow("nothing") << ""
                             << "[]" << no;
    QTest::newRow("no token") << "abc"
                              << "[]" << no;
    QTest::newRow("expired") << "expired"
                             << "[]"
                             << "401 {\"message\":\"The incoming token has expired\"}";
    QTest::newRow("of another pool") << "foreign"
                                     << "[]" << no;
    QTest::newRow("access token without scopes") << "access"
                                                 << "[]" << no;
    QTest::newRow("identity token with scopes") << "id"
                                                << "[\"books.read\"]" << no;
    QTest::newRow("other scopes") << "access"
                                  << "[\"books.write\"]" << no;
    QTest::newRow("its scope") << "access"
                               << "[\"books.write\",\"books.read\"]"
                               << "200 books";
}

void TstAuthorize::userPool_refuses()
{
    QFETCH(QString, token);
    QFETCH(QString, scopes);
    Guarded call(poolAuthorizer(), {}, poolMethod(json::parse(scopes.toStdString())));
    serveKeys(call);
    const auto tokens = jwtData()["poolTokens"];
    QTEST(shown(call.get("/books", bearing(tokens.value(token.toStdString(), token.toStdString())))),
        "expected");
}

void TstAuthorize::userPool_thatCannotBeReached_isAFailure()
{
    Guarded call(poolAuthorizer(), {}, poolMethod());
    call.gateway.caller.onFetch = [](const auto&) -> Result<http::Response> {
        return fail(ErrorKind::Io, "Unreachable", "no network");
    };
    const auto response = call.get("/books", bearing(jwtData()["poolTokens"]["id"].get<std::string>()));
    QCOMPARE(shown(response), QStringLiteral("500 {\"message\":null}"));
    QCOMPARE(errorType(response), QByteArray("AuthorizerFailureException"));
}

void TstAuthorize::testOfAuthorizer_tellsTheLog()
{
    Guarded call(tokenAuthorizer());
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
    Guarded call(tokenAuthorizer());
    const auto answer = call.gateway.expect(
        "TestInvokeAuthorizer", {{"restApiId", call.api}, {"authorizerId", call.authorizerId}});
    QCOMPARE(jsonText(answer["clientStatus"]), QStringLiteral("401"));
    QVERIFY(QString::fromStdString(answer["log"]).contains("Unauthorized request: "));
    QVERIFY(call.events.empty());
}

void TstAuthorize::testOfUserPool_givesClaims()
{
    Guarded call(poolAuthorizer(), {}, poolMethod());
    serveKeys(call);
    json input{{"restApiId", call.api}, {"authorizerId", call.authorizerId}};
    QCOMPARE(
        jsonText(call.gateway.expect("TestInvokeAuthorizer", input)["clientStatus"]), QStringLiteral("401"));
    input["headers"] = {{"Authorization", jwtData()["poolTokens"]["id"]}};
    const auto answer = call.gateway.expect("TestInvokeAuthorizer", input);
    QCOMPARE(jsonText(answer["clientStatus"]), QStringLiteral("200"));
    QCOMPARE(jsonText(answer["claims"]["sub"]), QStringLiteral("\"momo\""));
}

CHAMBER_SUITE(TstAuthorize, "tst_authorize")
#include "tst_authorize.moc"
