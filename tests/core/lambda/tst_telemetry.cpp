#include "tests/core/lambda/lambda_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include "core/lambda/sandbox.h"
#include "core/lambda/telemetry_subscription.h"

#include <QTest>

using namespace tests;
using nlohmann::json;

namespace {

// Subscribes as its variables say, and writes each event that it gets to its output, as "got <JSON>".
const char* const kExtension = R"(#!/usr/bin/python3
import http.server, json, os, socket, sys, threading, time, urllib.error, urllib.request as u
root = 'http://' + os.environ['AWS_LAMBDA_RUNTIME_API']
wish = json.loads(os.environ['WISH'])
refusals = int(os.environ.get('REFUSALS', '0'))
def call(path, headers, body=None, method=None):
    try:
        return u.urlopen(u.Request(root + path, data=body, headers=headers, method=method))
    except urllib.error.HTTPError as error:
        return error
answer = call('/2020-01-01/extension/register', {'Lambda-Extension-Name': os.path.basename(__file__)},
    json.dumps({'events': ['INVOKE', 'SHUTDOWN']}).encode())
answer.read()
own = {'Lambda-Extension-Identifier': answer.headers['Lambda-Extension-Identifier']}
def show(events):
    for event in events:
        if event['type'] != 'extension' or not event['record'].startswith('got '):
            print('got', json.dumps(event), flush=True)
class Listener(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'
    def do_POST(self):
        global refusals
        events = json.loads(self.rfile.read(int(self.headers['Content-Length'])))
        refused = refusals > 0
        refusals -= 1
        if not refused:
            show(events)
        self.send_response(500 if refused else 200)
        self.send_header('Content-Length', '0')
        self.end_headers()
    def log_message(self, *arguments): pass
def lines(server):
    while True:
        for line in server.accept()[0].makefile():
            show([json.loads(line)])
address = (os.environ['LISTEN'], 0)
if wish['destination']['protocol'] == 'TCP':
    server = socket.create_server(address)
    wish['destination']['port'] = server.getsockname()[1]
    threading.Thread(target=lines, args=(server,), daemon=True).start()
else:
    server = http.server.ThreadingHTTPServer(address, Listener)
    wish['destination']['URI'] = 'http://sandbox.localdomain:%d/x' % server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
for i in range(2):
    answer = call(os.environ['API'], own, json.dumps(wish).encode(), 'PUT')
    print('subscribed', answer.status, answer.read().decode(), flush=True)
other = '/2020-08-15/logs' if 'telemetry' in os.environ['API'] else '/2022-07-01/telemetry'
wish['schemaVersion'] = '2020-08-15' if 'logs' in other else '2022-07-01'
print('other', json.load(call(other, own, json.dumps(wish).encode(), 'PUT'))['errorType'], flush=True)
late = None
while True:
    event = json.load(call('/2020-01-01/extension/event/next', own))
    if event['eventType'] == 'SHUTDOWN':
        time.sleep(1)
        sys.exit(0)
    if not late:
        late = json.load(call(os.environ['API'], own, b'{}', 'PUT'))
        print('late', late['errorType'], flush=True)
)";

const char* const kHandler =
    "import json, time\ndef handler(event, context):\n    print(json.dumps({'said': event}))\n"
    "    time.sleep(0.3)\n    return 'x' * 10\n";

}

// The Telemetry API and the Logs API, with a real extension from a layer.
class TstTelemetry : public QObject {
    Q_OBJECT

private:
    void create(const std::string& name, json wish, const std::string& api, const json& more = {},
        const json& variables = {})
    {
        const bool enclosed = core::lambda::findBubblewrap().has_value();
        json given = {
            {"WISH", wish.dump()}, {"API", api}, {"LISTEN", enclosed ? "sandbox.localdomain" : "127.0.0.1"}};
        given.update(variables.is_null() ? json::object() : variables);
        json all = {{"Layers", {publishExtension(*m_room, m_listener, kExtension)}},
            {"Environment", {{"Variables", given}}}, {"Timeout", 30}};
        all.update(more.is_null() ? json::object() : more);
        m_room->create(name, "python3.12", kHandler, all);
    }

