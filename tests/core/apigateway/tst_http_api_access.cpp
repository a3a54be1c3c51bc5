#include "core/aws/sigv4.h"
#include "core/base/hash.h"
#include "core/base/time_format.h"
#include "tests/core/apigateway/conditional_verdicts.h"
#include "tests/core/apigateway/http_api_fixture.h"
#include "tests/core/apigateway/jwt_data.h"
#include "tests/support/suites.h"

#include <QTest>

#include <filesystem>
#include <fstream>

using nlohmann::json;
using namespace core;

// Who may call the routes of HTTP APIs: JWT, Lambda authorizers and signatures.
class TstHttpApiAccess : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void token_passesItsClaims();
    void token_isRefused_data();
    void token_isRefused();
    void token_needsAScope();
    void keys_areFetchedOnce();
    void issuer_thatDoesNotAnswer_closes();
    void simpleAnswer_decides();
    void policy_isHeldAgainstTheRoute();
    void conditions_decide_data();
    void conditions_decide();
    void authorizerEvents_areAws();
    void answers_areKeptByIdentity();
    void cacheReset_asksAgain();
    void missingIdentity_isUnauthorized();
    void brokenAuthorizer_isInternal();
    void signature_identifiesTheCaller();
    void signature_isWanted();
};

namespace {

// An API with one route "GET /a/{id}" behind an authorizer; functions named
// "guard" are the authorizer.
struct Guarded {
    explicit Guarded(json authorizer, json route = json::object())
    {
        gateway.makeApi();
        authorizer["apiId"] = "books";
        authorizer["name"] = "guard";
        const auto id = gateway.expect("CreateAuthorizer", authorizer).at("authorizerId");
        route["authorizerId"] = id;
        route["authorizationType"] = authorizer["authorizerType"] == "JWT" ? "JWT" : "CUSTOM";
        gateway.addRoute("GET /a/{id}", functionIntegration(), route);
        gateway.caller.onCall = [this](const FakeCaller::Asked& asked) -> Result<aws::Reply> {
            const bool isGuard = asked.input.at("FunctionName").get<std::string>().ends_with(":guard");
            guardAsked += isGuard ? 1 : 0;
            if (isGuard) {
                guardEvent = json::parse(asked.payload);
                return verdict;
            }
            event = json::parse(asked.payload);
            return functionAnswer("{}");
        };
    }

    http::Response get(const std::string& authorization = "secret")
    {
        return gateway.get("/a/7?q=1", {{"Authorization", authorization}});
    }

    HttpApiFixture gateway;
    Result<aws::Reply> verdict = functionAnswer(R"({"isAuthorized":true})");
    int guardAsked = 0;
    int fetches = 0;
    json guardEvent;
    json event; // of the integration
};

json functionAuthorizer(json extra = json::object())
{
    json authorizer{{"authorizerType", "REQUEST"}, {"identitySource", {"$request.header.Authorization"}},
        {"authorizerPayloadFormatVersion", "2.0"}, {"enableSimpleResponses", true},
        {"authorizerUri",
            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
            "arn:aws:lambda:us-east-1:000000000000:function:guard/invocations"}};
    authorizer.update(extra);
    return authorizer;
}

json tokenAuthorizer()
{
    return {{"authorizerType", "JWT"}, {"identitySource", {"$request.header.Authorization"}},
        {"jwtConfiguration", {{"issuer", jwtData()["issuer"]}, {"audience", {jwtData()["audience"]}}}}};
}

// The issuer's two documents.
void serveKeys(Guarded& call)
{
    call.gateway.caller.onFetch = [&call](const FakeCaller::Asked& asked) -> Result<http::Response> {
        ++call.fetches;
        http::Response answer;
        const std::string issuer = jwtData()["issuer"];
        if (asked.what == issuer + "/.well-known/openid-configuration")
            answer.body = json{{"issuer", issuer}, {"jwks_uri", issuer + "/keys"}}.dump();
        else if (asked.what == issuer + "/keys")
            answer.body = jwtData()["jwks"].dump();
        else
            answer.status = 404;
        return answer;
    };
}

std::string policy(const std::string& effect, const std::string& resource)
{
    return json{{"principalId", "momo"},
        {"policyDocument",
            {{"Version", "2012-10-17"},
                {"Statement",
                    {{{"Effect", effect}, {"Action", "execute-api:Invoke"}, {"Resource", resource}}}}}},
        {"context", {{"shelf", 7}}}}
        .dump();
}

http::Request signedRequest(const std::string& secret = "test", const std::string& service = "execute-api")
{
    http::Request request;
    request.target = "/a/7";
    request.headers.add("Host", "books.execute-api.us-east-1.amazonaws.com");
    aws::Signature signature;
    signature.form = aws::Signature::Form::Header;
    signature.accessKeyId = "test";
    signature.amzDate = amzDate(realMicros());
    signature.date = signature.amzDate.substr(0, 8);
    signature.region = "us-east-1";
    signature.service = service;
    signature.signedHeaders = "host;x-amz-date";
    request.headers.add("X-Amz-Date", signature.amzDate);
    const auto text = aws::stringToSign(
        signature, signature.amzDate, aws::canonicalRequest(request, signature, hex(sha256(""))));
    request.headers.add("Authorization",
        "AWS4-HMAC-SHA256 Credential=test/" + signature.date + "/us-east-1/" + service
            + "/aws4_request, SignedHeaders=host;x-amz-date, Signature="
            + aws::signatureOf(signature, secret, text));
    return request;
}

std::string challenge(const http::Response& response)
{
    return std::string(response.headers.get("www-authenticate"));
}

} // namespace

