#include "tests/core/lambda/lambda_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include "core/lambda/sandbox.h"

#include <QTest>

#include <algorithm>
#include <fstream>

using namespace tests;
using nlohmann::json;

namespace {

// An external extension that writes what it hears to standard output: events are log lines.
const char* const kExtension = R"(#!/usr/bin/python3
import json, os, sys, urllib.request as u
api = 'http://' + os.environ['AWS_LAMBDA_RUNTIME_API'] + '/2020-01-01/extension/'
name = os.path.basename(__file__)
def call(path, headers, body=None):
    return u.urlopen(u.Request(api + path, data=body, headers=headers))
answer = call('register', {'Lambda-Extension-Name': name, 'Lambda-Extension-Accept-Feature': 'accountId'},
    json.dumps({'events': ['INVOKE', 'SHUTDOWN']}).encode())
id = answer.headers['Lambda-Extension-Identifier']
print('registered', json.dumps(json.load(answer), sort_keys=True), flush=True)
while True:
    event = json.load(call('event/next', {'Lambda-Extension-Identifier': id}))
    print('heard', event['eventType'], event.get('requestId', event.get('shutdownReason')), flush=True)
    if event['eventType'] == 'SHUTDOWN':
        sys.exit(0)
)";

const char* const kHandler = "def handler(event, context):\n    return context.aws_request_id\n";

bool anyStarts(const std::vector<std::string>& lines, const std::string& text)
{
    return std::any_of(
        lines.begin(), lines.end(), [&](const std::string& line) { return line.starts_with(text); });
}

}

