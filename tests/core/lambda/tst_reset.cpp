#include "tests/core/lambda/lambda_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include "core/lambda/sandbox.h"

#include <QTest>

#include <algorithm>

using namespace tests;
using nlohmann::json;

namespace {

// An external extension that writes why it is to end.
const char* const kExtension = R"(#!/usr/bin/python3
import json, os, sys, urllib.request as u
api = 'http://' + os.environ['AWS_LAMBDA_RUNTIME_API'] + '/2020-01-01/extension/'
def call(path, headers, body=None):
    return u.urlopen(u.Request(api + path, data=body, headers=headers))
answer = call('register', {'Lambda-Extension-Name': os.path.basename(__file__)},
    json.dumps({'events': ['SHUTDOWN']}).encode())
own = {'Lambda-Extension-Identifier': answer.headers['Lambda-Extension-Identifier']}
print('registered', flush=True)
event = json.load(call('event/next', own))
print('heard', event['eventType'], event['shutdownReason'], flush=True)
)";

const char* const kHandler = "import os, time\nnumber = 0\n"
                             "def handler(event, context):\n    global number\n    number += 1\n"
                             "    if event == 'write': open('/tmp/kept', 'w').write('kept')\n"
                             "    if event == 'hang': time.sleep(60)\n"
                             "    if event == 'exit': os._exit(7)\n"
                             "    return [number, os.path.exists('/tmp/kept')]\n";

std::size_t countOf(const std::vector<std::string>& lines, const std::string& text)
{
    return static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(),
        [&](const std::string& line) { return line.find(text) != std::string::npos; }));
}

}

// What becomes of an environment whose runtime failed, hung or did not start: it is reset and starts anew
// with the next event.
class TstReset : public QObject {
    Q_OBJECT

private:
    json withExtension()
    {
        return {{"Layers", {publishExtension(*m_room, m_watcher, kExtension)}}, {"Timeout", 3}};
    }

private Q_SLOTS:
    void init()
    {
        qunsetenv("CHAMBER_LAMBDA_SANDBOX");
        m_room = std::make_unique<LambdaRoom>();
    }
    void cleanup()
    {
        m_room.reset();
        qunsetenv("CHAMBER_LAMBDA_SANDBOX");
    }

    void temporaryFiles_outliveTheRuntime_data()
    {
        QTest::addColumn<QByteArray>("event");
        QTest::addColumn<QByteArray>("errorType");
        QTest::addColumn<QByteArray>("reason");
        QTest::newRow("time-out") << QByteArray("hang") << QByteArray("Sandbox.Timedout")
                                  << QByteArray("timeout");
        QTest::newRow("exit") << QByteArray("exit") << QByteArray("Runtime.ExitError")
                              << QByteArray("failure");
    }
    void temporaryFiles_outliveTheRuntime()
    {
        if (!core::lambda::findBubblewrap())
            QSKIP("bubblewrap does not work here");
        QFETCH(QByteArray, event);
        QFETCH(QByteArray, errorType);
        QFETCH(QByteArray, reason);
        m_room->create("kept", "python3.12", kHandler, withExtension());
        QCOMPARE(m_room->invoke("kept", "\"write\"").payload, std::string("[1, true]"));
        const auto id = m_room->environments("kept")[0]["Id"];
        QCOMPARE(
            m_room->invoke("kept", json(event.toStdString()).dump()).json["errorType"].get<std::string>(),
            errorType.toStdString());
        const auto heard = [&] {
            return countOf(m_room->logOf("kept"), "heard SHUTDOWN " + reason.toStdString());
        };
        QTRY_COMPARE(heard(), std::size_t{1});
        const auto again = m_room->invoke("kept", "\"read\"");
        QCOMPARE(again.payload, std::string("[1, true]"));
        QVERIFY2(again.log.find("Init Duration") == std::string::npos, again.log.c_str());
        QCOMPARE(m_room->environments("kept").size(), std::size_t{1});
        QCOMPARE(m_room->environments("kept")[0]["Id"].get<std::string>(), id.get<std::string>());
        QCOMPARE(countOf(m_room->logOf("kept"), "INIT_START "), std::size_t{2});
        QCOMPARE(countOf(m_room->logOf("kept"), "registered"), std::size_t{2});
        QCOMPARE(m_room->invoke("kept", "\"read\"").payload, std::string("[2, true]"));
        (void)m_room->call("EndEnvironments", {{"FunctionName", "kept"}});
        QTRY_COMPARE(processesWith("/extensions/" + m_watcher).size(), std::size_t{0});
    }

    void withoutASandbox_anotherEnvironmentFollows()
    {
        qputenv("CHAMBER_LAMBDA_SANDBOX", "off");
        m_room->create("other", "python3.12", kHandler);
        QVERIFY(m_room->invoke("other").functionError.empty());
        const auto id = m_room->environments("other")[0]["Id"].get<std::string>();
        QVERIFY(!m_room->invoke("other", "\"exit\"").functionError.empty());
        QVERIFY(m_room->invoke("other").functionError.empty());
        QCOMPARE(m_room->environments("other").size(), std::size_t{1});
        QVERIFY(m_room->environments("other")[0]["Id"].get<std::string>() != id);
    }

    void failedStart_isRunAgainWithinTheInvocation_data()
    {
        QTest::addColumn<QByteArray>("way");
        QTest::addColumn<QByteArray>("errorType");
        QTest::newRow("error") << QByteArray("raise RuntimeError('no')") << QByteArray("RuntimeError");
        QTest::newRow("exit") << QByteArray("os._exit(3)") << QByteArray("Runtime.ExitError");
    }
    void failedStart_isRunAgainWithinTheInvocation()
    {
        if (!core::lambda::findBubblewrap())
            QSKIP("bubblewrap does not work here");
        QFETCH(QByteArray, way);
        QFETCH(QByteArray, errorType);
        // The first start leaves a mark for the second one.
        m_room->create("second", "python3.12",
            "import os\nif not os.path.exists('/tmp/mark'):\n    open('/tmp/mark', 'w').close()\n    "
                + way.toStdString() + "\ndef handler(event, context):\n    return 'in'\n",
            withExtension());
        const auto invoked = m_room->invoke("second");
        QCOMPARE(invoked.payload, std::string("\"in\""));
        QVERIFY2(invoked.log.find("Init Duration: ") == std::string::npos, invoked.log.c_str());
        const auto lines = m_room->logOf("second");
        QCOMPARE(countOf(lines, "\tPhase: init\tStatus: error\tError Type: " + errorType.toStdString()),
            std::size_t{1});
        QCOMPARE(countOf(lines, "heard SHUTDOWN failure"), std::size_t{1});
        QCOMPARE(m_room->environments("second").size(), std::size_t{1});
    }

    void startThatFailsTwice_isTheInvocationsError()
    {
        m_room->create("never", "python3.12", "raise RuntimeError('no')\n");
        const auto invoked = m_room->invoke("never");
        QCOMPARE(invoked.functionError, std::string("Unhandled"));
        QCOMPARE(invoked.json["errorType"].get<std::string>(), std::string("RuntimeError"));
        const auto lines = m_room->logOf("never");
        QCOMPARE(countOf(lines, "\tPhase: init\tStatus: error"), std::size_t{1});
        QCOMPARE(countOf(lines, "\tPhase: invoke\tStatus: error"), std::size_t{1});
        QCOMPARE(countOf(lines, "START RequestId"), std::size_t{1});
    }

private:
    const std::string m_watcher = ours("watcher");
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstReset, "tst_reset")
#include "tst_reset.moc"
