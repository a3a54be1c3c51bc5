#include "core/chamber/chamber.h"
#include "tests/support/loopback.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <nlohmann/json.hpp>

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using nlohmann::json;

namespace {

constexpr int kMostMs = 60'000;

// One request on a connection of its own; "" while nobody listens.
QByteArray ask(quint16 port, const QByteArray& request)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port);
    if (!socket.waitForConnected(1'000))
        return {};
    socket.write(request);
    QByteArray answer;
    while (socket.waitForReadyRead(kMostMs)) {
        answer += socket.readAll();
        if (answer.contains("\r\n\r\n"))
            break;
    }
    return answer.left(answer.indexOf("\r\n"));
}

QByteArray createTable(quint16 port)
{
    const QByteArray body = R"({"TableName":"Books","BillingMode":"PAY_PER_REQUEST",)"
                            R"("KeySchema":[{"AttributeName":"isbn","KeyType":"HASH"}],)"
                            R"("AttributeDefinitions":[{"AttributeName":"isbn","AttributeType":"S"}]})";
    return ask(port,
        "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Amz-Target: DynamoDB_20120810.CreateTable\r\n"
        "Content-Type: application/x-amz-json-1.0\r\nContent-Length: "
            + QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

}

// The program as the system ends it: a signal closes the chamber as the window's cross does.
class TstClosing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void signal_closesTheChamberCleanly_data()
    {
        QTest::addColumn<int>("number");
        QTest::newRow("SIGTERM") << SIGTERM;
        QTest::newRow("SIGINT") << SIGINT;
    }
    void signal_closesTheChamberCleanly()
    {
        QFETCH(int, number);
        const QTemporaryDir home;
        const auto folder = home.filePath(u"shop.chamber"_s);
        const tests::KeptPort kept;
        const auto port = kept.number();
        QProcess workbench;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        environment.insert(u"XDG_CONFIG_HOME"_s, home.path());
        workbench.setProcessEnvironment(environment);
        workbench.setProcessChannelMode(QProcess::ForwardedChannels);
        workbench.start(
            QString::fromUtf8(CLOUDCHAMBER), {u"--data"_s, folder, u"--port"_s, QString::number(port)});
        QVERIFY(workbench.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(
            ask(port, "GET /_chamber/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").contains("200"), kMostMs);
        QVERIFY(createTable(port).contains("200"));
        QCOMPARE(::kill(static_cast<pid_t>(workbench.processId()), number), 0);
        QVERIFY(workbench.waitForFinished(kMostMs));
        QCOMPARE(workbench.exitStatus(), QProcess::NormalExit);
        QCOMPARE(workbench.exitCode(), 0);
        // The folder is free again and holds what was acknowledged.
        auto reopened = core::chamber::Chamber::open({.folder = folder.toStdString(), .port = 0});
        QVERIFY(reopened.has_value());
        const auto tables = (*reopened)->caller().call("dynamodb", "ListTables", json::object(), {});
        QVERIFY(tables.has_value());
        QCOMPARE(QString::fromStdString(tables->json()["TableNames"].dump()), uR"(["Books"])"_s);
    }
};

CHAMBER_SUITE(TstClosing, "tst_closing")

#include "tst_closing.moc"
