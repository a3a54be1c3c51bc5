#include "tests/core/lambda/lambda_room.h"
#include "tests/support/suites.h"

#include "core/lambda/node_features.h"

#include <QStandardPaths>
#include <QTest>

using namespace tests;
using nlohmann::json;

namespace {

// Shell functions beside a bootstrap that reads them, in the manner of the developer guide's tutorial on
// custom runtimes.
const std::string kBootstrap =
    "#!/bin/sh\n"
    "set -euo pipefail\n"
    "source $LAMBDA_TASK_ROOT/\"$(echo $_HANDLER | cut -d. -f1).sh\"\n"
    "api=\"http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation\"\n"
    "while true; do\n"
    "  heads=\"$(mktemp)\"\n"
    "  event=$(curl -sS -LD \"$heads\" \"$api/next\")\n"
    "  id=$(grep -Fi Lambda-Runtime-Aws-Request-Id \"$heads\" | tr -d '[:space:]' | cut -d: -f2)\n"
    "  answer=$($(echo \"$_HANDLER\" | cut -d. -f2) \"$event\")\n"
    "  curl -sS \"$api/$id/response\" -d \"$answer\"\n"
    "done\n";
const std::string kShellFunctions = "function shout () { echo \"\\\"heard ${#1} bytes\\\"\"; }\n";

bool isEnclosed()
{
    return core::lambda::findBubblewrap().has_value();
}

json packageOf(const std::map<std::string, std::string>& files, const std::string& handler)
{
    return {{"Handler", handler}, {"Code", {{"ZipFile", zip64(files)}}}};
}

}

