#include "tests/core/apigateway/guarded_api.h"
#include "tests/core/apigateway/jwt_data.h"
#include "tests/support/suites.h"

#include <QTest>

using nlohmann::json;
using namespace core;

namespace {

json poolAuthorizer()
{
    return {{"type", "COGNITO_USER_POOLS"}, {"identitySource", "method.request.header.Authorization"},
        {"providerARNs", {"arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_Books"}}};
}

json poolMethod(json scopes = json::array())
{
    return {{"authorizationType", "COGNITO_USER_POOLS"}, {"authorizationScopes", std::move(scopes)}};
}

void serveKeys(GuardedApi& call)
{
    call.gateway.caller.onFetch = [keys = jwtData()["jwks"].dump()](const auto&) -> Result<http::Response> {
        http::Response response;
        response.body = keys;
        return response;
    };
}

}

// Methods behind a Cognito user pool.
class TstUserPools : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void userPool_passesItsClaims();
    void claims_reachTemplatesAndMappings();
    void userPool_refuses_data();
    void userPool_refuses();
    void userPool_thatCannotBeReached_isAFailure();
    void testOfUserPool_givesClaims();
};

void TstUserPools::userPool_passesItsClaims()
{
    GuardedApi call(poolAuthorizer(), {}, poolMethod());
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

void TstUserPools::claims_reachTemplatesAndMappings()
{
    GuardedApi call(poolAuthorizer(), {}, poolMethod());
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

void TstUserPools::userPool_refuses_data()
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

void TstUserPools::userPool_refuses()
{
    QFETCH(QString, token);
    QFETCH(QString, scopes);
    GuardedApi call(poolAuthorizer(), {}, poolMethod(json::parse(scopes.toStdString())));
    serveKeys(call);
    const auto tokens = jwtData()["poolTokens"];
    QTEST(shown(call.get("/books", bearing(tokens.value(token.toStdString(), token.toStdString())))),
        "expected");
}

void TstUserPools::userPool_thatCannotBeReached_isAFailure()
{
    GuardedApi call(poolAuthorizer(), {}, poolMethod());
    call.gateway.caller.onFetch = [](const auto&) -> Result<http::Response> {
        return fail(ErrorKind::Io, "Unreachable", "no network");
    };
    const auto response = call.get("/books", bearing(jwtData()["poolTokens"]["id"].get<std::string>()));
    QCOMPARE(shown(response), QStringLiteral("500 {\"message\":null}"));
    QCOMPARE(errorType(response), QByteArray("AuthorizerFailureException"));
}

void TstUserPools::testOfUserPool_givesClaims()
{
    GuardedApi call(poolAuthorizer(), {}, poolMethod());
    serveKeys(call);
    json input{{"restApiId", call.api}, {"authorizerId", call.authorizerId}};
    QCOMPARE(
        jsonText(call.gateway.expect("TestInvokeAuthorizer", input)["clientStatus"]), QStringLiteral("401"));
    input["headers"] = {{"Authorization", jwtData()["poolTokens"]["id"]}};
    const auto answer = call.gateway.expect("TestInvokeAuthorizer", input);
    QCOMPARE(jsonText(answer["clientStatus"]), QStringLiteral("200"));
    QCOMPARE(jsonText(answer["claims"]["sub"]), QStringLiteral("\"momo\""));
}

CHAMBER_SUITE(TstUserPools, "tst_user_pools")
#include "tst_user_pools.moc"
