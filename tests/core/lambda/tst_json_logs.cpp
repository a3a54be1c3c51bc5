#include "tests/core/lambda/lambda_room.h"
#include "tests/support/suites.h"

#include <QTest>

using namespace tests;
using nlohmann::json;

namespace {

json jsonLogs(const char* application, const char* system)
{
    return {{"LoggingConfig",
        {{"LogFormat", "JSON"}, {"ApplicationLogLevel", application}, {"SystemLogLevel", system}}}};
}

}

// LoggingConfig: what functions and the platform write in JSON.
class TstJsonLogs : public QObject {
    Q_OBJECT

private:
    std::vector<json> recordsOf(const std::string& name)
    {
        std::vector<json> records;
        for (const auto& line : m_room->logOf(name)) {
            records.push_back(json::parse(line, nullptr, false));
            if (records.back().is_discarded())
                records.back() = line;
        }
        return records;
    }

    std::string typesOf(const std::string& name)
    {
        std::string types;
        for (const auto& record : recordsOf(name))
            types += (record.is_object() ? record.value("type", record.value("level", "?")) : "text") + ' ';
        return types;
    }

private Q_SLOTS:
    void init() { m_room = std::make_unique<LambdaRoom>(); }
    void cleanup() { m_room.reset(); }

    void lines_areFoundByTheirMembers()
    {
        m_room->create("found", "nodejs20.x",
            "export const handler = async () => { console.error('bad', { n: 1 }); console.info({ n: 7 }); };",
            jsonLogs("TRACE", "WARN"));
        (void)m_room->invoke("found");
        QCOMPARE(m_room->logOf("found").size(), std::size_t{2});
        const auto countOf = [this](const char* pattern) {
            const auto found = m_room->call("FilterLogEvents",
                {{"logGroupName", "/aws/lambda/found"}, {"filterPattern", pattern}}, "logs");
            return static_cast<int>(found->at("events").size());
        };
        QCOMPARE(countOf(R"({ $.level = "ERROR" })"), 1);
        QCOMPARE(countOf("{ $.message.n > 5 }"), 1);
        QCOMPARE(countOf("{ $.requestId = * }"), 2);
    }

    void configuration_isKeptAndShown()
    {
        m_room->create("shown", "python3.12", "", jsonLogs("DEBUG", "WARN"));
        const auto shown = [this] {
            return m_room->call("GetFunctionConfiguration", {{"FunctionName", "shown"}})
                ->at("LoggingConfig")
                .dump();
        };
        QCOMPARE(shown(),
            std::string(R"({"ApplicationLogLevel":"DEBUG","LogFormat":"JSON","LogGroup":"/aws/lambda/shown",)"
                        R"("SystemLogLevel":"WARN"})"));
        m_room->reopen();
        QVERIFY(shown().find("\"DEBUG\"") != std::string::npos);
        (void)m_room->call("UpdateFunctionConfiguration",
            {{"FunctionName", "shown"}, {"LoggingConfig", {{"LogFormat", "Text"}}}});
        QCOMPARE(shown(), std::string(R"({"LogFormat":"Text","LogGroup":"/aws/lambda/shown"})"));
        const auto refused = m_room->call("UpdateFunctionConfiguration",
            {{"FunctionName", "shown"}, {"LoggingConfig", {{"SystemLogLevel", "WARN"}}}});
        QCOMPARE(refused.error().code, std::string("InvalidParameterValueException"));
        const auto unknown = m_room->call("UpdateFunctionConfiguration",
            {{"FunctionName", "shown"}, {"LoggingConfig", {{"ApplicationLogLevel", "LOUD"}}}});
        QVERIFY(
            unknown.error().message.find("[TRACE, DEBUG, INFO, WARN, ERROR, FATAL]") != std::string::npos);
    }

    void platform_writesRecords()
    {
        m_room->create(
            "talk", "python3.12", "def handler(event, context):\n    return 12\n", jsonLogs("INFO", "DEBUG"));
        (void)m_room->invoke("talk");
        QCOMPARE(typesOf("talk"),
            std::string("platform.initStart platform.initRuntimeDone platform.initReport platform.start "
                        "platform.runtimeDone platform.report "));
        const auto records = recordsOf("talk");
        QCOMPARE(records[0]["record"]["initializationType"].get<std::string>(), std::string("on-demand"));
        QCOMPARE(records[0]["record"]["runtimeVersion"].get<std::string>(), std::string("python:3.12.v1"));
        QCOMPARE(records[3]["record"]["version"].get<std::string>(), std::string("$LATEST"));
        QCOMPARE(records[4]["record"]["metrics"]["producedBytes"].get<int>(), 2);
        const auto& report = records[5]["record"];
        QCOMPARE(report["status"].get<std::string>(), std::string("success"));
        QCOMPARE(report["metrics"]["memorySizeMB"].get<int>(), 128);
        QVERIFY(report["metrics"]["initDurationMs"].get<double>() > 0);
    }

