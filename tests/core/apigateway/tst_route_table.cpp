#include "core/apigateway/v2/route_table.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core::apigateway::v2;

// The precedence of HTTP APIs' routes, with the examples of AWS's developer guide.
class TstRouteTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void precedence_isAws_data();
    void precedence_isAws();
    void variables_areDecoded();
    void fullMatch_goesBeforeGreedy();
    void ownMethod_goesBeforeAny();
    void greedy_wantsSomething();
    void trailingSlash_counts();
    void keys_thatAreNone_data();
    void keys_thatAreNone();
};

namespace {

RouteTable tableOf(const std::vector<std::string>& keys)
{
    std::map<std::string, Route> routes;
    for (const auto& key : keys)
        routes[key].routeKey = key;
    return RouteTable(routes);
}

std::string matched(const RouteTable& table, std::string_view method, std::string_view path)
{
    const auto found = table.match(method, path);
    return found ? found->routeId : "none";
}

}

void TstRouteTable::precedence_isAws_data()
{
    QTest::addColumn<std::string>("method");
    QTest::addColumn<std::string>("path");
    QTest::addColumn<std::string>("route");
    const auto row = [](const char* method, const char* path, const char* route) {
        QTest::addRow("%s %s", method, path)
            << std::string(method) << std::string(path) << std::string(route);
    };
    row("GET", "/pets/dog/1", "GET /pets/dog/1");
    row("GET", "/pets/dog/2", "GET /pets/dog/{id}");
    row("GET", "/pets/cat/1", "GET /pets/{proxy+}");
    row("POST", "/test/5", "ANY /{proxy+}");
    row("POST", "/pets/dog/1", "ANY /{proxy+}");
    row("GET", "/", "$default");
}

void TstRouteTable::precedence_isAws()
{
    QFETCH(std::string, method);
    QFETCH(std::string, path);
    QFETCH(std::string, route);
    const auto table =
        tableOf({"GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}", "ANY /{proxy+}", "$default"});
    QCOMPARE(matched(table, method, path), route);
}

void TstRouteTable::variables_areDecoded()
{
    const auto table = tableOf({"GET /books/{id}/pages/{rest+}"});
    const auto found = table.match("GET", "/books/a%20b/pages/1/2%2F3");
    QVERIFY(found.has_value());
    QCOMPARE(found->pathParameters.at("id"), std::string("a b"));
    QCOMPARE(found->pathParameters.at("rest"), std::string("1/2/3"));
}

void TstRouteTable::fullMatch_goesBeforeGreedy()
{
    const auto table = tableOf({"GET /a/{x+}", "GET /{v}/b"});
    QCOMPARE(matched(table, "GET", "/a/b"), std::string("GET /{v}/b"));
    QCOMPARE(matched(table, "GET", "/a/c"), std::string("GET /a/{x+}"));
    const auto nested = tableOf({"ANY /{all+}", "ANY /a/{all+}", "ANY /a/b/{all+}"});
    QCOMPARE(matched(nested, "GET", "/a/b/c/d"), std::string("ANY /a/b/{all+}"));
    QCOMPARE(matched(nested, "GET", "/a/x/c/d"), std::string("ANY /a/{all+}"));
}

void TstRouteTable::ownMethod_goesBeforeAny()
{
    const auto table = tableOf({"ANY /a", "GET /a"});
    QCOMPARE(matched(table, "GET", "/a"), std::string("GET /a"));
    QCOMPARE(matched(table, "PUT", "/a"), std::string("ANY /a"));
}

void TstRouteTable::greedy_wantsSomething()
{
    const auto table = tableOf({"GET /a/{x+}"});
    QCOMPARE(matched(table, "GET", "/a"), std::string("none"));
    QCOMPARE(matched(table, "GET", "/a/"), std::string("none"));
}

void TstRouteTable::trailingSlash_counts()
{
    const auto table = tableOf({"GET /a"});
    QCOMPARE(matched(table, "GET", "/a"), std::string("GET /a"));
    QCOMPARE(matched(table, "GET", "/a/"), std::string("none"));
    QCOMPARE(matched(tableOf({"GET /"}), "GET", "/"), std::string("GET /"));
}

void TstRouteTable::keys_thatAreNone_data()
{
    QTest::addColumn<std::string>("key");
    for (const char* key : {"", "GET", "GET/a", "get /a", "GET a", "GET /a/{b", "GET /a/{}", "GET /{a+}/b",
             "GET /a{b}", "$connect", "GET /a?b"})
        QTest::addRow("'%s'", key) << std::string(key);
}

void TstRouteTable::keys_thatAreNone()
{
    QFETCH(std::string, key);
    QVERIFY(!RouteKey::parse(key));
}

CHAMBER_SUITE(TstRouteTable, "tst_route_table")
#include "tst_route_table.moc"