    // What the extension got, by types.
    std::map<std::string, std::vector<json>> heard(const std::string& name)
    {
        std::map<std::string, std::vector<json>> events;
        for (const auto& line : m_room->logOf(name)) {
            if (!line.starts_with("got "))
                continue;
            const auto event = json::parse(line.substr(4));
            events[event["type"]].push_back(event["record"]);
        }
        return events;
    }

    bool isLogged(const std::string& name, const std::string& text)
    {
        const auto lines = m_room->logOf(name);
        return std::any_of(lines.begin(), lines.end(),
            [&](const std::string& line) { return line.find(text) != line.npos; });
    }

    void end(const std::string& name)
    {
        (void)m_room->call("EndEnvironments", {{"FunctionName", name}});
        QTRY_COMPARE(processesWith("/extensions/" + m_listener).size(), std::size_t{0});
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

    void telemetry_tellsOfStartInvocationAndLines_data()
    {
        QTest::addColumn<QByteArray>("sandbox");
        QTest::addColumn<QByteArray>("protocol");
        QTest::newRow("http") << QByteArray("auto") << QByteArray("HTTP");
        QTest::newRow("tcp") << QByteArray("auto") << QByteArray("TCP");
        QTest::newRow("http off") << QByteArray("off") << QByteArray("HTTP");
    }
    void telemetry_tellsOfStartInvocationAndLines()
    {
        QFETCH(QByteArray, sandbox);
        QFETCH(QByteArray, protocol);
        qputenv("CHAMBER_LAMBDA_SANDBOX", sandbox);
        create("told",
            {{"schemaVersion", "2022-12-13"}, {"types", {"platform", "function"}},
                {"buffering", {{"timeoutMs", 25}}}, {"destination", {{"protocol", protocol.toStdString()}}}},
            "/2022-07-01/telemetry");
        const auto invoked = m_room->invoke("told", "\"one\"");
        QCOMPARE(invoked.functionError, std::string());
        QCOMPARE(m_room->invoke("told", "\"two\"").functionError, std::string());
        end("told");
        QVERIFY(isLogged("told", "subscribed 200 \"OK\""));
        QVERIFY(isLogged("told", "subscribed 200 \"AlreadySubscribed\""));
        QVERIFY(isLogged("told", "other Logs.AccessDenied"));
        QVERIFY(isLogged("told", "late Telemetry.SubscriptionClosed"));
        auto events = heard("told");
        // What was before the subscription is heard, too.
        QCOMPARE(events["platform.initStart"].size(), std::size_t{1});
        const auto start = events["platform.initStart"][0];
        QCOMPARE(start["initializationType"].get<std::string>(), std::string("on-demand"));
        QCOMPARE(start["phase"].get<std::string>(), std::string("init"));
        QCOMPARE(start["functionName"].get<std::string>(), std::string("told"));
        QCOMPARE(json(events["platform.telemetrySubscription"]).dump(),
            R"([{"name":")" + m_listener + R"(","state":"Subscribed","types":["platform","function"]}])");
        QCOMPARE(json(events["platform.extension"]).dump(),
            R"([{"events":["INVOKE","SHUTDOWN"],"name":")" + m_listener + R"(","state":"Ready"}])");
        QCOMPARE(events["platform.initRuntimeDone"][0]["status"].get<std::string>(), std::string("success"));
        QVERIFY(events["platform.initReport"][0]["metrics"]["durationMs"] > 0);
        QCOMPARE(events["platform.start"].size(), std::size_t{2});
        const auto request = events["platform.start"][0]["requestId"].get<std::string>();
        QCOMPARE(events["platform.start"][0]["version"].get<std::string>(), std::string("$LATEST"));
        const auto tracing = events["platform.start"][0]["tracing"];
        QCOMPARE(tracing["type"].get<std::string>(), std::string("X-Amzn-Trace-Id"));
        QVERIFY(tracing["value"].get<std::string>().find("Parent=" + tracing["spanId"].get<std::string>())
            != std::string::npos);
        QCOMPARE(events["platform.runtimeDone"].size(), std::size_t{2});
        QCOMPARE(events["platform.runtimeDone"][0]["requestId"].get<std::string>(), request);
        QCOMPARE(events["platform.runtimeDone"][0]["status"].get<std::string>(), std::string("success"));
        QCOMPARE(events["platform.runtimeDone"][0]["metrics"]["producedBytes"].get<int>(), 12);
        QCOMPARE(events["platform.report"].size(), std::size_t{2});
        QCOMPARE(events["platform.report"][0]["metrics"]["memorySizeMB"].get<int>(), 128);
        QVERIFY(events["platform.report"][0]["metrics"].contains("initDurationMs"));
        QVERIFY(!events["platform.report"][1]["metrics"].contains("initDurationMs"));
        QCOMPARE(json(events["function"]).dump(),
            std::string("[\"{\\\"said\\\": \\\"one\\\"}\\n\",\"{\\\"said\\\": \\\"two\\\"}\\n\"]"));
        QVERIFY(!events.contains("extension"));
        QVERIFY(!events.contains("platform.end"));
    }

    void jsonLines_areObjectsFromTheSecondSchemaOn()
    {
        for (const char* version : {"2022-07-01", "2025-01-29"}) {
            const std::string name = std::string("json") + version;
            create(name,
                {{"schemaVersion", version}, {"types", {"function", "extension"}},
                    {"destination", {{"protocol", "HTTP"}}}},
                "/2022-07-01/telemetry", {{"LoggingConfig", {{"LogFormat", "JSON"}}}});
            QCOMPARE(m_room->invoke(name, "1").functionError, std::string());
            end(name);
            auto events = heard(name);
            QCOMPARE(json(events["function"]).dump(),
                std::string(std::string_view(version) == "2022-07-01" ? "[\"{\\\"said\\\": 1}\\n\"]"
                                                                      : R"([{"said":1}])"));
            QVERIFY(!events["extension"].empty());
            QVERIFY(!events.contains("platform.start"));
        }
    }

    void logs_areThoseOfTheOlderApi()
    {
        create("older",
            {{"schemaVersion", "2021-03-18"}, {"types", {"platform", "function"}},
                {"destination", {{"protocol", "HTTP"}}}},
            "/2020-08-15/logs");
        QCOMPARE(m_room->invoke("older", "\"one\"").functionError, std::string());
        end("older");
        QVERIFY(isLogged("older", "other Telemetry.AccessDenied"));
        QVERIFY(isLogged("older", "late Logs.SubscriptionClosed"));
        auto events = heard("older");
        QVERIFY(!events.contains("platform.initStart"));
        QCOMPARE(events["platform.start"].size(), std::size_t{1});
        const auto id = events["platform.start"][0]["requestId"].get<std::string>();
        QCOMPARE(
            events["platform.start"][0].dump(), json({{"requestId", id}, {"version", "$LATEST"}}).dump());
        QCOMPARE(events["platform.runtimeDone"][0].dump(),
            json({{"requestId", id}, {"status", "success"}}).dump());
        QCOMPARE(json(events["platform.end"]).dump(), json::array({json{{"requestId", id}}}).dump());
        QVERIFY(events["platform.report"][0]["metrics"].contains("billedDurationMs"));
        QVERIFY(!events["platform.report"][0].contains("status"));
        QCOMPARE(events["platform.logsSubscription"].size(), std::size_t{1});
    }

    void eventsThatAreNotTaken_areDroppedAndCounted()
    {
        create("deaf",
            {{"schemaVersion", "2022-12-13"}, {"types", {"platform"}}, {"buffering", {{"timeoutMs", 25}}},
                {"destination", {{"protocol", "HTTP"}}}},
            "/2022-07-01/telemetry", {}, {{"REFUSALS", "6"}});
        for (int i = 0; i < 4; ++i)
            QCOMPARE(m_room->invoke("deaf", "1").functionError, std::string());
        end("deaf");
        auto events = heard("deaf");
        QVERIFY(!events["platform.logsDropped"].empty());
        const auto dropped = events["platform.logsDropped"][0];
        QVERIFY(dropped["droppedRecords"] > 0);
        QVERIFY(dropped["droppedBytes"] > 100);
        QCOMPARE(dropped["reason"].get<std::string>(),
            std::string("Consumer seems to have fallen behind as it has not acknowledged receipt of logs."));
    }

    void wrongSubscription_isRefused_data()
    {
        QTest::addColumn<QByteArray>("change");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("message");
        const auto row = [](const char* change, const char* type, const char* message) {
            QTest::newRow(change) << QByteArray(change) << QByteArray(type) << QByteArray(message);
        };
        row(R"({"types":null})", "Telemetry.DeserializationError", "missing field `types`");
        row(R"({"types":[]})", "Telemetry.ValidationError", "types should not be empty");
        row(R"({"types":["platform","platform"]})", "Telemetry.ValidationError", "types should be unique");
        row(R"({"types":["all"]})", "Telemetry.DeserializationError",
            "unknown variant `all`, expected one of `platform`, `function`, `extension`");
        row(R"({"schemaVersion":null})", "Telemetry.ValidationError",
            "TelemetryAPI only supports the SchemaVersion released after 2021-03-18");
        row(R"({"schemaVersion":"2021-03-18"})", "Telemetry.ValidationError",
            "TelemetryAPI only supports the SchemaVersion released after 2021-03-18");
        row(R"({"buffering":{"maxItems":999}})", "Telemetry.ValidationError",
            "maxItems should be between 1000 and 10000");
        row(R"({"buffering":{"maxBytes":1048577}})", "Telemetry.ValidationError",
            "maxBytes should be between 262144 and 1048576");
        row(R"({"buffering":{"timeoutMs":24}})", "Telemetry.ValidationError",
            "timeoutMs should be between 25 and 30000");
        row(R"({"destination":null})", "Telemetry.DeserializationError", "missing field `destination`");
        row(R"({"destination":{"protocol":"UDP"}})", "Telemetry.DeserializationError",
            "unknown variant `UDP`, expected `HTTP` or `TCP`");
        row(R"({"destination":{"protocol":"TCP"}})", "Telemetry.DeserializationError",
            "missing field `port`");
        row(R"({"destination":{"protocol":"TCP","port":9001}})", "Telemetry.ValidationError",
            "port 9001 is reserved");
        row("{\"destination\":{\"protocol\":\"HTTP\",\"URI\":\"http://sandbox.localdomain/\"}}",
            "Telemetry.ValidationError", "URI port is not provided");
        row("{\"destination\":{\"protocol\":\"HTTP\",\"URI\":\"http://example.com:80/\"}}",
            "Telemetry.AccessDenied", "Only 'sandbox.localdomain' hostname is supported.");
        row("{\"destination\":{\"protocol\":\"HTTP\",\"URI\":\"https://sandbox.localdomain:80/\"}}",
            "Telemetry.AccessDenied", "Only 'http' scheme is supported.");
    }
    void wrongSubscription_isRefused()
    {
        QFETCH(QByteArray, change);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, message);
        json body = {{"schemaVersion", "2022-07-01"}, {"types", {"platform"}},
            {"destination", {{"protocol", "HTTP"}, {"URI", "http://sandbox.localdomain:8080"}}}};
        QVERIFY(
            core::lambda::parseSubscription(core::lambda::TelemetryKind::Telemetry, body.dump()).has_value());
        const auto changes = json::parse(change.toStdString());
        for (const auto& [name, value] : changes.items()) {
            if (value.is_null())
                body.erase(name);
            else
                body[name] = value;
        }
        const auto refused =
            core::lambda::parseSubscription(core::lambda::TelemetryKind::Telemetry, body.dump());
        QVERIFY(!refused.has_value());
        QCOMPARE(refused.error().code, type.toStdString());
        QCOMPARE(refused.error().message, message.toStdString());
    }

private:
    const std::string m_listener = ours("listener");
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstTelemetry, "tst_telemetry")
#include "tst_telemetry.moc"
