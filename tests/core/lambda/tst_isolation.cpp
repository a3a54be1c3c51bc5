#include "tests/core/lambda/forked_chamber.h"
#include "tests/core/lambda/lambda_room.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include "core/lambda/sandbox.h"

#include <QTest>

#include <filesystem>

using namespace tests;
using nlohmann::json;

namespace {

json marked(const std::string& mark)
{
    return {{"Environment", {{"Variables", {{"MARK", mark}}}}}};
}

// A child of a child in a session of its own, with an environment of its own: nothing leads from it to the
// function but that it was started below it.
const char* const kDaemon = "import os\n"
                            "def daemon(mark):\n"
                            // The pipe is open in the daemon until it is a program of its own.
                            "    over, open_until_exec = os.pipe()\n"
                            "    if os.fork():\n        os.close(open_until_exec)\n"
                            "        os.read(over, 1)\n        return\n"
                            "    os.setsid()\n"
                            "    if os.fork():\n        os._exit(0)\n"
                            "    os.execve('/bin/sleep', ['sleep', mark], {})\n";

}

// What keeps the processes of functions in and ends them, with a sandbox and without one.
class TstIsolation : public QObject {
    Q_OBJECT

private:
    static void bothWays()
    {
        QTest::addColumn<QByteArray>("sandbox");
        if (core::lambda::findBubblewrap())
            QTest::newRow("bubblewrap") << QByteArray("auto");
        QTest::newRow("process group") << QByteArray("off");
    }

    void open()
    {
        QFETCH(QByteArray, sandbox);
        qputenv("CHAMBER_LAMBDA_SANDBOX", sandbox);
    }

    bool isEnclosed() const { return qgetenv("CHAMBER_LAMBDA_SANDBOX") == "auto"; }

private Q_SLOTS:
    void init()
    {
        qunsetenv("CHAMBER_LAMBDA_SANDBOX");
        m_room = std::make_unique<LambdaRoom>();
    }
    void cleanup() { m_room.reset(); }
    void cleanupTestCase() { qunsetenv("CHAMBER_LAMBDA_SANDBOX"); }

    void daemonsOfAFunction_endWithItsEnvironment_data() { bothWays(); }
    void daemonsOfAFunction_endWithItsEnvironment()
    {
        open();
        const auto mark = ours(isEnclosed() ? "300.71" : "300.72");
        m_room->create("forks", "python3.12",
            std::string(kDaemon) + "def handler(event, context):\n    daemon('" + mark
                + "')\n    return 1\n");
        QCOMPARE(m_room->invoke("forks").payload, std::string("1"));
        QTRY_COMPARE(processesWith(mark).size(), std::size_t{1});
        (void)m_room->call("EndEnvironments", {{"FunctionName", "forks"}});
        QTRY_COMPARE(processesWith(mark).size(), std::size_t{0});
    }

    void daemonsOfAFunction_endWithAnExit_data() { bothWays(); }
    void daemonsOfAFunction_endWithAnExit()
    {
        open();
        const auto mark = ours(isEnclosed() ? "300.73" : "300.74");
        m_room->create("exits", "python3.12",
            std::string(kDaemon) + "def handler(event, context):\n    daemon('" + mark
                + "')\n    os._exit(7)\n");
        QVERIFY(m_room->invoke("exits").payload.find("exit status 7") != std::string::npos);
        QTRY_COMPARE(processesWith(mark).size(), std::size_t{0});
    }

    // Else it would wait for them without rest, at the cost of a core.
    void keeper_hearsOfItsChildren_data() { bothWays(); }
    void keeper_hearsOfItsChildren()
    {
        open();
        m_room->create("idle", "python3.12", "def handler(event, context):\n    return 1\n");
        QCOMPARE(m_room->invoke("idle").payload, std::string("1"));
        const auto keepers = processesWith((m_room->folder() / "cache/runtimes/keeper").string());
        QVERIFY(!keepers.empty());
        QStringList opened;
        for (const auto& entry :
            std::filesystem::directory_iterator("/proc/" + std::to_string(keepers.front()) + "/fd")) {
            std::error_code closed; // since the folder was read
            opened << QString::fromStdString(std::filesystem::read_symlink(entry, closed).string());
        }
        QVERIFY2(opened.contains(QStringLiteral("anon_inode:[signalfd]")),
            qPrintable(opened.join(QLatin1Char(' '))));
    }