    void records_nameTheTraceOfAnActiveFunction()
    {
        auto active = jsonLogs("INFO", "DEBUG");
        active["TracingConfig"] = {{"Mode", "Active"}};
        m_room->create("traced", "python3.12",
            "import os\ndef handler(event, context):\n    return os.environ['_X_AMZN_TRACE_ID']\n", active);
        const auto header = m_room->invoke("traced").json.get<std::string>();
        auto parent = header.substr(header.find("Parent=") + 7);
        parent = parent.substr(0, parent.find(';'));
        const auto records = recordsOf("traced");
        QCOMPARE(records.size(), std::size_t{6});
        for (const auto at : {std::size_t{4}, std::size_t{5}}) {
            const auto tracing = records[at]["record"].value("tracing", json());
            const json expected{{"spanId", parent}, {"type", "X-Amzn-Trace-Id"}, {"value", header}};
            QCOMPARE(tracing.dump(), expected.dump());
        }

        m_room->create("plain", "python3.12", "def handler(event, context):\n    return 12\n",
            jsonLogs("INFO", "DEBUG"));
        (void)m_room->invoke("plain");
        for (const auto& record : recordsOf("plain"))
            QVERIFY(!record["record"].contains("tracing"));
    }

    void levels_leaveRecordsOut()
    {
        m_room->create("quiet", "python3.12",
            "import logging, os\nlog = logging.getLogger()\ndef handler(event, context):\n"
            "    log.info('no')\n    log.warning('yes')\n    if event: os._exit(1)\n",
            jsonLogs("WARN", "WARN"));
        (void)m_room->invoke("quiet", "0");
        QCOMPARE(typesOf("quiet"), std::string("WARNING "));
        (void)m_room->invoke("quiet", "1");
        QCOMPARE(typesOf("quiet"), std::string("WARNING WARNING platform.runtimeDone platform.report "));
        QCOMPARE(recordsOf("quiet")[3]["record"]["errorType"].get<std::string>(),
            std::string("Runtime.ExitError"));
    }

    void python_writesRecords()
    {
        m_room->create("talk", "python3.12",
            "import logging\nlog = logging.getLogger('mine')\ndef handler(event, context):\n"
            "    log.info('a %s', 'b', extra={'order': 7})\n    print('plain')\n"
            "    try:\n        1 / 0\n    except ZeroDivisionError:\n        log.exception('caught')\n"
            "    raise KeyError('k')\n",
            jsonLogs("INFO", "WARN"));
        (void)m_room->invoke("talk");
        const auto records = recordsOf("talk");
        QCOMPARE(records.size(), std::size_t{4});
        QCOMPARE(records[0]["message"].get<std::string>(), std::string("a b"));
        QCOMPARE(records[0]["logger"].get<std::string>(), std::string("mine"));
        QCOMPARE(records[0]["order"].get<int>(), 7);
        QCOMPARE(records[0]["requestId"].get<std::string>().size(), std::size_t{36});
        QCOMPARE(records[1].get<std::string>(), std::string("plain\n"));
        QCOMPARE(records[2]["errorType"].get<std::string>(), std::string("ZeroDivisionError"));
        QVERIFY(records[2]["location"].get<std::string>().ends_with("app.py:handler:9"));
        QCOMPARE(records[3]["level"].get<std::string>(), std::string("ERROR"));
        QCOMPARE(records[3]["errorType"].get<std::string>(), std::string("KeyError"));
    }

    void node_writesRecords()
    {
        m_room->create("talk", "nodejs20.x",
            "export const handler = async () => { console.debug('no'); console.log({ a: 1 });\n"
            "console.info('x', 2); console.error('bad', new TypeError('oops')); throw new Error('end'); };",
            jsonLogs("INFO", "WARN"));
        (void)m_room->invoke("talk");
        const auto records = recordsOf("talk");
        QCOMPARE(records.size(), std::size_t{4});
        QCOMPARE(records[0]["message"].dump(), std::string(R"({"a":1})"));
        QCOMPARE(records[0]["level"].get<std::string>(), std::string("INFO"));
        QCOMPARE(records[1]["message"].get<std::string>(), std::string("x 2"));
        QCOMPARE(records[2]["errorType"].get<std::string>(), std::string("TypeError"));
        QCOMPARE(records[2]["errorMessage"].get<std::string>(), std::string("oops"));
        QCOMPARE(records[3]["message"]["errorMessage"].get<std::string>(), std::string("end"));
        QVERIFY(records[3]["message"]["stackTrace"][0].get<std::string>() == "Error: end");
    }

private:
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstJsonLogs, "tst_json_logs")
#include "tst_json_logs.moc"
