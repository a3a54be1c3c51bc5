#include "tests/core/lambda/lambda_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include "core/lambda/sandbox.h"

#include <QTest>

#include <algorithm>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace tests;
using nlohmann::json;

namespace {

// An external extension that works at each event until a gate is opened, or for so many seconds.
const char* const kWorking = R"(#!/usr/bin/python3
import json, os, socket, time, urllib.request as u
api = 'http://' + os.environ['AWS_LAMBDA_RUNTIME_API'] + '/2020-01-01/extension/'
def call(path, headers, body=None):
    return u.urlopen(u.Request(api + path, data=body, headers=headers))
answer = call('register', {'Lambda-Extension-Name': os.path.basename(__file__)},
    json.dumps({'events': ['INVOKE']}).encode())
own = {'Lambda-Extension-Identifier': answer.headers['Lambda-Extension-Identifier']}
def work():
    if 'SECONDS' in os.environ:
        return time.sleep(float(os.environ['SECONDS']))
    try:
        socket.create_connection(('127.0.0.1', int(os.environ['GATE']))).recv(1)
    except OSError:
        pass
while True:
    event = json.load(call('event/next', own))
    work()
    print('worked', flush=True)
)";

// A runtime that has something to do when it has answered.
const char* const kRuntime = R"(#!/usr/bin/python3
import os, time, urllib.request as u
api = 'http://' + os.environ['AWS_LAMBDA_RUNTIME_API'] + '/2018-06-01/runtime/invocation/'
while True:
    event = u.urlopen(api + 'next')
    id = event.headers['Lambda-Runtime-Aws-Request-Id']
    seconds = float(event.read())
    u.urlopen(u.Request(api + id + '/response', data=b'1')).read()
    time.sleep(seconds)
)";

// A port at which those who come wait until it is opened.
class Gate {
public:
    Gate()
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const place = reinterpret_cast<sockaddr*>(&address);
        if (bind(m_socket, place, size) == 0 && listen(m_socket, 16) == 0
            && getsockname(m_socket, place, &size) == 0)
            m_port = ntohs(address.sin_port);
    }
    ~Gate() { open(); }

    std::string port() const { return std::to_string(m_port); }
    void open()
    {
        if (const int descriptor = std::exchange(m_socket, -1); descriptor >= 0)
            close(descriptor);
    }

private:
    int m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int m_port = 0;
};

std::vector<std::string> linesWith(const std::vector<std::string>& lines, const std::string& text)
{
    std::vector<std::string> found;
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(found),
        [&](const std::string& line) { return line.find(text) != line.npos; });
    return found;
}

double millisecondsOf(const std::string& report)
{
    const std::string word = "\tDuration: ";
    return std::stod(report.substr(report.find(word) + word.size()));
}

}

// What follows an answer: the invocation is over when the runtime and its extensions are done with it.
class TstSettling : public QObject {
    Q_OBJECT

private:
    void create(const char* name, const json& variables, int timeout)
    {
        m_room->create(name, "python3.12", "def handler(event, context):\n    return 'in'\n",
            {{"Layers", {publishExtension(*m_room, m_worker, kWorking)}}, {"Timeout", timeout},
                {"Environment", {{"Variables", variables}}}});
    }

    std::vector<std::string> logged(const char* name, const char* text)
    {
        return linesWith(m_room->logOf(name), text);
    }

private Q_SLOTS:
    void init() { m_room = std::make_unique<LambdaRoom>(); }
    void cleanup() { m_room.reset(); }

