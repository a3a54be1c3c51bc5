#include "tests/core/lambda/lambda_room.h"
#include "tests/support/loopback.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

#include <filesystem>
#include <random>
#include <thread>

#include <unistd.h>

using namespace tests;
using nlohmann::json;

namespace {

// Among the environment variables of the function and the arguments of its daemons.
const std::string kMark = ours("300.97");

// One function that fails in every way, as its event says.
const char* const kFaulty =
    "import os, signal, subprocess, sys, time\n"
    "def daemon():\n"
    "    if os.fork() == 0:\n        os.setsid()\n        if os.fork() == 0:\n"
    "            os.execve('/bin/sleep', ['sleep', os.environ['MARK']], {})\n        os._exit(0)\n"
    "def handler(event, context):\n"
    "    if event == 'exit': os._exit(3)\n"
    "    if event == 'kill': os.kill(os.getpid(), signal.SIGKILL)\n"
    "    if event == 'segfault': os.kill(os.getpid(), signal.SIGSEGV)\n"
    "    if event == 'raise': raise RuntimeError('no')\n"
    "    if event == 'garbage': return object()\n"
    "    if event == 'large': return 'x' * 7000000\n"
    "    if event == 'daemon': daemon()\n"
    "    if event == 'child': subprocess.Popen(['sleep', os.environ['MARK']])\n"
    "    if event == 'flood':\n        for i in range(3000): print('x' * 100)\n"
    "    if event == 'hang': time.sleep(60)\n"
    "    if event == 'memory':\n        kept = []\n        while True: kept.append(b'x' * 8000000)\n"
    "    return 'fine'\n";

struct Fault {
    const char* event;
    const char* errorType; // "" for an answer
    int weight;
};

constexpr Fault kFaults[] = {
    {"fine", "", 400},
    {"raise", "RuntimeError", 150},
    {"garbage", "Runtime.MarshalError", 100},
    {"daemon", "", 60},
    {"child", "", 60},
    {"exit", "Runtime.ExitError", 60},
    {"kill", "Runtime.ExitError", 40},
    {"segfault", "Runtime.ExitError", 30},
    {"large", "Function.ResponseSizeTooLarge", 20},
    {"flood", "", 20},
    {"vanish", "", 40}, // the client does not wait for its answer
    {"memory", "Runtime.OutOfMemory", 15},
    {"hang", "Sandbox.Timedout", 5},
};

const Fault& draw(std::mt19937& random)
{
    int whole = 0;
    for (const auto& fault : kFaults)
        whole += fault.weight;
    int left = std::uniform_int_distribution(0, whole - 1)(random);
    for (const auto& fault : kFaults) {
        if ((left -= fault.weight) < 0)
            return fault;
    }
    return kFaults[0];
}

int openFiles()
{
    int count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd"))
        ++count;
    return count;
}

int threads()
{
    int count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/task"))
        ++count;
    return count;
}

// Sends an invocation and is gone before its answer.
void vanish(const std::string& endpoint, const std::string& name)
{
    const int socket = tests::connectLoopback(
        static_cast<std::uint16_t>(std::stoi(endpoint.substr(endpoint.rfind(':') + 1))));
    if (socket >= 0) {
        const std::string request = "POST /2015-03-31/functions/" + name
            + "/invocations HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 8\r\n\r\n\"vanish\"";
        (void)!write(socket, request.data(), request.size());
        close(socket);
    }
}

}

