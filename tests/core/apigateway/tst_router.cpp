#include "core/apigateway/router.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core::apigateway;

namespace {

Resources tree(const std::map<std::string, std::vector<std::string>>& paths)
{
    Resources resources;
    for (const auto& [path, methods] : paths) {
        Resource resource;
        resource.id = path;
        resource.path = path;
        for (const auto& method : methods)
            resource.methods[method].httpMethod = method;
        resources[path] = resource;
    }
    return resources;
}

QString shown(const std::optional<Router::Match>& match)
{
    if (!match)
        return QStringLiteral("none");
    auto text = QString::fromStdString(match->resourceId + " " + match->method);
    for (const auto& [name, value] : match->pathParameters)
        text += QString::fromStdString(" " + name + "=" + value);
    return text;
}

}

class TstRouter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void request_findsTheMostSpecificMethod_data();
    void request_findsTheMostSpecificMethod();
    void emptyApi_matchesNothing();
    void parameters_areReadFromATestPath();
};

void TstRouter::request_findsTheMostSpecificMethod_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expected");

    QTest::newRow("root") << "GET"
                          << "/"
                          << "/ GET";
    QTest::newRow("static") << "GET"
                            << "/books"
                            << "/books GET";
    QTest::newRow("trailing slash") << "GET"
                                    << "/books/"
                                    << "/books GET";
    QTest::newRow("doubled slash in front") << "GET"
                                            << "//books"
                                            << "/books GET";
    QTest::newRow("static before variable") << "GET"
                                            << "/books/new"
                                            << "/books/new GET";
    QTest::newRow("variable") << "GET"
                              << "/books/42"
                              << "/books/{id} GET id=42";
    QTest::newRow("own method before ANY") << "PUT"
                                           << "/books/42"
                                           << "/books/{id} ANY id=42";
    QTest::newRow("static without the method gives way to the variable") << "DELETE"
                                                                         << "/books/new"
                                                                         << "/books/{id} ANY id=new";
    QTest::newRow("values stay encoded") << "GET"
                                         << "/books/a%2Fb"
                                         << "/books/{id} GET id=a%2Fb";
    QTest::newRow("names are compared decoded") << "GET"
                                                << "/b%6Foks"
                                                << "/books GET";
    QTest::newRow("greedy takes the rest") << "GET"
                                           << "/files/a/b/c"
                                           << "/files/{proxy+} ANY proxy=a/b/c";
    QTest::newRow("greedy takes one") << "GET"
                                      << "/files/a"
                                      << "/files/{proxy+} ANY proxy=a";
    QTest::newRow("greedy loses the trailing slash") << "GET"
                                                     << "/files/a/b/"
                                                     << "/files/{proxy+} ANY proxy=a/b";
    QTest::newRow("greedy keeps doubled slashes") << "GET"
                                                  << "/files/a//b"
                                                  << "/files/{proxy+} ANY proxy=a//b";
    QTest::newRow("greedy needs something") << "GET"
                                            << "/files"
                                            << "none";
    QTest::newRow("a dead end below a name falls back to the variable above it")
        << "GET"
        << "/books/new/reviews"
        << "/books/{id}/reviews GET id=new";
    QTest::newRow("wrong method") << "PATCH"
                                  << "/books"
                                  << "none";
    QTest::newRow("unknown path") << "GET"
                                  << "/magazines"
                                  << "none";
    QTest::newRow("case matters") << "GET"
                                  << "/Books"
                                  << "none";
    QTest::newRow("too deep") << "GET"
                              << "/books/42/reviews/7"
                              << "none";
    QTest::newRow("empty segment is no variable") << "GET"
                                                  << "/books//reviews"
                                                  << "none";
}

void TstRouter::request_findsTheMostSpecificMethod()
{
    QFETCH(QString, method);
    QFETCH(QString, path);
    QFETCH(QString, expected);
    const Router router(
        tree({{"/", {"GET"}}, {"/books", {"GET"}}, {"/books/new", {"GET"}}, {"/books/{id}", {"GET", "ANY"}},
            {"/books/{id}/reviews", {"GET"}}, {"/files", {}}, {"/files/{proxy+}", {"ANY"}}}));
    QCOMPARE(shown(router.match(method.toStdString(), path.toStdString())), expected);
}

void TstRouter::emptyApi_matchesNothing()
{
    QCOMPARE(shown(Router(tree({{"/", {}}})).match("GET", "/")), QStringLiteral("none"));
    QCOMPARE(shown(Router({}).match("GET", "/")), QStringLiteral("none"));
}

void TstRouter::parameters_areReadFromATestPath()
{
    QCOMPARE(
        Router::parameters("/a/{x}/b/{y+}", "/a/1/b/2/3").value(), (StringMap{{"x", "1"}, {"y", "2/3"}}));
    QVERIFY(!Router::parameters("/a/{x}", "/b/1"));
    QVERIFY(!Router::parameters("/a/{x}", "/a"));
    QVERIFY(Router::parameters("/", "/").value().empty());
}

CHAMBER_SUITE(TstRouter, "tst_router")
#include "tst_router.moc"