    void extensionThatWorksOn_keepsTheEnvironment()
    {
        Gate gate;
        create("works", {{"GATE", gate.port()}}, 60);
        const auto invoked = m_room->invoke("works");
        QCOMPARE(invoked.payload, std::string("\"in\""));
        // The caller does not wait, and gets the lines as they are.
        QCOMPARE(linesWith({invoked.log}, "REPORT RequestId: ").size(), std::size_t{1});
        QCOMPARE(logged("works", "worked").size(), std::size_t{0});
        QCOMPARE(logged("works", "REPORT RequestId: ").size(), std::size_t{0});
        QCOMPARE(m_room->environments("works")[0]["State"].get<std::string>(), std::string("Busy"));
        QCOMPARE(m_room->invoke("works").payload, std::string("\"in\""));
        QCOMPARE(m_room->environments("works").size(), std::size_t{2});
        const auto began = core::steadyMicros();
        QTRY_VERIFY(core::steadyMicros() - began > 200 * core::kMillisecond);
        gate.open();
        QTRY_COMPARE(logged("works", "REPORT RequestId: ").size(), std::size_t{2});
        // Its time is the invocation's.
        for (const auto& report : logged("works", "REPORT RequestId: "))
            QVERIFY2(millisecondsOf(report) >= 200, report.c_str());
        const auto standStill = [this] {
            const auto all = m_room->environments("works");
            return std::all_of(
                all.begin(), all.end(), [](const json& each) { return each["State"] == "Frozen"; });
        };
        QTRY_VERIFY(standStill());
        QCOMPARE(m_room->invoke("works").payload, std::string("\"in\""));
        QCOMPARE(m_room->environments("works").size(), std::size_t{2});
    }

    void extensionThatIsQuick_keepsNoCaller()
    {
        create("quick", {{"SECONDS", "0.001"}}, 10);
        for (int count = 0; count < 20; ++count)
            QCOMPARE(m_room->invoke("quick").payload, std::string("\"in\""));
        QCOMPARE(m_room->environments("quick").size(), std::size_t{1});
        QTRY_COMPARE(logged("quick", "REPORT RequestId: ").size(), std::size_t{20});
    }

    void extensionThatWorksForTooLong_isEndedAtTheTimeOut()
    {
        create("slow", {{"SECONDS", "60"}}, 3);
        QCOMPARE(m_room->invoke("slow").functionError, std::string());
        QTRY_COMPARE(logged("slow", "Task timed out after 3.00 seconds").size(), std::size_t{1});
        QTRY_COMPARE(logged("slow", "REPORT RequestId: ").size(), std::size_t{1});
        const auto report = logged("slow", "REPORT RequestId: ").front();
        QVERIFY2(report.find("\tStatus: timeout") != report.npos, report.c_str());
        QVERIFY2(millisecondsOf(report) >= 3000, report.c_str());
        // The next event starts everything anew.
        QCOMPARE(m_room->invoke("slow").functionError, std::string());
        QCOMPARE(logged("slow", "INIT_START ").size(), std::size_t{2});
        QCOMPARE(m_room->environments("slow").size(), std::size_t{1});
    }

    void runtimeThatWorksOn_keepsTheEnvironmentWithinItsTimeOut()
    {
        m_room->create("own", "provided.al2023", "",
            {{"Handler", "any"}, {"Timeout", 3}, {"Code", {{"ZipFile", zip64({{"bootstrap!", kRuntime}})}}}});
        QCOMPARE(m_room->invoke("own", "0").payload, std::string("1"));
        QCOMPARE(m_room->invoke("own", "60").payload, std::string("1"));
        QCOMPARE(m_room->environments("own").size(), std::size_t{1});
        QCOMPARE(m_room->invoke("own", "0").payload, std::string("1"));
        QCOMPARE(m_room->environments("own").size(), std::size_t{2});
        QTRY_COMPARE(logged("own", "Task timed out after 3.00 seconds").size(), std::size_t{1});
    }

    void environmentThatSettles_isReclaimedAfterwards()
    {
        Gate gate;
        create("gone", {{"GATE", gate.port()}}, 60);
        QCOMPARE(m_room->invoke("gone").functionError, std::string());
        (void)m_room->call("EndEnvironments", {{"FunctionName", "gone"}});
        QCOMPARE(m_room->environments("gone")[0]["State"].get<std::string>(), std::string("Busy"));
        gate.open();
        QTRY_COMPARE(m_room->environments("gone").size(), std::size_t{0});
        QCOMPARE(logged("gone", "worked").size(), std::size_t{1});
        QTRY_COMPARE(processesWith("/extensions/" + m_worker).size(), std::size_t{0});
    }

private:
    const std::string m_worker = ours("worker");
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstSettling, "tst_settling")
#include "tst_settling.moc"
