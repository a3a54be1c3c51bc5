#include "core/apigateway/addresses.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace core;

class TstAddresses : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void address_namesApiStageAndPath_data();
    void address_namesApiStageAndPath();
    void otherRequests_areNotClaimed_data();
    void otherRequests_areNotClaimed();
};

void TstAddresses::address_namesApiStageAndPath_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("expected"); // api region stage path

    QTest::newRow("host") << "abc123.execute-api.localhost:4566"
                          << "/prod/books/1?x=y"
                          << "abc123 - prod /books/1";
    QTest::newRow("host, upper case") << "ABC123.Execute-Api.LOCALHOST"
                                      << "/prod"
                                      << "abc123 - prod /";
    QTest::newRow("host with region") << "abc.execute-api.eu-west-1.localhost:4566"
                                      << "/p/"
                                      << "abc eu-west-1 p /";
    QTest::newRow("amazon host") << "abc.execute-api.eu-west-1.amazonaws.com"
                                 << "/p/a%20b"
                                 << "abc eu-west-1 p /a%20b";
    QTest::newRow("slash before the stage") << "abc.execute-api.localhost"
                                            << "//p//a"
                                            << "abc - p //a";
    QTest::newRow("no stage") << "abc.execute-api.localhost"
                              << "/"
                              << "abc -  /";
    QTest::newRow("user request") << "127.0.0.1:4566"
                                  << "/restapis/abc/prod/_user_request_/a/b?c"
                                  << "abc - prod /a/b";
    QTest::newRow("user request, root") << "127.0.0.1:4566"
                                        << "/restapis/abc/prod/_user_request_"
                                        << "abc - prod /";
    QTest::newRow("own path") << "localhost:4566"
                              << "/_aws/execute-api/abc/prod/a/"
                              << "abc - prod /a/";
    QTest::newRow("own path, stage alone") << "localhost:4566"
                                           << "/_aws/execute-api/abc/prod"
                                           << "abc - prod /";
}

void TstAddresses::address_namesApiStageAndPath()
{
    QFETCH(QString, host);
    QFETCH(QString, target);
    QFETCH(QString, expected);
    http::Request head;
    head.target = target.toStdString();
    head.headers.add("Host", host.toStdString());
    const auto address = apigateway::parseCallAddress(head);
    QVERIFY(address);
    const auto shown = address->apiId + " " + (address->region.empty() ? "-" : address->region) + " "
        + address->stage + " " + address->path;
    QCOMPARE(QString::fromStdString(shown), expected);
}

void TstAddresses::otherRequests_areNotClaimed_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("target");
    QTest::newRow("control plane") << "127.0.0.1:4566"
                                   << "/restapis/abc/stages/prod";
    QTest::newRow("bucket") << "books.s3.localhost:4566"
                            << "/prod";
    QTest::newRow("suffix elsewhere") << "abc.execute-api.example.com"
                                      << "/prod";
    QTest::newRow("no API before the label") << ".execute-api.localhost"
                                             << "/prod";
    QTest::newRow("deeper suffix") << "abc.execute-api.a.b.amazonaws.com"
                                   << "/prod";
    QTest::newRow("no host") << ""
                             << "/prod";
}

void TstAddresses::otherRequests_areNotClaimed()
{
    QFETCH(QString, host);
    QFETCH(QString, target);
    http::Request head;
    head.target = target.toStdString();
    head.headers.add("Host", host.toStdString());
    QVERIFY(!apigateway::parseCallAddress(head));
}

CHAMBER_SUITE(TstAddresses, "tst_addresses")
#include "tst_addresses.moc"