// What a runtime finds around it: its shell, its search paths, and the features of Node.js that AWS turns
// off.
class TstRuntimeSurroundings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_room = std::make_unique<LambdaRoom>(); }
    void cleanup() { m_room.reset(); }

    void shellOfACustomRuntime_isBash()
    {
        if (!isEnclosed())
            QSKIP("bubblewrap does not work here");
        if (QStandardPaths::findExecutable("curl").isEmpty())
            QSKIP("curl is not installed");
        m_room->create("shell", "provided.al2023", "",
            packageOf({{"bootstrap!", kBootstrap}, {"words.sh", kShellFunctions}}, "words.shout"));
        QCOMPARE(m_room->invoke("shell", "{\"n\":12}").payload, std::string("\"heard 8 bytes\""));
    }

    void searchPaths_areThoseOfAws_data()
    {
        QTest::addColumn<QString>("runtime");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("modules");
        QTest::newRow("python") << "python3.12"
                                << "import os\ndef handler(event, context):\n"
                                   "    return [os.environ[name] for name in event]\n"
                                << "PYTHONPATH";
        QTest::newRow("node")
            << "nodejs20.x"
            << "export const handler = async (event) => event.map((name) => process.env[name]);"
            << "NODE_PATH";
    }
    void searchPaths_areThoseOfAws()
    {
        if (!isEnclosed())
            QSKIP("bubblewrap does not work here");
        QFETCH(QString, runtime);
        QFETCH(QString, code);
        QFETCH(QString, modules);
        m_room->create("looks", runtime.toStdString(), code.toStdString());
        const auto found =
            m_room->invoke("looks", json({"PATH", "LD_LIBRARY_PATH", modules.toStdString()}).dump()).json;
        QCOMPARE(found[0].get<std::string>(), std::string("/usr/local/bin:/usr/bin:/bin:/opt/bin"));
        QCOMPARE(found[1].get<std::string>(),
            std::string("/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib"));
        const auto paths = QString::fromStdString(found[2].get<std::string>()).split(':');
        if (runtime.startsWith("python")) {
            QCOMPARE(paths,
                QStringList({"/opt/python/lib/python3.12/site-packages", "/opt/python", "/var/runtime"}));
        } else {
            QCOMPARE(
                paths.first(2), QStringList({"/opt/nodejs/node20/node_modules", "/opt/nodejs/node_modules"}));
            QCOMPARE(paths.last(2), QStringList({"/var/runtime", "/var/task"}));
        }
    }

    void requiredFromThePackagesRoot_isFound()
    {
        m_room->create("roots", "nodejs22.x", "",
            packageOf({{"src/index.js", "exports.handler = async () => require('lib/word').word;"},
                          {"lib/word.js", "exports.word = 'from the root';"}},
                "src/index.handler"));
        QCOMPARE(m_room->invoke("roots").payload, std::string("\"from the root\""));
    }

    void functionsOwnSearchPath_stands()
    {
        auto more =
            packageOf({{"app.py", "import word\ndef handler(event, context):\n    return word.word\n"},
                          {"vendor/word.py", "word = 'vendored'"}},
                "app.handler");
        more["Environment"] = {{"Variables", {{"PYTHONPATH", "vendor"}}}};
        m_room->create("vendors", "python3.13", "", more);
        QCOMPARE(m_room->invoke("vendors").payload, std::string("\"vendored\""));
        more["Code"]["ZipFile"] = zip64(
            {{"app.py", "import os\ndef handler(event, context):\n    return os.environ['PYTHONPATH']\n"}});
        m_room->create("shows", "python3.13", "", more);
        QCOMPARE(m_room->invoke("shows").payload, std::string("\"vendor\""));
    }

    void modulesByTheirLooks_areNone_data()
    {
        QTest::addColumn<QString>("runtime");
        QTest::addColumn<QString>("options");
        QTest::addColumn<QString>("expected");
        QTest::newRow("off in 22") << "nodejs22.x"
                                   << ""
                                   << "Runtime.UserCodeSyntaxError";
        QTest::newRow("asked for") << "nodejs22.x"
                                   << "--experimental-require-module --experimental-detect-module"
                                   << "";
        QTest::newRow("on in 24") << "nodejs24.x"
                                  << ""
                                  << "";
    }
    void modulesByTheirLooks_areNone()
    {
        QFETCH(QString, runtime);
        QFETCH(QString, options);
        QFETCH(QString, expected);
        if (!turnsOff("nodejs22.x", 2))
            QSKIP("the installed Node.js does not know these features");
        const auto invoked =
            run(runtime, options, {{"index.js", "export const handler = async () => 'ran';"}});
        QCOMPARE(invoked.json.is_object() ? invoked.json["errorType"].get<std::string>() : "",
            expected.toStdString());
        if (!expected.isEmpty())
            QCOMPARE(invoked.json["errorMessage"].get<std::string>(),
                std::string("SyntaxError: Unexpected token 'export'"));
    }

    void requiredModules_areRefusedBefore24_data()
    {
        QTest::addColumn<QString>("runtime");
        QTest::addColumn<QString>("options");
        QTest::addColumn<bool>("runs");
        QTest::newRow("off in 20") << "nodejs20.x"
                                   << "" << false;
        QTest::newRow("off in 22") << "nodejs22.x"
                                   << "" << false;
        QTest::newRow("asked for") << "nodejs22.x"
                                   << "--experimental-require-module" << true;
        QTest::newRow("on in 24") << "nodejs24.x"
                                  << "" << true;
    }
    void requiredModules_areRefusedBefore24()
    {
        QFETCH(QString, runtime);
        QFETCH(QString, options);
        QFETCH(bool, runs);
        if (!turnsOff("nodejs20.x", 1))
            QSKIP("the installed Node.js does not know this feature");
        const auto invoked = run(runtime, options,
            {{"index.js", "exports.handler = async () => require('./word.mjs').word;"},
                {"word.mjs", "export const word = 'ran';"}});
        QCOMPARE(invoked.functionError.empty(), runs);
        if (!runs)
            QVERIFY2(invoked.log.find("ERR_REQUIRE_ESM") != std::string::npos, invoked.log.c_str());
    }

    void nodeContext_listsWhatAwsLists()
    {
        const auto code = "export const handler = async (event, context) => Object.keys(context);";
        m_room->create("lists", "nodejs22.x", code);
        QCOMPARE(m_room->invoke("lists").payload,
            std::string(R"(["callbackWaitsForEmptyEventLoop","succeed","fail","done","functionVersion",)"
                        R"("functionName","memoryLimitInMB","logGroupName","logStreamName","clientContext",)"
                        R"("identity","invokedFunctionArn","awsRequestId","getRemainingTimeInMillis"])"));
        m_room->create("new", "nodejs24.x", code);
        QCOMPARE(m_room->invoke("new").json[0].get<std::string>(), std::string("clientContext"));
    }

private:
    static bool turnsOff(const char* id, std::size_t count)
    {
        const auto* runtime = core::lambda::findRuntime(id);
        const auto interpreter = core::lambda::findInterpreter(*runtime);
        return interpreter && core::lambda::withoutExperiments(*runtime, *interpreter, "").size() == count;
    }

    Invoked run(
        const QString& runtime, const QString& options, const std::map<std::string, std::string>& files)
    {
        auto more = packageOf(files, "index.handler");
        if (!options.isEmpty())
            more["Environment"] = {{"Variables", {{"NODE_OPTIONS", options.toStdString()}}}};
        m_room->create("tries", runtime.toStdString(), "", more);
        return m_room->invoke("tries");
    }

    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstRuntimeSurroundings, "tst_runtime_surroundings")
#include "tst_runtime_surroundings.moc"