void TstHttpApiAccess::token_passesItsClaims()
{
    Guarded call(tokenAuthorizer());
    serveKeys(call);
    QCOMPARE(call.get("Bearer " + jwtToken("valid")).status, 200);
    const auto& jwt = call.event["requestContext"]["authorizer"]["jwt"];
    QCOMPARE(jsonText(jwt["claims"]["sub"]), QStringLiteral("\"momo\""));
    QCOMPARE(jsonText(jwt["claims"]["age"]), QStringLiteral("\"30\""));
    QCOMPARE(jsonText(jwt["scopes"]), QStringLiteral(R"(["books.read","books.write"])"));
    // The bare token is taken too.
    QCOMPARE(call.get(jwtToken("valid")).status, 200);
}

void TstHttpApiAccess::token_isRefused_data()
{
    QTest::addColumn<QString>("given");
    QTest::addColumn<QString>("description");
    QTest::newRow("expired") << QString::fromStdString(jwtToken("expires this second"))
                             << "the token has expired";
    QTest::newRow("audience") << QString::fromStdString(jwtToken("another audience"))
                              << "the token does not have a valid audience";
    QTest::newRow("issuer") << QString::fromStdString(jwtToken("another issuer"))
                            << "the token does not have a valid issuer";
    QTest::newRow("signature") << QString::fromStdString(jwtToken("changed claims"))
                               << "signature is invalid";
    QTest::newRow("none") << "abc"
                          << "token contains an invalid number of segments";
}

void TstHttpApiAccess::token_isRefused()
{
    QFETCH(QString, given);
    QFETCH(QString, description);
    Guarded call(tokenAuthorizer());
    serveKeys(call);
    const auto response = call.get("Bearer " + given.toStdString());
    QCOMPARE(response.status, 401);
    QCOMPARE(messageOf(response), QStringLiteral(R"({"message":"Unauthorized"})"));
    QCOMPARE(QString::fromStdString(challenge(response)),
        "Bearer scope=\"\" error=\"invalid_token\" error_description=\"" + description + "\"");
    QVERIFY(call.event.is_null());
}

void TstHttpApiAccess::token_needsAScope()
{
    Guarded one(tokenAuthorizer(), {{"authorizationScopes", {"books.read", "all"}}});
    serveKeys(one);
    QCOMPARE(one.get(jwtToken("valid")).status, 200);
    Guarded none(tokenAuthorizer(), {{"authorizationScopes", {"books.burn"}}});
    serveKeys(none);
    const auto response = none.get(jwtToken("valid"));
    QCOMPARE(response.status, 403);
    QCOMPARE(messageOf(response), QStringLiteral(R"({"message":"Forbidden"})"));
    QVERIFY(challenge(response).starts_with("Bearer scope=\"books.burn\" error=\"insufficient_scope\""));
}

