#include "core/aws/uri_router.h"
#include "tests/support/suites.h"

#include <QTest>

#include <array>

using namespace core::aws;

namespace {

constexpr std::array kActions{
    ActionInfo{.name = "ListBuckets", .method = "GET", .uri = "/"},
    ActionInfo{.name = "ListObjects", .method = "GET", .uri = "/{Bucket}"},
    ActionInfo{.name = "ListObjectsV2", .method = "GET", .uri = "/{Bucket}?list-type=2"},
    ActionInfo{.name = "GetBucketLocation", .method = "GET", .uri = "/{Bucket}?location"},
    ActionInfo{.name = "GetObject", .method = "GET", .uri = "/{Bucket}/{Key+}"},
    ActionInfo{.name = "PutObject", .method = "PUT", .uri = "/{Bucket}/{Key+}"},
    ActionInfo{
        .name = "CopyObject", .method = "PUT", .uri = "/{Bucket}/{Key+}", .header = "x-amz-copy-source"},
    ActionInfo{.name = "UploadPart", .method = "PUT", .uri = "/{Bucket}/{Key+}?partNumber&uploadId"},
    ActionInfo{.name = "GetFunction", .method = "GET", .uri = "/2015-03-31/functions/{FunctionName}"},
    ActionInfo{.name = "GetSettings", .method = "GET", .uri = "/2015-03-31/functions/settings"},
    ActionInfo{.name = "GetPolicy", .method = "GET", .uri = "/2015-03-31/functions/{FunctionName}/policy"},
    ActionInfo{.name = "GetTail", .method = "GET", .uri = "/deep/{Path+}/tail"},
};

}

class TstUriRouter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void requests_reachTheirAction_data();
    void requests_reachTheirAction();
    void parameters_areDecoded();
    void header_choosesBetweenSiblings();
    void firstSegments_areKnown();

private:
    std::string route(const std::string& method, const std::string& target) const;
    UriRouter m_router;
};

void TstUriRouter::initTestCase()
{
    for (std::size_t i = 0; i < kActions.size(); ++i)
        m_router.add(kActions[i], i);
}

std::string TstUriRouter::route(const std::string& method, const std::string& target) const
{
    core::http::Request head;
    head.method = method;
    head.target = target;
    const auto match = m_router.match(head);
    if (!match)
        return "none";
    std::string text(kActions[match->action].name);
    for (const auto& [name, value] : match->parameters)
        text += ' ' + std::string(name) + '=' + value;
    return text;
}

void TstUriRouter::requests_reachTheirAction_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("expected");
    QTest::newRow("root") << "GET"
                          << "/"
                          << "ListBuckets";
    QTest::newRow("bucket") << "GET"
                            << "/b"
                            << "ListObjects Bucket=b";
    QTest::newRow("bucket with slash") << "GET"
                                       << "/b/"
                                       << "ListObjects Bucket=b";
    QTest::newRow("fixed query with value") << "GET"
                                            << "/b?list-type=2&prefix=x"
                                            << "ListObjectsV2 Bucket=b";
    QTest::newRow("fixed query, other value") << "GET"
                                              << "/b?list-type=1"
                                              << "ListObjects Bucket=b";
    QTest::newRow("fixed query without value") << "GET"
                                               << "/b?location"
                                               << "GetBucketLocation Bucket=b";
    QTest::newRow("fixed query, empty value") << "GET"
                                              << "/b?location="
                                              << "GetBucketLocation Bucket=b";
    QTest::newRow("greedy") << "GET"
                            << "/b/a/b/c.txt"
                            << "GetObject Bucket=b Key=a/b/c.txt";
    QTest::newRow("greedy keeps slashes") << "GET"
                                          << "/b/a//c/"
                                          << "GetObject Bucket=b Key=a//c/";
    QTest::newRow("greedy begins with slash") << "GET"
                                              << "/b//c"
                                              << "GetObject Bucket=b Key=/c";
    QTest::newRow("more fixed queries win") << "PUT"
                                            << "/b/k?uploadId=1&partNumber=2"
                                            << "UploadPart Bucket=b Key=k";
    QTest::newRow("only one of two fixed queries") << "PUT"
                                                   << "/b/k?uploadId=1"
                                                   << "PutObject Bucket=b Key=k";
    QTest::newRow("literal before parameter") << "GET"
                                              << "/2015-03-31/functions/settings"
                                              << "GetSettings";
    QTest::newRow("parameter") << "GET"
                               << "/2015-03-31/functions/f"
                               << "GetFunction FunctionName=f";
    QTest::newRow("deeper literal") << "GET"
                                    << "/2015-03-31/functions/f/policy"
                                    << "GetPolicy FunctionName=f";
    QTest::newRow("literal before greedy of another") << "GET"
                                                      << "/2015-03-31/functions/f/x"
                                                      << "GetObject Bucket=2015-03-31 Key=functions/f/x";
    QTest::newRow("after greedy") << "GET"
                                  << "/deep/a/b/tail"
                                  << "GetTail Path=a/b";
    QTest::newRow("method") << "DELETE"
                            << "/b"
                            << "none";
    QTest::newRow("empty bucket") << "GET"
                                  << "//k"
                                  << "none";
}

void TstUriRouter::requests_reachTheirAction()
{
    QFETCH(QString, method);
    QFETCH(QString, target);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(route(method.toStdString(), target.toStdString())), expected);
}

void TstUriRouter::parameters_areDecoded()
{
    QCOMPARE(route("GET", "/b/a%2Fb%20c+d%C3%A9"), std::string("GetObject Bucket=b Key=a/b c+dé"));
    QCOMPARE(route("GET", "/2015-03-31/functions/arn%3Aaws%3Alambda"),
        std::string("GetFunction FunctionName=arn:aws:lambda"));
}

void TstUriRouter::header_choosesBetweenSiblings()
{
    core::http::Request head;
    head.method = "PUT";
    head.target = "/b/k";
    QCOMPARE(kActions[m_router.match(head)->action].name, std::string_view("PutObject"));
    head.headers.add("X-Amz-Copy-Source", "/b/other");
    QCOMPARE(kActions[m_router.match(head)->action].name, std::string_view("CopyObject"));
}

void TstUriRouter::firstSegments_areKnown()
{
    QVERIFY(m_router.knowsFirstSegment("2015-03-31"));
    QVERIFY(!m_router.knowsFirstSegment("b"));
}

CHAMBER_SUITE(TstUriRouter, "tst_uri_router")
#include "tst_uri_router.moc"