    void chamberThatDies_takesItsFunctionsAlong()
    {
        const auto mark = ours("300.76");
        core::lambda::ChildCommand command;
        command.program = "/bin/sh";
        command.arguments = {"-c", "(setsid sleep " + mark + " &) ; sleep " + mark};
        command.folder = "/";
        command.keeper = m_room->folder() / "cache/runtimes" / core::lambda::kKeeperName;
        ForkedChamber chamber([&] { return core::lambda::ChildProcess::start(command); });
        QTRY_VERIFY(processesWith(mark).size() >= 3); // with the keeper
        chamber.kill();
        QTRY_COMPARE(processesWith(mark).size(), std::size_t{0});
    }

    void memoryBeyondTheLimit_isOutOfMemory_data()
    {
        QTest::addColumn<QByteArray>("sandbox");
        QTest::addColumn<QString>("runtime");
        QTest::addColumn<QString>("code");
        const QString python = "import subprocess\nkept = []\ndef handler(event, context):\n"
                               "    while True: kept.append(b'x' * 8000000)\n";
        const QString child = "import subprocess\ndef handler(event, context):\n"
                              "    subprocess.run(['/usr/bin/python3', '-c', \"k = []\\nwhile True: "
                              "k.append(b'x' * 8000000)\"])\n    return 'lives on'\n";
        const QString node = "const kept = []; export const handler = async () => { for (;;) "
                             "kept.push(Buffer.alloc(8000000, 1)); };";
        for (const char* sandbox : {"auto", "off"}) {
            if (*sandbox == 'a' && !core::lambda::findBubblewrap())
                continue;
            QTest::addRow("python %s", sandbox) << QByteArray(sandbox) << "python3.12" << python;
            QTest::addRow("child %s", sandbox) << QByteArray(sandbox) << "python3.12" << child;
            QTest::addRow("node %s", sandbox) << QByteArray(sandbox) << "nodejs20.x" << node;
        }
    }
    void memoryBeyondTheLimit_isOutOfMemory()
    {
        open();
        QFETCH(QString, runtime);
        QFETCH(QString, code);
        m_room->create("fills", runtime.toStdString(), code.toStdString(), {{"Timeout", 60}});
        const auto invoked = m_room->invoke("fills");
        QCOMPARE(invoked.status, 200);
        QCOMPARE(invoked.functionError, std::string("Unhandled"));
        QCOMPARE(invoked.json.value("errorType", invoked.payload), std::string("Runtime.OutOfMemory"));
        QVERIFY(invoked.json["errorMessage"].get<std::string>().ends_with(
            " Error: Runtime exited with error: signal: killed"));
        QVERIFY(invoked.log.find("Error: Runtime exited with error: signal: killed\nRuntime.OutOfMemory\n")
            != std::string::npos);
        QVERIFY(invoked.log.find("Max Memory Used: 128 MB\tInit") != std::string::npos
            || invoked.log.find("Max Memory Used: 128 MB\tStatus") != std::string::npos);
        QVERIFY(invoked.log.ends_with("Status: error\tError Type: Runtime.OutOfMemory\n"));
    }

    void memoryWithinTheLimit_isGiven()
    {
        m_room->create("uses", "python3.12",
            "def handler(event, context):\n    return len(b'x' * 150000000)\n",
            {{"MemorySize", 256}, {"Timeout", 30}});
        const auto invoked = m_room->invoke("uses");
        QCOMPARE(invoked.payload, std::string("150000000"));
        const int peak = m_room->call("ListRuns", {{"FunctionName", "uses"}})->at("Runs")[0]["MaxMemoryMB"];
        QVERIFY2(peak > 140 && peak < 256, std::to_string(peak).c_str());
    }

    void limits_areAws()
    {
        m_room->create("limits", "python3.12",
            "import resource as r\ndef handler(event, context):\n"
            "    return [r.getrlimit(r.RLIMIT_NOFILE), r.getrlimit(r.RLIMIT_CORE)]\n");
        QCOMPARE(m_room->invoke("limits").payload, std::string("[[1024, 1024], [0, 0]]"));
    }

    void forkBomb_isEnded_data() { bothWays(); }
    void forkBomb_isEnded()
    {
        open();
        const auto mark = ours(isEnclosed() ? "bomb-in" : "bomb-out");
        auto more = marked(mark);
        more["Timeout"] = 120;
        more["MemorySize"] = 10'240;
        m_room->create("bomb", "provided.al2023", "", [&] {
            more["Handler"] = "any";
            more["Code"] = {{"ZipFile",
                zip64({{"bootstrap!",
                    "#!/bin/sh\nwhile [ $((n = n + 1)) -lt 3000 ]; do sleep 100 & done\nsleep 100\n"}})}};
            return more;
        }());
        const auto invoked = m_room->invoke("bomb");
        QCOMPARE(invoked.functionError, std::string("Unhandled"));
        QCOMPARE(invoked.json.value("errorType", invoked.payload), std::string("Runtime.ExitError"));
        QTRY_COMPARE(processesWith("MARK=" + mark).size(), std::size_t{0});
    }