// Functions that fail in every way, many times: nothing stays behind. CHAMBER_FAULT_RUNS gives another number
// of invocations.
class TstFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_room = std::make_unique<LambdaRoom>(); }
    void cleanup() { m_room.reset(); }

    void randomFaults_leaveNothingBehind()
    {
        bool given = false;
        const int wanted = qEnvironmentVariableIntValue("CHAMBER_FAULT_RUNS", &given);
        const int runs = given ? wanted : 150;
        constexpr int kThreads = 3;
        // Only what hangs is to reach its time-out, however busy the machine is.
        for (const auto& [name, timeout] : {std::pair("faulty", 60), std::pair("hanging", 2)}) {
            m_room->create(name, "python3.12", kFaulty,
                {{"Timeout", timeout}, {"Environment", {{"Variables", {{"MARK", kMark}}}}}});
            (void)m_room->invoke(name, "\"fine\"");
        }
        const int filesBefore = openFiles();
        std::atomic<int> left = runs;
        std::mutex mutex;
        std::map<std::string, int> counts;
        std::vector<std::string> surprises;
        const unsigned seed = std::random_device{}();
        std::vector<std::thread> callers;
        for (unsigned i = 0; i < kThreads; ++i) {
            callers.emplace_back([&, i] {
                std::mt19937 random(seed + i);
                while (left-- > 0) {
                    const auto& fault = draw(random);
                    if (std::string_view(fault.event) == "vanish") {
                        vanish(m_room->endpoint(), "faulty");
                        continue;
                    }
                    const bool hangs = std::string_view(fault.event) == "hang";
                    const auto invoked =
                        m_room->invoke(hangs ? "hanging" : "faulty", json(fault.event).dump());
                    const auto type = invoked.json.is_object() ? invoked.json.value("errorType", "") : "";
                    const std::lock_guard guard(mutex);
                    ++counts[fault.event];
                    const bool throttled = invoked.payload.starts_with("TooManyRequestsException");
                    if (throttled)
                        ++counts["throttled"];
                    else if (type != fault.errorType)
                        surprises.push_back(std::string(fault.event) + ": " + invoked.payload.substr(0, 200));
                }
            });
        }
        for (auto& caller : callers)
            caller.join();
        std::string text;
        for (const auto& [event, count] : counts)
            text += ' ' + event + '=' + std::to_string(count);
        qInfo("seed %u:%s", seed, text.c_str());
        QVERIFY2(surprises.empty(), surprises.empty() ? "" : surprises.front().c_str());
        // The chamber answers, and what lives is what it shows.
        QTRY_COMPARE(m_room->invoke("faulty", "\"fine\"").payload, std::string("\"fine\""));
        const auto settled = [this] {
            for (const auto* name : {"faulty", "hanging"}) {
                for (const auto& environment : m_room->environments(name)) {
                    if (environment["State"] != "Frozen")
                        return false;
                }
            }
            return true;
        };
        QTRY_VERIFY(settled());
        for (const auto* name : {"faulty", "hanging"})
            (void)m_room->call("EndEnvironments", {{"FunctionName", name}});
        QTRY_COMPARE(processesWith(kMark).size(), std::size_t{0});
        QTRY_VERIFY2(openFiles() <= filesBefore, std::to_string(openFiles()).c_str());
    }

    void vanishedClient_leavesTheFunctionRunningToItsEnd()
    {
        m_room->create("alone", "python3.12",
            "import time\ndef handler(event, context):\n    time.sleep(0.3)\n    print('done')\n    return "
            "1\n");
        vanish(m_room->endpoint(), "alone");
        const auto ran = [this] {
            return m_room->call("ListRuns", {{"FunctionName", "alone"}})->at("Runs").size() == 1;
        };
        QTRY_VERIFY(ran());
        QCOMPARE(m_room->invoke("alone").payload, std::string("1"));
        QCOMPARE(m_room->environments("alone").size(), std::size_t{1});
    }

    void missingRuntime_isNamedAndLeavesNothing()
    {
        m_room->create("none", "provided.al2023", "", {{"Handler", "any"}});
        const int files = openFiles();
        const int running = threads();
        for (int i = 0; i < 20; ++i) {
            const auto invoked = m_room->invoke("none");
            QCOMPARE(invoked.json["errorType"].get<std::string>(), std::string("Runtime.InvalidEntrypoint"));
        }
        QTRY_VERIFY(openFiles() <= files + 2);
        QTRY_VERIFY(threads() <= running + 2);
        QCOMPARE(m_room->environments("none").size(), std::size_t{0});
    }

    void programThatIsNone_isNamed()
    {
        m_room->create("text", "provided.al2023", "",
            {{"Handler", "any"}, {"Code", {{"ZipFile", zip64({{"bootstrap!", "not a program"}})}}}});
        const auto invoked = m_room->invoke("text");
        QCOMPARE(invoked.functionError, std::string("Unhandled"));
        QCOMPARE(invoked.json["errorType"].get<std::string>(), std::string("Runtime.InvalidEntrypoint"));
        QVERIFY(invoked.json["errorMessage"].get<std::string>().ends_with(
            " Error: fork/exec /var/task/bootstrap: exec format error"));
    }

    void longEvent_isSplit()
    {
        m_room->create("long", "python3.12", "def handler(event, context):\n    print('x' * 600000)\n");
        (void)m_room->invoke("long");
        std::size_t bytes = 0;
        int parts = 0;
        for (const auto& line : m_room->logOf("long")) {
            if (!line.starts_with("xxx"))
                continue;
            bytes += line.size();
            ++parts;
            QVERIFY(line.size() <= 256 * 1024);
        }
        QCOMPARE(parts, 3);
        QCOMPARE(bytes, std::size_t{600'001});
    }

private:
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstFaults, "tst_faults")
#include "tst_faults.moc"
