#include "tests/core/lambda/forked_chamber.h"
#include "tests/core/lambda/lambda_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include "core/lambda/child_process.h"
#include "core/lambda/control_group.h"
#include "core/lambda/sandbox.h"

#include <QTest>

#include <fstream>
#include <sstream>
#include <tuple>

#include <sys/stat.h>
#include <unistd.h>

using namespace tests;
using namespace core::lambda;
using nlohmann::json;
namespace fs = std::filesystem;

namespace {

std::string textOf(const fs::path& file)
{
    std::ifstream stream(file);
    std::ostringstream text;
    text << stream.rdbuf();
    auto whole = text.str();
    while (whole.ends_with('\n'))
        whole.pop_back();
    return whole;
}

ControlGroupPlace ownPlace()
{
    return placeAmongGroups(textOf("/proc/self/mountinfo"), textOf("/proc/self/cgroup"));
}

// Below one of a place's folders, the groups of this program's chambers that have this name.
std::vector<fs::path> groupsNamed(const fs::path& parent, const std::string& name)
{
    std::vector<fs::path> found;
    const auto prefix = "cloudchamber-" + std::to_string(getpid()) + '-';
    for (const auto& entry : fs::directory_iterator(parent)) {
        if (entry.path().filename().string().starts_with(prefix) && fs::exists(entry.path() / name))
            found.push_back(entry.path() / name);
    }
    return found;
}

// A child process that starts a program below a keeper and is then this program's "chamber" that dies.
ChildCommand commandIn(const std::vector<fs::path>& groups, bool unified, const fs::path& keeper,
    const std::vector<std::string>& words)
{
    ChildCommand command;
    command.program = words.front();
    command.arguments.assign(words.begin() + 1, words.end());
    command.environment = {"PATH=/usr/bin:/bin"};
    command.folder = "/";
    command.keeper = keeper;
    command.groups = groups;
    command.unified = unified;
    return command;
}

}

// Control groups: what they are told, and what they do where this computer lets them be made.
class TstControlGroups : public QObject {
    Q_OBJECT

private:
    fs::path keeper() const { return m_room->folder() / "cache/runtimes" / kKeeperName; }

    std::string idOf(const std::string& name) { return m_room->environments(name)[0]["Id"]; }

    std::string valueIn(const fs::path& parent, const std::string& id, const char* file)
    {
        const auto groups = groupsNamed(parent, id);
        return groups.size() == 1 ? textOf(groups[0] / file) : std::string("no group");
    }

private Q_SLOTS:
    void init()
    {
        qunsetenv("CHAMBER_LAMBDA_CGROUPS");
        qunsetenv("CHAMBER_LAMBDA_CPU");
        qunsetenv("CHAMBER_LAMBDA_SANDBOX");
        m_room = std::make_unique<LambdaRoom>();
    }
    void cleanup()
    {
        m_room.reset();
        qunsetenv("CHAMBER_LAMBDA_CGROUPS");
        qunsetenv("CHAMBER_LAMBDA_CPU");
        qunsetenv("CHAMBER_LAMBDA_SANDBOX");
    }

    void place_isReadFromTheKernel()
    {
        const auto first = placeAmongGroups(
            "30 25 0:26 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:9 - cgroup cgroup rw,cpu,cpuacct\n"
            "31 25 0:27 /part /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
            "32 25 0:28 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"
            "33 25 0:29 / /tmp rw - tmpfs tmpfs rw\n",
            "9:memory:/part/of:it\n8:cpu,cpuacct:/user.slice\n0::/user.slice\n");
        QVERIFY(!first.unified);
        QCOMPARE(first.processor.string(), std::string("/sys/fs/cgroup/cpu,cpuacct/user.slice"));
        QCOMPARE(first.memory.string(), std::string("/sys/fs/cgroup/memory/of:it"));
        QVERIFY(first.processes.empty());
        const auto second =
            placeAmongGroups("30 25 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw,nsdelegate\n",
                "0::/user.slice/a:b.scope\n");
        QVERIFY(second.unified);
        QCOMPARE(second.memory.string(), std::string("/sys/fs/cgroup/user.slice/a:b.scope"));
        const auto moved = placeAmongGroups("30 25 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
            "0::/user.slice/a.scope/cloudchamber-main\n");
        QCOMPARE(moved.memory.string(), std::string("/sys/fs/cgroup/user.slice/a.scope"));
        QVERIFY(placeAmongGroups("", "").memory.empty());
    }