void TstHttpApiAccess::keys_areFetchedOnce()
{
    Guarded call(tokenAuthorizer());
    serveKeys(call);
    call.get(jwtToken("valid"));
    call.get(jwtToken("valid"));
    QCOMPARE(call.fetches, 2); // discovery and keys
    call.gateway.clock.advance(3'601 * kSecond);
    call.get(jwtToken("valid"));
    QCOMPARE(call.fetches, 4);
}

void TstHttpApiAccess::issuer_thatDoesNotAnswer_closes()
{
    Guarded call(tokenAuthorizer());
    call.gateway.caller.onFetch = [](const auto&) -> Result<http::Response> {
        return fail(ErrorKind::Io, "ConnectFailed", "refused");
    };
    const auto response = call.get(jwtToken("valid"));
    QCOMPARE(response.status, 401);
    QVERIFY(challenge(response).find("OIDC discovery endpoint communication error") != std::string::npos);
}

void TstHttpApiAccess::simpleAnswer_decides()
{
    Guarded call(functionAuthorizer());
    call.verdict = functionAnswer(R"({"isAuthorized":true,"context":{"n":1,"list":[1,2],"name":"momo"}})");
    QCOMPARE(call.get().status, 200);
    QCOMPARE(jsonText(call.event["requestContext"]["authorizer"]),
        QStringLiteral(R"({"lambda":{"list":[1,2],"n":1,"name":"momo"}})"));
    call.verdict = functionAnswer(R"({"isAuthorized":false})");
    const auto response = call.get("other");
    QCOMPARE(response.status, 403);
    QCOMPARE(messageOf(response), QStringLiteral(R"({"message":"Forbidden"})"));
}

void TstHttpApiAccess::policy_isHeldAgainstTheRoute()
{
    Guarded call(functionAuthorizer({{"enableSimpleResponses", false}}));
    call.verdict =
        functionAnswer(policy("Allow", "arn:aws:execute-api:us-east-1:000000000000:books/$default/GET/a/*"));
    QCOMPARE(call.get().status, 200);
    QCOMPARE(
        jsonText(call.event["requestContext"]["authorizer"]["lambda"]), QStringLiteral(R"({"shelf":7})"));
    call.verdict =
        functionAnswer(policy("Allow", "arn:aws:execute-api:us-east-1:000000000000:books/$default/GET/b"));
    QCOMPARE(call.get("other").status, 403);
    call.verdict = functionAnswer(policy("Deny", "*"));
    QCOMPARE(call.get("third").status, 403);
}

void TstHttpApiAccess::conditions_decide_data()
{
    addConditionRows();
}

void TstHttpApiAccess::conditions_decide()
{
    QFETCH(const QByteArray, statements);
    QFETCH(const bool, allowed);
    Guarded call(functionAuthorizer({{"enableSimpleResponses", false}}));
    call.verdict = functionAnswer(conditionalVerdict(statements).dump());
    const auto response = call.gateway.get("/a/7", {{"Authorization", "x"}, {"User-Agent", "robot/1"}});
    QCOMPARE(response.status, allowed ? 200 : 403);
}

void TstHttpApiAccess::authorizerEvents_areAws()
{
    Guarded two(functionAuthorizer());
    two.get("secret");
    const auto& event = two.guardEvent;
    QCOMPARE(jsonText(event["version"]), QStringLiteral("\"2.0\""));
    QCOMPARE(jsonText(event["type"]), QStringLiteral("\"REQUEST\""));
    QCOMPARE(jsonText(event["routeArn"]),
        QStringLiteral("\"arn:aws:execute-api:us-east-1:000000000000:books/"
                       "$default/GET/a/7\""));
    QCOMPARE(jsonText(event["identitySource"]), QStringLiteral(R"(["secret"])"));
    QCOMPARE(jsonText(event["queryStringParameters"]), QStringLiteral(R"({"q":"1"})"));
    QCOMPARE(jsonText(event["headers"]["authorization"]), QStringLiteral("\"secret\""));
    QVERIFY(!event.contains("body"));
    Guarded one(
        functionAuthorizer({{"authorizerPayloadFormatVersion", "1.0"}, {"enableSimpleResponses", false}}));
    one.verdict = functionAnswer(policy("Allow", "*"));
    QCOMPARE(one.get("secret").status, 200);
    QCOMPARE(jsonText(one.guardEvent["methodArn"]), jsonText(event["routeArn"]));
    QCOMPARE(jsonText(one.guardEvent["authorizationToken"]), QStringLiteral("\"secret\""));
    QCOMPARE(jsonText(one.guardEvent["identitySource"]), QStringLiteral("\"secret\""));
}

void TstHttpApiAccess::answers_areKeptByIdentity()
{
    Guarded call(functionAuthorizer({{"authorizerResultTtlInSeconds", 60}}));
    call.get("a");
    call.get("a");
    QCOMPARE(call.guardAsked, 1);
    call.get("b");
    QCOMPARE(call.guardAsked, 2);
    call.gateway.clock.advance(61 * kSecond);
    call.get("a");
    QCOMPARE(call.guardAsked, 3);
    Guarded uncached(functionAuthorizer({{"authorizerResultTtlInSeconds", 0}}));
    uncached.get("a");
    uncached.get("a");
    QCOMPARE(uncached.guardAsked, 2);
}

void TstHttpApiAccess::cacheReset_asksAgain()
{
    Guarded call(functionAuthorizer());
    call.get();
    call.gateway.expect("ResetAuthorizersCache", {{"apiId", "books"}, {"stageName", "$default"}});
    call.get();
    QCOMPARE(call.guardAsked, 2);
}

void TstHttpApiAccess::missingIdentity_isUnauthorized()
{
    Guarded call(functionAuthorizer());
    const auto response = call.gateway.get("/a/7");
    QCOMPARE(response.status, 401);
    QCOMPARE(messageOf(response), QStringLiteral(R"({"message":"Unauthorized"})"));
    QCOMPARE(call.guardAsked, 0);
    Guarded jwt(tokenAuthorizer());
    QCOMPARE(challenge(jwt.gateway.get("/a/7")), std::string("Bearer"));
}

void TstHttpApiAccess::brokenAuthorizer_isInternal()
{
    Guarded call(functionAuthorizer());
    call.verdict = functionAnswer("{}");
    QCOMPARE(call.get("a").status, 500);
    call.verdict = functionAnswer(R"({"errorMessage":"boom"})", "Unhandled");
    const auto response = call.get("b");
    QCOMPARE(response.status, 500);
    QCOMPARE(messageOf(response), QStringLiteral(R"({"message":"Internal Server Error"})"));
    call.verdict =
        functionAnswer(R"({"errorMessage": "Unauthorized", "errorType": "Exception"})", "Unhandled");
    QCOMPARE(call.get("b").status, 401);
    // What failed is not kept.
    call.verdict = functionAnswer(R"({"isAuthorized":true})");
    QCOMPARE(call.get("b").status, 200);
}

void TstHttpApiAccess::signature_identifiesTheCaller()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("GET /a/{id}", functionIntegration(), {{"authorizationType", "AWS_IAM"}});
    QCOMPARE(fixture.send(signedRequest()).status, 200);
    const auto event = json::parse(fixture.caller.last().payload);
    const auto& iam = event["requestContext"]["authorizer"]["iam"];
    QCOMPARE(jsonText(iam["accessKey"]), QStringLiteral("\"test\""));
    QCOMPARE(jsonText(iam["userArn"]), QStringLiteral("\"arn:aws:iam::000000000000:root\""));
}

void TstHttpApiAccess::signature_isWanted()
{
    HttpApiFixture fixture;
    fixture.makeApi();
    fixture.addRoute("GET /a/{id}", functionIntegration(), {{"authorizationType", "AWS_IAM"}});
    for (const auto& response : {fixture.get("/a/7"), fixture.send(signedRequest("wrong")),
             fixture.send(signedRequest("test", "lambda")),
             fixture.get("/a/7", {{"Authorization", "Bearer x"}})}) {
        QCOMPARE(response.status, 403);
        QCOMPARE(messageOf(response), QStringLiteral(R"({"message":"Forbidden"})"));
    }
    QCOMPARE(fixture.caller.count(), 0);
}

CHAMBER_SUITE(TstHttpApiAccess, "tst_http_api_access")
#include "tst_http_api_access.moc"
