#include "tests/core/lambda/lambda_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include <QTest>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

using namespace tests;
using nlohmann::json;

namespace {

// The state of a process as the kernel says: "S" sleeping, "T" stopped.
std::string stateOf(int pid)
{
    std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
    std::string id;
    std::string name;
    std::string state;
    stat >> id >> name >> state;
    return state;
}

// How often the threads of a process gave the processor away: who stands still does not.
long switchesOf(int pid)
{
    long switches = 0;
    std::error_code failed;
    for (const auto& thread :
        std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/task", failed)) {
        std::ifstream status(thread.path() / "status");
        for (std::string line; std::getline(status, line);) {
            const auto at = line.find("ctxt_switches:");
            if (at != line.npos)
                switches += std::stol(line.substr(line.find(':') + 1));
        }
    }
    return switches;
}

const char* const kTicking = "import threading, time\n"
                             "ticks = 0\n"
                             "def tick():\n    global ticks\n    while True:\n"
                             "        time.sleep(0.005)\n        ticks += 1\n"
                             "threading.Thread(target=tick, daemon=True).start()\n"
                             "def handler(event, context):\n    return ticks\n";

}

// Environments between init and their end.
class TstLifeCycle : public QObject {
    Q_OBJECT

private:
    json only(const std::string& name)
    {
        const auto environments = m_room->environments(name);
        return environments.size() == 1 ? environments[0] : json();
    }

    bool isFrozen(const std::string& name) { return only(name).value("State", "") == "Frozen"; }

    void set(const std::string& name, const char* state)
    {
        const auto id = only(name)["Id"].get<std::string>();
        const auto answer = m_room->send("PUT", "/_chamber/lambda/functions/" + name + "/environments/" + id,
            json{{"State", state}}.dump());
        QCOMPARE(answer.status, 200);
    }

private Q_SLOTS:
    void init() { m_room = std::make_unique<LambdaRoom>(); }
    void cleanup() { m_room.reset(); }

    void betweenEvents_nothingRuns()
    {
        m_room->create("ticks", "python3.12", kTicking);
        (void)m_room->invoke("ticks");
        QTRY_VERIFY(isFrozen("ticks"));
        QTRY_COMPARE(stateOf(only("ticks")["Pid"]), std::string("T"));
        const int pid = only("ticks")["Pid"];
        QVERIFY(switchesOf(pid) > 0);
        // Each thread stops by itself, and its last switch may follow. 200 ms would be forty ticks, and a
        // switch at each.
        const auto standsStill = [&] {
            const auto before = switchesOf(pid);
            QTest::qWait(200);
            return switchesOf(pid) == before;
        };
        QTRY_VERIFY(standsStill());
        QVERIFY(std::stoi(m_room->invoke("ticks").payload) > 0);
    }

    void frozenDaemons_standStillToo()
    {
        const auto sleeps = ours("300.75");
        m_room->create("daemon", "python3.12",
            "import os\ndef handler(event, context):\n    over, open_until_exec = os.pipe()\n"
            "    if event and os.fork() == 0:\n        os.setsid()\n"
            "        os.execve('/bin/sleep', ['sleep', '"
                + sleeps + "'], {})\n    os.close(open_until_exec)\n    os.read(over, 1)\n    return 1\n");
        (void)m_room->invoke("daemon", "1");
        const auto isStopped = [&] {
            const auto daemons = processesWith(sleeps);
            return daemons.size() == 1 && stateOf(daemons[0]) == "T";
        };
        QTRY_VERIFY(isStopped());
        QCOMPARE(m_room->invoke("daemon", "0").payload, std::string("1"));
    }

    void forcedStates_holdUntilTheNextEvent()
    {
        m_room->create("forced", "python3.12", kTicking);
        (void)m_room->invoke("forced");
        QTRY_VERIFY(isFrozen("forced"));
        set("forced", "Thawed");
        QCOMPARE(only("forced")["State"].get<std::string>(), std::string("Idle"));
        const int pid = only("forced")["Pid"];
        QTRY_VERIFY(stateOf(pid) != "T");
        set("forced", "Frozen");
        QVERIFY(isFrozen("forced"));
        QTRY_COMPARE(stateOf(pid), std::string("T"));
        QVERIFY(m_room->invoke("forced").functionError.empty());
        QCOMPARE(only("forced")["Pid"].get<int>(), pid);
        set("forced", "Reclaimed");
        QTRY_COMPARE(m_room->environments("forced").size(), std::size_t{0});
    }

    void unknownEnvironment_isNotFound()
    {
        m_room->create("none", "python3.12", kTicking);
        const auto answer =
            m_room->send("PUT", "/_chamber/lambda/functions/none/environments/x", R"({"State":"Frozen"})");
        QCOMPARE(answer.status, 404);
    }

    void allEnvironments_areListedTogether()
    {
        m_room->create("one", "python3.12", kTicking);
        m_room->create("two", "python3.12", kTicking);
        (void)m_room->invoke("one");
        (void)m_room->invoke("two");
        const auto all = json::parse(m_room->send("GET", "/_chamber/lambda/environments").body);
        QCOMPARE(all["Environments"].size(), std::size_t{2});
        QCOMPARE(all["Environments"][0]["FunctionName"].get<std::string>(), std::string("one"));
        QCOMPARE(all["Environments"][1]["Region"].get<std::string>(), std::string("us-east-1"));
    }

    void newConfiguration_takesNewEnvironments()
    {
        m_room->create(
            "changes", "python3.12", "import os\ndef handler(e, c):\n    return os.environ.get('NEW')\n");
        QCOMPARE(m_room->invoke("changes").payload, std::string("null"));
        const auto old = only("changes")["Id"];
        QVERIFY(m_room
                    ->call("UpdateFunctionConfiguration",
                        {{"FunctionName", "changes"}, {"Environment", {{"Variables", {{"NEW", "new"}}}}}})
                    .has_value());
        QCOMPARE(m_room->invoke("changes").payload, std::string("\"new\""));
        QVERIFY(only("changes")["Id"] != old);
    }

    void slowStart_isBegunAnewWithinTheInvocation()
    {
        // The first start leaves a mark for the second one where both can see it.
        const auto mark = m_room->folder() / "mark";
        qputenv("CHAMBER_LAMBDA_SANDBOX", "off");
        m_room->create("slow", "python3.12",
            "import os, time\nif not os.path.exists(r'" + mark.string() + "'):\n    open(r'" + mark.string()
                + "', 'w').close()\n    time.sleep(60)\ndef handler(event, context):\n    return 'in'\n",
            {{"Timeout", 30}});
        const auto invoked = m_room->invoke("slow");
        qunsetenv("CHAMBER_LAMBDA_SANDBOX");
        QCOMPARE(invoked.payload, std::string("\"in\""));
        const auto lines = m_room->logOf("slow");
        // Ten seconds, and what a busy computer needs to end it.
        const std::string_view begins = "INIT_REPORT Init Duration: ";
        const auto report = std::find_if(
            lines.begin(), lines.end(), [&](const std::string& line) { return line.starts_with(begins); });
        QVERIFY(report != lines.end());
        QVERIFY2(std::stod(report->substr(begins.size())) >= 10'000, report->c_str());
        QVERIFY2(report->ends_with("Status: timeout\n"), report->c_str());
        QCOMPARE(m_room->environments("slow").size(), std::size_t{1});
    }

private:
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstLifeCycle, "tst_life_cycle")
#include "tst_life_cycle.moc"