// The Extensions API, with real extensions from a layer.
class TstExtensions : public QObject {
    Q_OBJECT

private:
    std::string layerWith(const std::string& extension)
    {
        return publishExtension(*m_room, m_watcher, extension);
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

    void externalExtension_hearsOfInvocationsAndTheEnd_data()
    {
        QTest::addColumn<QByteArray>("sandbox");
        QTest::newRow("auto") << QByteArray("auto");
        QTest::newRow("off") << QByteArray("off");
    }
    void externalExtension_hearsOfInvocationsAndTheEnd()
    {
        QFETCH(QByteArray, sandbox);
        qputenv("CHAMBER_LAMBDA_SANDBOX", sandbox);
        m_room->create("watched", "python3.12", kHandler, {{"Layers", {layerWith(kExtension)}}});
        const auto invoked = m_room->invoke("watched");
        QCOMPARE(invoked.functionError, std::string());
        const auto id = invoked.json.get<std::string>();
        QTRY_VERIFY(anyStarts(m_room->logOf("watched"), "heard INVOKE " + id));
        QVERIFY(anyStarts(m_room->logOf("watched"),
            R"(registered {"accountId": "000000000000", "functionName": "watched", "functionVersion": "$LATEST", )"
            R"("handler": "app.handler"})"));
        QVERIFY(anyStarts(m_room->logOf("watched"),
            "EXTENSION\tName: " + m_watcher + "\tState: Ready\tEvents: [INVOKE,SHUTDOWN]"));
        QVERIFY2(invoked.log.find("EXTENSION") == std::string::npos, invoked.log.c_str());
        const auto isFrozen = [this] { return m_room->environments("watched")[0]["State"] == "Frozen"; };
        QTRY_VERIFY(isFrozen());
        (void)m_room->call("EndEnvironments", {{"FunctionName", "watched"}});
        QTRY_VERIFY(anyStarts(m_room->logOf("watched"), "heard SHUTDOWN spindown"));
        QTRY_COMPARE(processesWith("/extensions/" + m_watcher).size(), std::size_t{0});
    }

    void extensionThatIgnoresTheEnd_isKilled()
    {
        std::string deaf(kExtension);
        deaf.replace(deaf.find("sys.exit(0)"), 11, "import time; time.sleep(60)");
        m_room->create("deaf", "python3.12", kHandler, {{"Layers", {layerWith(deaf)}}});
        QVERIFY(m_room->invoke("deaf").functionError.empty());
        (void)m_room->call("EndEnvironments", {{"FunctionName", "deaf"}});
        QTRY_VERIFY(anyStarts(m_room->logOf("deaf"), "heard SHUTDOWN spindown"));
        QTRY_COMPARE(processesWith("/extensions/" + m_watcher).size(), std::size_t{0});
    }

    void extensionThatEnds_endsTheStart()
    {
        m_room->create("ends", "python3.12", "import time\ntime.sleep(5)\n",
            {{"Layers", {layerWith("#!/bin/sh\nexit 7\n")}}});
        const auto invoked = m_room->invoke("ends");
        QCOMPARE(invoked.functionError, std::string("Unhandled"));
        QCOMPARE(invoked.json["errorType"].get<std::string>(), std::string("Extension.Crash"));
        QVERIFY(invoked.json["errorMessage"].get<std::string>().ends_with(" Error: exit status 7"));
        QTRY_COMPARE(m_room->environments("ends").size(), std::size_t{0});
    }

    void orphanOfAnExtension_isNotTakenForTheRuntime_data()
    {
        QTest::addColumn<QByteArray>("sandbox");
        QTest::newRow("auto") << QByteArray("auto");
        QTest::newRow("off") << QByteArray("off");
    }
    void orphanOfAnExtension_isNotTakenForTheRuntime()
    {
        QFETCH(QByteArray, sandbox);
        qputenv("CHAMBER_LAMBDA_SANDBOX", sandbox);
        const auto sleeps = ours("300.64");
        std::string forks(kExtension);
        // Adopted before the runtime is there.
        forks.insert(forks.find("answer ="),
            "if os.fork() == 0:\n    if os.fork(): os._exit(0)\n"
            "    os.execv('/bin/sleep', ['sleep', '"
                + sleeps + "'])\nos.wait()\n");
        m_room->create("orphans", "python3.12", kHandler, {{"Layers", {layerWith(forks)}}});
        QCOMPARE(m_room->invoke("orphans").functionError, std::string());
        const int pid = m_room->environments("orphans")[0]["Pid"];
        std::ifstream arguments("/proc/" + std::to_string(pid) + "/cmdline");
        std::string program;
        std::getline(arguments, program);
        QVERIFY2(program.find("bootstrap.py") != std::string::npos, program.c_str());
        m_room.reset();
        QTRY_COMPARE(processesWith(sleeps).size(), std::size_t{0});
    }

    // Beyond the ten seconds of a start; the sandbox stays, as after any start that failed.
    void extensionThatRegistersTooLate_isStartedAnewInItsPlace()
    {
        if (!core::lambda::findBubblewrap())
            QSKIP("bubblewrap does not work here");
        std::string late(kExtension);
        late.insert(late.find("answer ="),
            "import time\nif not os.path.exists('/tmp/mark'):\n    open('/tmp/mark', 'w').close()\n"
            "    time.sleep(60)\n");
        m_room->create("late", "python3.12", kHandler, {{"Layers", {layerWith(late)}}, {"Timeout", 30}});
        const auto invoked = m_room->invoke("late");
        QCOMPARE(invoked.functionError, std::string());
        QCOMPARE(m_room->environments("late").size(), std::size_t{1});
        const auto lines = m_room->logOf("late");
        // Ten seconds, and what a busy computer needs to end it.
        const std::string_view begins = "INIT_REPORT Init Duration: ";
        const auto report = std::find_if(
            lines.begin(), lines.end(), [&](const std::string& line) { return line.starts_with(begins); });
        QVERIFY(report != lines.end());
        QVERIFY2(std::stod(report->substr(begins.size())) >= 10'000, report->c_str());
        QTRY_VERIFY(anyStarts(m_room->logOf("late"), "heard INVOKE"));
    }

    void extensionThatReportsItsError_isTheError()
    {
        std::string fails(kExtension);
        fails.replace(fails.find("while True:"), fails.size(),
            "call('init/error', {'Lambda-Extension-Identifier': id,\n"
            "    'Lambda-Extension-Function-Error-Type': 'Extension.NoKey'}, b'{}')\n");
        m_room->create("fails", "python3.12", kHandler, {{"Layers", {layerWith(fails)}}});
        const auto invoked = m_room->invoke("fails");
        QCOMPARE(invoked.json["errorType"].get<std::string>(), std::string("Extension.InitError"));
        QVERIFY(invoked.json["errorMessage"].get<std::string>().ends_with(" Error: exit code 0"));
    }

    void extensionThatIsNoProgram_cannotBeLaunched()
    {
        m_room->create("none", "python3.12", kHandler, {{"Layers", {layerWith("no program\n")}}});
        const auto invoked = m_room->invoke("none");
        QCOMPARE(invoked.json["errorType"].get<std::string>(), std::string("Extension.LaunchError"));
        QVERIFY(invoked.json["errorMessage"].get<std::string>().ends_with(
            " Error: fork/exec /opt/extensions/" + m_watcher + ": exec format error"));
    }

    void internalExtension_registersForInvocationsAlone()
    {
        m_room->create("inside", "python3.12",
            "import json, os, threading, urllib.request as u, urllib.error\n"
            "root = 'http://' + os.environ['AWS_LAMBDA_RUNTIME_API']\n"
            "def call(path, headers, body=None, method=None):\n"
            "    try:\n        answer = u.urlopen(u.Request(root + path, data=body, headers=headers, "
            "method=method))\n"
            "    except urllib.error.HTTPError as error:\n        answer = error\n"
            "    return answer.status, dict(answer.headers), json.load(answer)\n"
            "def register(name, events):\n"
            "    return call('/2020-01-01/extension/register', {'Lambda-Extension-Name': name},\n"
            "        json.dumps({'events': events}).encode())\n"
            "refused = register('inner', ['SHUTDOWN'])\n"
            "accepted = register('inner', ['INVOKE'])\n"
            "again = register('inner', ['INVOKE'])\n"
            "unknown = call('/2020-01-01/extension/event/next', {'Lambda-Extension-Identifier': 'x'})\n"
            "telemetry = call('/2022-07-01/telemetry', {}, b'{}', 'PUT')\n"
            "id = accepted[1]['Lambda-Extension-Identifier']\n"
            "heard = []\n"
            "def listen():\n    while True:\n"
            "        heard.append(call('/2020-01-01/extension/event/next', {'Lambda-Extension-Identifier': "
            "id})[2])\n"
            "threading.Thread(target=listen, daemon=True).start()\n"
            "def handler(event, context):\n"
            "    import time\n    while not heard: time.sleep(0.01)\n"
            "    return [refused[2]['errorType'], accepted[0], again[2]['errorType'], "
            "unknown[2]['errorType'],\n"
            "        telemetry[0], telemetry[2]['errorType'], heard[0]['eventType'],\n"
            "        heard[0]['requestId'] == context.aws_request_id]\n");
        QCOMPARE(m_room->invoke("inside").json.dump(),
            std::string(
                R"(["ShutdownEventNotSupportedForInternalExtension",200,"Extension.AlreadyRegistered",)"
                R"("Extension.UnknownExtensionIdentifier",403,"Extension.MissingHeader","INVOKE",true])"));
    }

private:
    const std::string m_watcher = ours("watcher");
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstExtensions, "tst_extensions")
#include "tst_extensions.moc"