    void unifiedGroup_isToldItsLimits()
    {
        QTemporaryDir folder;
        const fs::path own = folder.path().toStdString();
        std::ofstream(own / "cgroup.subtree_control") << "";
        const ControlGroups groups({true, own, own, own});
        QCOMPARE(groups.why(), std::string());
        const auto group = groups.make("a", {128, 512});
        QVERIFY(group && group->isUnified());
        QCOMPARE(group->folders().size(), std::size_t{1});
        const auto& its = group->folders()[0];
        QCOMPARE(textOf(its / "memory.max"), std::to_string(640 * 1024 * 1024));
        QCOMPARE(textOf(its / "memory.swap.max"), std::string("0"));
        QCOMPARE(textOf(its / "memory.oom.group"), std::string("1"));
        QCOMPARE(textOf(its / "pids.max"), std::string("1024"));
        QVERIFY2(!fs::exists(its / "cpu.weight"), "a start gets the whole processor");
        QVERIFY(group->holdProcessor());
        QCOMPARE(textOf(its / "cpu.weight"), std::string("7"));
        QVERIFY(!fs::exists(its / "cpu.max"));
        qputenv("CHAMBER_LAMBDA_CPU", "quota");
        const auto large = groups.make("b", {10'240, 0});
        QVERIFY(large->holdProcessor());
        QCOMPARE(textOf(large->folders()[0] / "cpu.max"), std::string("115771 20000"));
        QVERIFY(!fs::exists(large->folders()[0] / "cpu.weight"));
    }

    void groupWithOtherPrograms_isLeftAlone()
    {
        QTemporaryDir folder;
        const fs::path own = folder.path().toStdString();
        // Takes nothing, as a group takes no controllers for its children that has processes of its own.
        fs::create_directory(own / "cgroup.subtree_control");
        std::ofstream(own / "cgroup.procs") << "1\n" << getpid() << '\n';
        const ControlGroups groups({true, own, own, own});
        QVERIFY(groups.why().starts_with("other programs stand in the chamber's own control group"));
        QVERIFY(!fs::exists(own / "cloudchamber-main"));
        QVERIFY(!groups.make("a", {128, 0}));
        // Alone there, the chamber moves into a child.
        std::ofstream(own / "cgroup.procs") << getpid() << '\n';
        const ControlGroups alone({true, own, own, own});
        QCOMPARE(textOf(own / "cloudchamber-main/cgroup.procs"), std::to_string(getpid()));
    }

    void groupOfTheChamberAlone_isLeftBeforeItGivesControllers()
    {
        QTemporaryDir folder;
        const fs::path own = folder.path().toStdString();
        // Would take them at once, as a group takes those that may divide threads.
        std::ofstream(own / "cgroup.subtree_control") << "";
        std::ofstream(own / "cgroup.type") << "domain\n";
        std::ofstream(own / "cgroup.procs") << getpid() << '\n';
        const ControlGroups groups({true, own, own, own});
        QCOMPARE(groups.why(), std::string());
        QCOMPARE(textOf(own / "cloudchamber-main/cgroup.procs"), std::to_string(getpid()));
        QVERIFY(!textOf(own / "cgroup.subtree_control").empty());
    }

    void turnedOff_thereAreNone()
    {
        qputenv("CHAMBER_LAMBDA_CGROUPS", "off");
        const ControlGroups groups;
        QCOMPARE(groups.why(), std::string("CHAMBER_LAMBDA_CGROUPS is off"));
        QVERIFY(!groups.make("a", {128, 0}));
    }

    void environment_standsInItsGroupUntilItsEnd()
    {
        if (const ControlGroups groups; !groups.why().empty())
            QSKIP(groups.why().c_str());
        const auto sleeps = ours("300.91");
        m_room->create("held", "python3.12",
            "import os\ndef handler(event, context):\n    over, open_until_exec = os.pipe()\n"
            "    if os.fork() == 0:\n        os.setsid()\n        os.execve('/bin/sleep', ['sleep', '"
                + sleeps
                + "'], {})\n    os.close(open_until_exec)\n    os.read(over, 1)\n"
                  "    return open('/proc/self/cgroup').read()\n");
        QCOMPARE(m_room->invoke("held").functionError, std::string());
        const auto id = idOf("held");
        const auto place = ownPlace();
        const bool enclosed = findBubblewrap().has_value();
        const auto megabytes = std::to_string((128 + (enclosed ? 512 : 0)) * 1024 * 1024);
        QCOMPARE(
            valueIn(place.memory, id, place.unified ? "memory.max" : "memory.limit_in_bytes"), megabytes);
        QCOMPARE(valueIn(place.processes, id, "pids.max"), std::string("1024"));
        QCOMPARE(valueIn(place.processor, id, place.unified ? "cpu.weight" : "cpu.shares"),
            std::string(place.unified ? "7" : "74"));
        const auto standsThere = [&](int pid) {
            return textOf("/proc/" + std::to_string(pid) + "/cgroup").find(id) != std::string::npos;
        };
        QTRY_VERIFY(standsThere(m_room->environments("held")[0]["Pid"]));
        QTRY_COMPARE(processesWith(sleeps).size(), std::size_t{1});
        QTRY_VERIFY(standsThere(processesWith(sleeps).front()));
        (void)m_room->call("EndEnvironments", {{"FunctionName", "held"}});
        QTRY_VERIFY(groupsNamed(place.memory, id).empty());
        QTRY_VERIFY(groupsNamed(place.processor, id).empty());
    }

    void isolation_namesTheGroupOrWhyThereIsNone()
    {
        for (const bool off : {false, true}) {
            qputenv("CHAMBER_LAMBDA_CGROUPS", off ? "off" : "on");
            m_room = std::make_unique<LambdaRoom>();
            const ControlGroups groups;
            m_room->create("any", "python3.12", "def handler(event, context): pass\n");
            (void)m_room->invoke("any");
            std::string detail;
            const auto track = *m_room->latestTrack();
            for (const auto& span : track.spans) {
                for (const auto& step : span.steps)
                    detail += step.title == "Isolation" ? step.detail : "";
            }
            QVERIFY2(detail.find(groups.why().empty() ? "A control group holds it to "
                                                      : "No control group, but a nice value: " + groups.why())
                    != std::string::npos,
                detail.c_str());
        }
    }

    void memoryOfTheGroup_isALimitNobodyPasses()
    {
        const ControlGroups groups;
        if (!groups.why().empty())
            QSKIP(groups.why().c_str());
        const auto group = groups.make("fills", {64, 0});
        // The keeper itself looks at nothing here.
        const auto started = ChildProcess::start(commandIn(group->folders(), group->isUnified(), keeper(),
            {"/usr/bin/python3", "-c",
                "import time\ntime.sleep(0.2)\nk = []\nwhile True: k.append(b'x' * 8000000)\n"}));
        QVERIFY(started.has_value());
        const int status = (*started)->reap();
        QVERIFY(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        QCOMPARE((*started)->cause(), KeeperCause::Memory);
        QVERIFY(!fs::exists(group->folders()[0]));
    }

    void processesBeyondTheLimit_areRefusedToTheFunction()
    {
        if (const ControlGroups groups; !groups.why().empty())
            QSKIP(groups.why().c_str());
        m_room->create("many", "python3.12",
            "import threading\ndef handler(event, context):\n    over = threading.Event()\n    count = 0\n"
            "    try:\n        for i in range(1100):\n"
            "            threading.Thread(target=over.wait, daemon=True).start()\n            count += 1\n"
            "    except RuntimeError:\n        pass\n    over.set()\n    return count\n",
            {{"MemorySize", 1024}, {"Timeout", 60}});
        const auto invoked = m_room->invoke("many");
        QCOMPARE(invoked.functionError, std::string());
        const int count = invoked.json;
        QVERIFY2(count > 1000 && count < 1024, invoked.payload.c_str());
    }

    void quota_isAPartOfAProcessor()
    {
        const ControlGroups groups;
        if (!groups.why().empty())
            QSKIP(groups.why().c_str());
        qputenv("CHAMBER_LAMBDA_CPU", "quota");
        m_room->create("works", "python3.12",
            "import time\ndef handler(event, context):\n    began = time.monotonic()\n    used = "
            "time.process_time()\n"
            "    while time.monotonic() - began < 1: pass\n"
            "    return (time.process_time() - used) / (time.monotonic() - began)\n",
            {{"Timeout", 30}});
        const auto invoked = m_room->invoke("works");
        const double part = invoked.json;
        // 128 of 1,769; what it may still use of the period in which it was moved comes on top.
        QVERIFY2(part > 0.01 && part < 0.15, invoked.payload.c_str());
    }

    void killedChamber_leavesNoGroup()
    {
        const auto place = ownPlace();
        if (const ControlGroups groups; !groups.why().empty())
            QSKIP(groups.why().c_str());
        const auto sleeps = ours("300.92");
        ForkedChamber chamber([&] {
            auto groups = std::make_unique<ControlGroups>();
            auto group = groups->make("left", {128, 0});
            auto started = ChildProcess::start(commandIn(group->folders(), group->isUnified(), keeper(),
                {"/bin/sh", "-c", "sleep " + sleeps + "; true"}));
            return std::tuple(std::move(groups), std::move(group), std::move(started));
        });
        const auto mine = [&] {
            std::vector<fs::path> found;
            for (const auto& entry : fs::directory_iterator(place.memory)) {
                if (entry.path().filename().string().starts_with(
                        "cloudchamber-" + std::to_string(chamber.pid()) + '-'))
                    found.push_back(entry.path());
            }
            return found;
        };
        QTRY_COMPARE(processesWith(sleeps).size(), std::size_t{3}); // with the keeper
        QTRY_COMPARE(mine().size(), std::size_t{1});
        const auto left = mine()[0] / "left";
        QVERIFY(fs::exists(left));
        chamber.kill();
        // The keeper takes the environment's along, the next chamber the rest.
        QTRY_VERIFY(!fs::exists(left));
        const ControlGroups next;
        QVERIFY(mine().empty());
    }

    void unifiedHierarchy_isEnteredAtBirth()
    {
        fs::path folder =
            fs::exists("/sys/fs/cgroup/unified/cgroup.procs") ? "/sys/fs/cgroup/unified" : "/sys/fs/cgroup";
        folder /= "cloudchamber-test-" + std::to_string(getpid());
        if (mkdir(folder.c_str(), 0755) != 0 || !fs::exists(folder / "cgroup.procs")) {
            rmdir(folder.c_str());
            QSKIP("this user may make no group of version 2");
        }
        {
            const auto started = ChildProcess::start(
                commandIn({folder}, true, keeper(), {"/bin/sh", "-c", "sleep 300.93; true"}));
            QVERIFY(started.has_value());
            QTRY_VERIFY((*started)->pid() > 0);
            // At once: nobody has to move it.
            const auto groups = textOf("/proc/" + std::to_string((*started)->pid()) + "/cgroup");
            QVERIFY2(groups.ends_with(folder.filename().string()), groups.c_str());
        }
        QTRY_VERIFY(!fs::exists(folder));
    }

private:
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstControlGroups, "tst_control_groups")
#include "tst_control_groups.moc"
