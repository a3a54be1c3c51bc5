#include "tests/core/lambda/lambda_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include "core/base/hash.h"

#include <QRegularExpression>
#include <QTest>

#include <csignal>
#include <fstream>
#include <future>
#include <thread>

using namespace tests;
using nlohmann::json;

// As texts: Qt Test would try to make its own types of a json.
#define COMPARE_JSON(actual, expected) QCOMPARE(json(actual).dump(), json(expected).dump())

namespace {

bool anyContains(const std::vector<std::string>& lines, std::string_view part)
{
    return std::any_of(lines.begin(), lines.end(),
        [part](const std::string& line) { return line.find(part) != std::string::npos; });
}

const char* const kEcho = "def handler(event, context):\n    return {'got': event}\n";

}

// Invocations of real functions in real processes.
class TstInvoke : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_room = std::make_unique<LambdaRoom>(); }
    void cleanup() { m_room.reset(); }

    void pythonHandler_returnsItsValue()
    {
        m_room->create("echo", "python3.12", kEcho);
        const auto invoked = m_room->invoke("echo", R"({"a":[1,"é"]})");
        QCOMPARE(invoked.status, 200);
        QCOMPARE(invoked.functionError, std::string());
        COMPARE_JSON(invoked.json, json::parse(R"({"got":{"a":[1,"é"]}})"));
    }

    void nodeHandlers_returnTheirValues_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("code");
        QTest::newRow("async module") << "index.mjs"
                                      << "export const handler = async (event) => ({ got: event });";
        QTest::newRow("callback")
            << "index.js"
            << "exports.handler = (event, context, done) => done(null, { got: event });";
        QTest::newRow("commonjs") << "index.cjs"
                                  << "exports.handler = async (event) => ({ got: event });";
        QTest::newRow("default export") << "index.mjs"
                                        << "export default { handler: async (event) => ({ got: event }) };";
        QTest::newRow("context.succeed")
            << "index.js"
            << "exports.handler = (event, context) => context.succeed({ got: event });";
    }
    void nodeHandlers_returnTheirValues()
    {
        QFETCH(QString, file);
        QFETCH(QString, code);
        m_room->create("echo", "nodejs20.x", "",
            {{"Code", {{"ZipFile", zip64({{file.toStdString(), code.toStdString()}})}}}});
        const auto invoked = m_room->invoke("echo", R"({"n":1})");
        QCOMPARE(invoked.payload, std::string(R"({"got":{"n":1}})"));
    }

    void secondInvocation_reusesTheEnvironment()
    {
        m_room->create("count", "python3.12",
            "n = 0\ndef handler(event, context):\n    global n\n    n += 1\n    return n\n");
        QCOMPARE(m_room->invoke("count").payload, std::string("1"));
        QCOMPARE(m_room->latestTrack()->note, std::string("Cold start"));
        QCOMPARE(m_room->invoke("count").payload, std::string("2"));
        QVERIFY(m_room->latestTrack()->note != "Cold start");
        const auto environments = m_room->environments("count");
        QCOMPARE(environments.size(), std::size_t{1});
        COMPARE_JSON(environments[0]["Invocations"], json(2));
        QTRY_COMPARE(m_room->environments("count")[0]["State"].get<std::string>(), std::string("Frozen"));
    }

    void log_hasThePlatformsLinesInOrder()
    {
        m_room->create("talk", "python3.12",
            "import logging, sys\nlog = logging.getLogger()\nlog.setLevel(logging.INFO)\n"
            "def handler(event, context):\n    print('one')\n    print('two', file=sys.stderr)\n"
            "    log.info('three\\nlines')\n    return 1\n");
        const auto invoked = m_room->invoke("talk");
        const auto lines = m_room->logOf("talk");
        QCOMPARE(lines.size(), std::size_t{7});
        QVERIFY(lines[0].starts_with("INIT_START Runtime Version: python:3.12"));
        QVERIFY(QRegularExpression("^START RequestId: [0-9a-f-]{36} Version: \\$LATEST\\n$")
                    .match(QString::fromStdString(lines[1]))
                    .hasMatch());
        QCOMPARE(lines[2], std::string("one\n"));
        QCOMPARE(lines[3], std::string("two\n"));
        QVERIFY(QRegularExpression(
            "^\\[INFO\\]\\t\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\\t[0-9a-f-]{36}\\tthree\\nlines\\n$")
                    .match(QString::fromStdString(lines[4]))
                    .hasMatch());
        QVERIFY(lines[5].starts_with("END RequestId: "));
        QVERIFY(QRegularExpression(
            "^REPORT RequestId: [0-9a-f-]{36}\\tDuration: [0-9.]+ ms\\tBilled Duration: \\d+ ms\\t"
            "Memory Size: 128 MB\\tMax Memory Used: [1-9]\\d* MB\\tInit Duration: [0-9.]+ ms\\t\\n$")
                    .match(QString::fromStdString(lines[6]))
                    .hasMatch());
        QVERIFY(invoked.log.find("one\ntwo\n") != std::string::npos);
        QVERIFY(invoked.log.ends_with("ms\t\n"));
    }

    void nodeConsole_writesAwsLines()
    {
        m_room->create("talk", "nodejs20.x",
            "export const handler = async () => { console.log('a', { b: 1 }); console.error('two\\nlines'); "
            "};");
        QCOMPARE(m_room->invoke("talk").payload, std::string("null"));
        const auto lines = m_room->logOf("talk");
        QCOMPARE(lines.size(), std::size_t{6});
        QVERIFY(QRegularExpression("^[0-9T:.Z-]+\\t[0-9a-f-]{36}\\tINFO\\ta { b: 1 }\\n$")
                    .match(QString::fromStdString(lines[2]))
                    .hasMatch());
        QVERIFY(lines[3].ends_with("\tERROR\ttwo\nlines\n"));
    }

    void context_hasAwsMembers()
    {
        m_room->create("ctx", "python3.12",
            "import os\ndef handler(event, context):\n"
            "    return [context.function_name, context.function_version, context.memory_limit_in_mb,\n"
            "        context.invoked_function_arn, context.log_group_name, context.log_stream_name,\n"
            "        0 < context.get_remaining_time_in_millis() <= 3000, len(context.aws_request_id),\n"
            "        os.environ['AWS_REGION'], os.environ['MINE'], context.client_context.custom['x'],\n"
            "        'HOME' in os.environ]\n",
            {{"Environment", {{"Variables", {{"MINE", "yes"}}}}}, {"MemorySize", 256}, {"Timeout", 3}});
        const auto invoked =
            m_room->invoke("ctx", "{}", {{"ClientContext", core::base64(R"({"custom":{"x":7}})")}});
        QCOMPARE(invoked.functionError, std::string());
        const auto& v = invoked.json;
        COMPARE_JSON(v[0], json("ctx"));
        COMPARE_JSON(v[1], json("$LATEST"));
        COMPARE_JSON(v[2], json("256"));
        COMPARE_JSON(v[3], json("arn:aws:lambda:us-east-1:000000000000:function:ctx"));
        COMPARE_JSON(v[4], json("/aws/lambda/ctx"));
        QVERIFY(v[5].get<std::string>().starts_with("2026/11/22/[$LATEST]"));
        COMPARE_JSON(v[6], json(true));
        COMPARE_JSON(v[7], json(36));
        COMPARE_JSON(v[8], json("us-east-1"));
        COMPARE_JSON(v[9], json("yes"));
        COMPARE_JSON(v[10], json(7));
        COMPARE_JSON(v[11], json(false));
    }

    void thrownError_hasAwsPayload()
    {
        m_room->create("fails", "python3.12", "def handler(event, context):\n    raise ValueError('no')\n");
        const auto invoked = m_room->invoke("fails");
        QCOMPARE(invoked.status, 200);
        QCOMPARE(invoked.functionError, std::string("Unhandled"));
        COMPARE_JSON(invoked.json["errorMessage"], json("no"));
        COMPARE_JSON(invoked.json["errorType"], json("ValueError"));
        QCOMPARE(invoked.json["requestId"].get<std::string>().size(), std::size_t{36});
        QCOMPARE(invoked.json["stackTrace"].size(), std::size_t{1});
        QVERIFY(anyContains(m_room->logOf("fails"),
            "[ERROR] ValueError: no\nTraceback (most recent call last):\n\u00a0\u00a0File"));
        // The environment lives on.
        QTRY_COMPARE(m_room->environments("fails")[0]["State"].get<std::string>(), std::string("Frozen"));
    }

    void thrownNodeError_hasAwsPayload()
    {
        m_room->create(
            "fails", "nodejs20.x", "export const handler = async () => { throw new TypeError('no'); };");
        const auto invoked = m_room->invoke("fails");
        QCOMPARE(invoked.functionError, std::string("Unhandled"));
        COMPARE_JSON(invoked.json["errorMessage"], json("no"));
        COMPARE_JSON(invoked.json["errorType"], json("TypeError"));
        COMPARE_JSON(invoked.json["trace"][0], json("TypeError: no"));
    }

    void brokenStarts_haveAwsErrors_data()
    {
        QTest::addColumn<QString>("runtime");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("handler");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("message");
        QTest::newRow("missing import") << "python3.12"
                                        << "import nope"
                                        << "app.handler"
                                        << "Runtime.ImportModuleError"
                                        << "Unable to import module 'app': No module named 'nope'";
        QTest::newRow("missing module") << "python3.12"
                                        << ""
                                        << "other.handler"
                                        << "Runtime.ImportModuleError"
                                        << "Unable to import module 'other': No module named 'other'";
        QTest::newRow("missing handler") << "python3.12"
                                         << ""
                                         << "app.nope"
                                         << "Runtime.HandlerNotFound"
                                         << "Handler 'nope' missing on module 'app'";
        QTest::newRow("syntax") << "python3.12"
                                << "def (:"
                                << "app.handler"
                                << "Runtime.UserCodeSyntaxError"
                                << "Syntax error in module 'app': invalid syntax (app.py, line 1)";
        QTest::newRow("raises") << "python3.12"
                                << "raise OSError('at start')"
                                << "app.handler"
                                << "OSError"
                                << "at start";
        QTest::newRow("node import") << "nodejs20.x"
                                     << "import 'nope';"
                                     << "index.handler"
                                     << "Error"
                                     << "";
        QTest::newRow("node require") << "nodejs20.x"
                                      << "import { createRequire } from 'node:module';\n"
                                         "createRequire(import.meta.url)('nope');"
                                      << "index.handler"
                                      << "Runtime.ImportModuleError"
                                      << "";
        QTest::newRow("node module") << "nodejs20.x"
                                     << ""
                                     << "other.handler"
                                     << "Runtime.ImportModuleError"
                                     << "";
        QTest::newRow("node path")
            << "nodejs20.x"
            << ""
            << "../index.handler"
            << "Runtime.MalformedHandlerName"
            << "'../index.handler' is not a valid handler name. Use absolute paths when "
               "specifying root directories in handler names.";
        QTest::newRow("node callback")
            << "nodejs24.x"
            << "export const handler = (event, context, callback) => callback(null, 1);"
            << "index.handler"
            << "Runtime.CallbackHandlerDeprecated"
            << "ERROR: AWS Lambda has removed support for callback-based function handlers starting with "
               "Node.js 24. You need to modify this function to use a supported handler signature to use "
               "Node.js 24 or later. For more information see "
               "https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.";
        QTest::newRow("node handler") << "nodejs20.x"
                                      << ""
                                      << "index.nope"
                                      << "Runtime.HandlerNotFound"
                                      << "index.nope is undefined or not exported";
        QTest::newRow("node syntax") << "nodejs20.x"
                                     << "function ("
                                     << "index.handler"
                                     << "Runtime.UserCodeSyntaxError"
                                     << "";
    }
    void brokenStarts_haveAwsErrors()
    {
        QFETCH(QString, runtime);
        QFETCH(QString, code);
        QFETCH(QString, handler);
        QFETCH(QString, type);
        QFETCH(QString, message);
        m_room->create(
            "broken", runtime.toStdString(), code.toStdString(), {{"Handler", handler.toStdString()}});
        const auto invoked = m_room->invoke("broken");
        QCOMPARE(invoked.status, 200);
        QCOMPARE(invoked.functionError, std::string("Unhandled"));
        COMPARE_JSON(invoked.json["errorType"], json(type.toStdString()));
        if (!message.isEmpty())
            COMPARE_JSON(invoked.json["errorMessage"], json(message.toStdString()));
        QVERIFY(anyContains(m_room->logOf("broken"), "Status: error\tError Type: " + type.toStdString()));
        QTRY_COMPARE(m_room->environments("broken").size(), std::size_t{0});
    }

    void hangingHandler_isTimedOut()
    {
        m_room->create("hangs", "python3.12",
            "import time\ndef handler(event, context):\n    print('in')\n    time.sleep(60)\n",
            {{"Timeout", 3}});
        const auto invoked = m_room->invoke("hangs");
        QCOMPARE(invoked.functionError, std::string("Unhandled"));
        COMPARE_JSON(invoked.json["errorType"], json("Sandbox.Timedout"));
        QVERIFY(invoked.json["errorMessage"].get<std::string>().ends_with(
            " Error: Task timed out after 3.00 seconds"));
        const auto lines = m_room->logOf("hangs");
        QVERIFY(anyContains(lines, " Task timed out after 3.00 seconds\n\n"));
        QVERIFY(anyContains(lines, "Status: timeout\n"));
        QVERIFY(anyContains(lines, "in\n"));
        // A sandbox stays, and nothing runs in it.
        const auto standsStill = [this] {
            const auto left = m_room->environments("hangs");
            return left.empty() || left[0]["State"] == "Frozen";
        };
        QTRY_VERIFY(standsStill());
    }

    void timeout_killsWhatTheFunctionStarted()
    {
        // Before the handler: in its second a busy computer may start nothing.
        const auto sleeps = ours("300.77");
        m_room->create("forks", "python3.12",
            "import subprocess, time\nchild = subprocess.Popen(['sleep', '" + sleeps
                + "'])\n"
                  "def handler(event, context):\n    time.sleep(60)\n",
            {{"Timeout", 1}});
        COMPARE_JSON(m_room->invoke("forks").json["errorType"], json("Sandbox.Timedout"));
        QTRY_COMPARE(processesWith(sleeps).size(), std::size_t{0});
    }

    void exitingHandler_isAnExitError_data()
    {
        QTest::addColumn<QString>("statement");
        QTest::addColumn<QString>("message");
        QTest::newRow("exit 0") << "os._exit(0)"
                                << "Runtime exited without providing a reason";
        QTest::newRow("exit 3") << "os._exit(3)"
                                << "Runtime exited with error: exit status 3";
        QTest::newRow("killed") << "os.kill(os.getpid(), 9)"
                                << "Runtime exited with error: signal: killed";
    }
    void exitingHandler_isAnExitError()
    {
        QFETCH(QString, statement);
        QFETCH(QString, message);
        m_room->create("exits", "python3.12",
            "import os\ndef handler(event, context):\n    if event: " + statement.toStdString()
                + "\n    return 1\n");
        QCOMPARE(m_room->invoke("exits").payload, std::string("1"));
        const auto invoked = m_room->invoke("exits", R"({"now":1})");
        COMPARE_JSON(invoked.json["errorType"], json("Runtime.ExitError"));
        QVERIFY(
            invoked.json["errorMessage"].get<std::string>().ends_with(" Error: " + message.toStdString()));
        QCOMPARE(m_room->invoke("exits").payload, std::string("1"));
    }

    void unserialisableValue_isAMarshalError()
    {
        m_room->create("odd", "python3.12", "def handler(event, context):\n    return object()\n");
        const auto invoked = m_room->invoke("odd");
        COMPARE_JSON(invoked.json["errorType"], json("Runtime.MarshalError"));
        COMPARE_JSON(invoked.json["errorMessage"],
            json("Unable to marshal response: Object of type object is not JSON serializable"));
    }

    void sevenMegabytes_areTooLarge()
    {
        m_room->create("big", "python3.12", "def handler(event, context):\n    return 'x' * event\n");
        const auto invoked = m_room->invoke("big", "7000000");
        COMPARE_JSON(invoked.json["errorType"], json("Function.ResponseSizeTooLarge"));
        COMPARE_JSON(invoked.json["errorMessage"],
            json("Response payload size exceeded maximum allowed payload size (6291556 bytes)."));
        QCOMPARE(m_room->invoke("big", "6000000").payload.size(), std::size_t{6'000'002});
    }

    void floodedLog_doesNotStopTheFunction()
    {
        m_room->create("flood", "python3.12",
            "def handler(event, context):\n    for i in range(200000): print('line', i)\n    return 'done'\n",
            {{"Timeout", 60}});
        QCOMPARE(m_room->invoke("flood").payload, std::string("\"done\""));
    }

    void environmentThatDiedIdle_isReplaced()
    {
        m_room->create("dies", "python3.12",
            "import uuid\nmine = str(uuid.uuid4())\ndef handler(event, context):\n    return mine\n");
        const auto first = m_room->invoke("dies");
        const int pid = m_room->environments("dies")[0]["Pid"];
        QVERIFY(pid > 0);
        ::kill(pid, SIGKILL);
        // What kept it may stand still and not have collected it.
        const auto isDead = [pid] {
            std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
            std::string id, name, state;
            return !(stat >> id >> name >> state) || state == "Z";
        };
        QTRY_VERIFY(isDead());
        const auto second = m_room->invoke("dies");
        QVERIFY2(second.functionError.empty(), second.payload.c_str());
        QVERIFY(second.payload != first.payload);
    }

    void idleEnvironments_areReclaimedByTheClock()
    {
        m_room->create("idle", "python3.12", kEcho);
        // It is idle from when it rests, which is a moment after the answer.
        const auto rests = [this] { return m_room->environments("idle")[0]["State"] == "Frozen"; };
        (void)m_room->invoke("idle");
        QTRY_VERIFY(rests());
        m_room->clock().advance(9 * 60 * core::kSecond);
        QCOMPARE(m_room->environments("idle").size(), std::size_t{1});
        (void)m_room->invoke("idle");
        QTRY_VERIFY(rests());
        m_room->clock().advance(9 * 60 * core::kSecond);
        QCOMPARE(m_room->environments("idle").size(), std::size_t{1});
        m_room->clock().advance(60 * core::kSecond);
        QCOMPARE(m_room->environments("idle").size(), std::size_t{0});
    }

    void forcedCold_startsAnew()
    {
        m_room->create("cold", "python3.12", kEcho);
        (void)m_room->invoke("cold");
        COMPARE_JSON(m_room->call("EndEnvironments", {{"FunctionName", "cold"}})->at("Ended"), json(1));
        (void)m_room->invoke("cold");
        COMPARE_JSON(m_room->call("ListRuns", {{"FunctionName", "cold"}})->at("Runs")[0]["Cold"], json(true));
    }

    void parallelInvocations_waitBeyondTen()
    {
        m_room->create("slow", "python3.12",
            "import time\ndef handler(event, context):\n    time.sleep(1.5)\n    return 1\n",
            {{"Timeout", 20}});
        std::vector<std::thread> threads;
        std::mutex mutex;
        std::map<std::string, int> payloads;
        for (int i = 0; i < 12; ++i) {
            threads.emplace_back([&] {
                const auto invoked = m_room->invoke("slow");
                const std::lock_guard guard(mutex);
                ++payloads[invoked.payload];
            });
        }
        for (auto& thread : threads)
            thread.join();
        QCOMPARE(payloads["1"], 12);
        QCOMPARE(m_room->environments("slow").size(), std::size_t{10});
    }

    void savedFile_isRunByTheNextInvocation()
    {
        m_room->create("edit", "python3.12", "def handler(event, context):\n    return 'old'\n");
        QCOMPARE(m_room->invoke("edit").payload, std::string("\"old\""));
        const auto before = *m_room->call("GetFunctionConfiguration", {{"FunctionName", "edit"}});
        std::ofstream(m_room->folder() / "functions/edit/app.py")
            << "def handler(event, context):\n    return 'new'\n";
        QCOMPARE(m_room->invoke("edit").payload, std::string("\"new\""));
        const auto after = *m_room->call("GetFunctionConfiguration", {{"FunctionName", "edit"}});
        QVERIFY(before["CodeSha256"] != after["CodeSha256"]);
        QVERIFY(before["RevisionId"] != after["RevisionId"]);
    }

    void savedFile_isWaitedForByAllWhileItIsTakenOver()
    {
        m_room->create("edit", "python3.12", "def handler(event, context):\n    return 'old'\n");
        auto& lambda = m_room->lambda();
        const auto before = lambda.current("us-east-1/edit");
        std::unique_lock hold(lambda.changingCode());
        std::ofstream(m_room->folder() / "functions/edit/app.py")
            << "def handler(event, context):\n    return 'new'\n";
        std::vector<std::future<std::uint64_t>> asked;
        for (int i = 0; i < 3; ++i)
            asked.push_back(
                std::async(std::launch::async, [&] { return lambda.current("us-east-1/edit")->generation; }));
        for (const auto& one : asked)
            QVERIFY(one.wait_for(std::chrono::milliseconds(50)) == std::future_status::timeout);
        hold.unlock();
        for (auto& one : asked)
            QCOMPARE(one.get(), before->generation + 1);
    }

    void eventInvocation_runsLaterAndRetriesOnTheClock()
    {
        m_room->create("later", "python3.12",
            "def handler(event, context):\n    print('attempt')\n    raise Exception('again')\n");
        const auto invoked = m_room->invoke("later", "{}", {{"InvocationType", "Event"}});
        QCOMPARE(invoked.status, 202);
        QCOMPARE(invoked.payload, std::string());
        const auto attempts = [this] {
            const auto lines = m_room->logOf("later");
            return std::count(lines.begin(), lines.end(), "attempt\n");
        };
        QTRY_COMPARE(attempts(), 1);
        const auto planned = [this](const std::string& title) {
            const auto track = *m_room->latestTrack();
            for (const auto& span : track.spans) {
                for (const auto& step : span.steps) {
                    if (step.title.starts_with(title))
                        return true;
                }
            }
            return false;
        };
        QTRY_VERIFY(planned("Tries again in 60 s"));
        m_room->clock().advance(60 * core::kSecond);
        QTRY_COMPARE(attempts(), 2);
        QTRY_VERIFY(planned("Tries again in 120 s"));
        m_room->clock().advance(119 * core::kSecond);
        QCOMPARE(attempts(), 2);
        m_room->clock().advance(core::kSecond);
        QTRY_COMPARE(attempts(), 3);
        QTRY_VERIFY(planned("Gives up"));
        m_room->clock().advance(3600 * core::kSecond);
        QCOMPARE(m_room->call("ListRuns", {{"FunctionName", "later"}})->at("Runs").size(), std::size_t{3});
    }

    void brokenPayload_isExplained_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("column");
        const QString values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
        QTest::newRow("word") << QByteArray("hello") << "Unrecognized token 'hello': was expecting " + values
                              << 6;
        QTest::newRow("word of a list")
            << QByteArray("[1, nul]") << "Unrecognized token 'nul': was expecting " + values << 8;
        QTest::newRow("bare name")
            << QByteArray("{name: 1}")
            << "Unexpected character ('n' (code 110)): was expecting double-quote to start "
               "field name"
            << 2;
        QTest::newRow("second name, in single quotes")
            << QByteArray(R"({"a": "}, {", 'b': 1})")
            << "Unexpected character (\x27\x27\x27 (code 39)): was expecting double-quote to start field name"
            << 15;
        QTest::newRow("character") << QByteArray("[%]")
                                   << "Unexpected character ('%' (code 37)): expected a valid value " + values
                                   << 2;
    }
    void brokenPayload_isExplained()
    {
        QFETCH(QByteArray, payload);
        QFETCH(QString, words);
        QFETCH(int, column);
        m_room->create("never", "python3.12", "");
        const auto refused =
            m_room->send("POST", "/2015-03-31/functions/never/invocations", payload.toStdString());
        QCOMPARE(refused.status, 400);
        const auto message = QString::fromStdString(json::parse(refused.body).at("message"));
        QCOMPARE(message,
            "Could not parse request body into json: Could not parse payload into json: " + words
                + "\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: "
                  "1, "
                  "column: "
                + QString::number(column) + "]");
    }

    void dryRun_runsNothing()
    {
        m_room->create("dry", "python3.12", kEcho);
        QCOMPARE(m_room->invoke("dry", "{}", {{"InvocationType", "DryRun"}}).status, 204);
        QCOMPARE(m_room->environments("dry").size(), std::size_t{0});
    }

    void callsOfAFunction_joinItsTrack()
    {
        m_room->create("inner", "python3.12", kEcho);
        m_room->create("outer", "python3.12",
            "import boto3, json\nclient = boto3.client('lambda')\ndef handler(event, context):\n"
            "    return json.load(client.invoke(FunctionName='inner', Payload=b'{\"x\":1}')['Payload'])\n",
            {{"Timeout", 30}});
        const auto invoked = m_room->invoke("outer");
        QCOMPARE(invoked.payload, std::string(R"({"got": {"x": 1}})"));
        const auto track = *m_room->latestTrack();
        const auto inner = std::count_if(track.spans.begin(), track.spans.end(),
            [](const auto& span) { return span.name == "invoke" && span.resource == "inner"; });
        QCOMPARE(inner, 1);
        const auto starts = std::count_if(track.spans.begin(), track.spans.end(),
            [](const auto& span) { return span.kind == core::trace::SpanKind::ColdStart; });
        QCOMPARE(starts, 2);
    }

    void sharedNodeModules_areFoundByRequireAndImport_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("code");
        QTest::newRow("require")
            << "index.js"
            << "const { name } = require('shared-by-all'); exports.handler = async () => name;";
        QTest::newRow("import")
            << "index.mjs"
            << "import shared from 'shared-by-all'; export const handler = async () => shared.name;";
    }
    void sharedNodeModules_areFoundByRequireAndImport()
    {
        QFETCH(QString, file);
        QFETCH(QString, code);
        const auto modules = m_room->folder() / "sdk" / "node_modules";
        std::filesystem::create_directories(modules / "shared-by-all");
        std::ofstream(modules / "shared-by-all" / "index.js") << "exports.name = 'sdk';";
        qputenv("CHAMBER_NODE_MODULES", modules.c_str());
        m_room->create("uses", "nodejs20.x", "",
            {{"Code", {{"ZipFile", zip64({{file.toStdString(), code.toStdString()}})}}}});
        QCOMPARE(m_room->invoke("uses").payload, std::string("\"sdk\""));
        qunsetenv("CHAMBER_NODE_MODULES");
    }

    void customRuntime_speaksTheRuntimeApi()
    {
        const std::string bootstrap =
            "#!/usr/bin/python3\nimport os, urllib.request as u\n"
            "api = 'http://' + os.environ['AWS_LAMBDA_RUNTIME_API'] + '/2018-06-01/runtime/invocation/'\n"
            "while True:\n    event = u.urlopen(api + 'next')\n    id = "
            "event.headers['Lambda-Runtime-Aws-Request-Id']\n"
            "    u.urlopen(u.Request(api + id + '/response', data=b'[' + event.read() + b']')).read()\n";
        m_room->create("own", "provided.al2023", "",
            {{"Handler", "any"}, {"Code", {{"ZipFile", zip64({{"bootstrap!", bootstrap}})}}}});
        QCOMPARE(m_room->invoke("own", "5").payload, std::string("[5]"));
        QCOMPARE(m_room->invoke("own", "6").payload, std::string("[6]"));
    }

    void closing_endsWhatRuns()
    {
        m_room->create("runs", "python3.12",
            "import time\ndef handler(event, context):\n    time.sleep(60)\n", {{"Timeout", 60}});
        std::thread caller([this] { (void)m_room->invoke("runs"); });
        QTRY_VERIFY(!m_room->environments("runs").empty() && m_room->environments("runs")[0]["Pid"] != 0);
        m_room->lambda().stop();
        caller.join();
        QCOMPARE(m_room->environments("runs").size(), std::size_t{0});
    }

private:
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstInvoke, "tst_invoke")
#include "tst_invoke.moc"
