#include "tests/core/apigateway/guarded_api.h"
#include "tests/support/suites.h"

#include <QTest>

using nlohmann::json;
using namespace core;

namespace {

json openTo(const std::string& effect, const json& resource, const json& condition = json())
{
    json statement{
        {"Effect", effect}, {"Principal", "*"}, {"Action", "execute-api:Invoke"}, {"Resource", resource}};
    if (!condition.is_null())
        statement["Condition"] = condition;
    return statement;
}

}

// An API's own policy, alone and beside an authorizer.
class TstResourcePolicy : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void resourcePolicy_opensAndCloses_data();
    void resourcePolicy_opensAndCloses();
    void resourcePolicy_holdsWhenDeployed();
    void resourcePolicy_goesBeforeTheAuthorizer();
    void resourcePolicy_allowsWhatTheAuthorizerLeavesOpen();
};

void TstResourcePolicy::resourcePolicy_opensAndCloses_data()
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

void TstResourcePolicy::resourcePolicy_opensAndCloses()
{
    QFETCH(QString, statements);
    QFETCH(QString, expected);
    GuardedApi call(
        {}, resourcePolicy(json::parse(statements.toStdString())), {{"authorizationType", "NONE"}});
    QCOMPARE(shown(call.get("/books")), expected.replace("API", QString::fromStdString(call.api)));
}

void TstResourcePolicy::resourcePolicy_holdsWhenDeployed()
{
    GuardedApi call({}, {}, {{"authorizationType", "NONE"}});
    call.gateway.expect("UpdateRestApi",
        {{"restApiId", call.api},
            {"patchOperations",
                {{{"op", "replace"}, {"path", "/policy"},
                    {"value", resourcePolicy({openTo("Deny", "execute-api:/*")})["policy"]}}}}});
    QCOMPARE(call.get("/books").status, 200);
    call.gateway.deploy(call.api, "prod");
    QCOMPARE(call.get("/books").status, 403);
}

void TstResourcePolicy::resourcePolicy_goesBeforeTheAuthorizer()
{
    GuardedApi call(tokenAuthorizer(), resourcePolicy({openTo("Deny", "execute-api:/*")}));
    QCOMPARE(call.get("/books", bearing("abc")).status, 403);
    QVERIFY(call.events.empty());
}

void TstResourcePolicy::resourcePolicy_allowsWhatTheAuthorizerLeavesOpen()
{
    GuardedApi call(tokenAuthorizer(), resourcePolicy({openTo("Allow", "execute-api:/prod/GET/books")}));
    call.answer = [](const json&) {
        return functionAnswer(verdict("Allow", "arn:aws:execute-api:*:*:*/x/*").dump());
    };
    QCOMPARE(call.get("/books", bearing("abc")).status, 200);
    QCOMPARE(call.get("/books/1", bearing("abc")).status, 403);
}

CHAMBER_SUITE(TstResourcePolicy, "tst_resource_policy")
#include "tst_resource_policy.moc"