    void enclosedFunction_seesAwsFoldersOnly()
    {
        if (!core::lambda::findBubblewrap())
            QSKIP("bubblewrap does not work here");
        m_room->create("sees", "python3.12",
            "import os\n"
            "def tries(path):\n    try:\n        open(path, 'w').write('x')\n        return True\n"
            "    except OSError:\n        return False\n"
            "def handler(event, context):\n    size = os.statvfs('/tmp')\n    return {\n"
            "        'task': [__file__, os.getcwd(), os.environ['LAMBDA_TASK_ROOT'], "
            "os.listdir('/var/task')],\n"
            "        'writes': [tries('/var/task/x'), tries('/usr/x'), tries('/x'), tries('/var/x'),\n"
            "            tries('/opt/x'), tries('/tmp/x')],\n"
            "        'tmp': [os.listdir('/tmp') == ['x'] or os.listdir('/tmp'), size.f_blocks * "
            "size.f_frsize],\n"
            "        'chamber': os.path.exists(event), 'pid': os.getpid() < 20, 'opt': os.listdir('/opt')}\n",
            {{"EphemeralStorage", {{"Size", 600}}}});
        const auto invoked =
            m_room->invoke("sees", json((m_room->folder() / "chamber.sqlite").string()).dump());
        QCOMPARE(invoked.json["task"].dump(),
            std::string(R"(["/var/task/app.py","/var/task","/var/task",["app.py"]])"));
        QCOMPARE(invoked.json["writes"].dump(), std::string("[false,false,false,false,false,true]"));
        // The folder of the chamber under test lies below the real /tmp.
        QCOMPARE(invoked.json["tmp"][0].dump(), std::string("true"));
        QCOMPARE(invoked.json["tmp"][1].dump(), std::to_string(600 * 1024 * 1024));
        QCOMPARE(invoked.json["chamber"].dump(), std::string("false"));
        QCOMPARE(invoked.json["pid"].dump(), std::string("true"));
        QCOMPARE(invoked.json["opt"].dump(), std::string("[]"));
        QCOMPARE(m_room->environments("sees")[0]["Isolation"].get<std::string>(), std::string("bubblewrap"));
    }

    void temporaryFiles_areBounded()
    {
        const auto bubblewrap = core::lambda::findBubblewrap();
        if (!bubblewrap || !bubblewrap->bounds)
            QSKIP("bubblewrap 0.7 does not work here");
        m_room->create("writes", "python3.12",
            "import os\ndef handler(event, context):\n    with open('/tmp/x', 'wb') as file:\n"
            "        for i in range(600): file.write(b'x' * 1048576)\n",
            {{"Timeout", 60}});
        const auto invoked = m_room->invoke("writes");
        QCOMPARE(invoked.json["errorMessage"].get<std::string>(),
            std::string("[Errno 28] No space left on device"));
    }

    void layers_areMappedToOpt()
    {
        if (!core::lambda::findBubblewrap())
            QSKIP("bubblewrap does not work here");
        const auto layer = *m_room->call("PublishLayerVersion",
            {{"LayerName", "words"},
                {"Content", {{"ZipFile", zip64({{"python/words.py", "word = 'hi'"}})}}}});
        m_room->create("reads", "python3.12",
            "import words\ndef handler(event, context):\n    return [words.word, words.__file__]\n",
            {{"Layers", {layer["LayerVersionArn"]}}});
        QCOMPARE(m_room->invoke("reads").payload, std::string(R"(["hi", "/opt/python/words.py"])"));
    }

    void isolation_isOnTheTrack_data() { bothWays(); }
    void isolation_isOnTheTrack()
    {
        open();
        m_room->create("any", "python3.12", "def handler(event, context): pass\n");
        (void)m_room->invoke("any");
        std::string detail;
        const auto track = *m_room->latestTrack();
        for (const auto& span : track.spans) {
            for (const auto& step : span.steps) {
                if (step.title == "Isolation")
                    detail = step.detail;
            }
        }
        QVERIFY2(detail.starts_with(isEnclosed() ? "In bubblewrap: " : "Without a sandbox"), detail.c_str());
        QVERIFY(detail.find("128 MB") != std::string::npos);
    }

private:
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstIsolation, "tst_isolation")
#include "tst_isolation.moc"
