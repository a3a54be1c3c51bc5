#include "tests/core/lambda/lambda_room.h"
#include "tests/support/suites.h"

#include "core/base/hash.h"

#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <fstream>

using namespace tests;
using nlohmann::json;

namespace {

// A custom runtime that knows nothing but sockets and the Runtime API.
const char* const kIncludes = "#include <arpa/inet.h>\n"
                              "#include <netinet/in.h>\n"
                              "#include <stdlib.h>\n"
                              "#include <string>\n"
                              "#include <sys/socket.h>\n"
                              "#include <unistd.h>\n";
const char* const kBareRuntime =
    "static std::string talk(const std::string& request)\n"
    "{\n"
    "    const std::string api = getenv(\"AWS_LAMBDA_RUNTIME_API\");\n"
    "    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);\n"
    "    sockaddr_in address{};\n"
    "    address.sin_family = AF_INET;\n"
    "    address.sin_port = htons(static_cast<unsigned short>(atoi(api.c_str() + api.find(':') + 1)));\n"
    "    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);\n"
    "    if (connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)\n"
    "        exit(2);\n"
    "    (void)!write(socket, request.data(), request.size());\n"
    "    std::string answer;\n"
    "    char part[4096];\n"
    "    for (ssize_t count = 0; (count = read(socket, part, sizeof part)) > 0;)\n"
    "        answer.append(part, static_cast<size_t>(count));\n"
    "    close(socket);\n"
    "    return answer;\n"
    "}\n"
    "\n"
    "static std::string header(const std::string& answer, const std::string& name)\n"
    "{\n"
    "    const auto at = answer.find(name + \": \") + name.size() + 2;\n"
    "    return answer.substr(at, answer.find('\\r', at) - at);\n"
    "}\n"
    "\n"
    "int main()\n"
    "{\n"
    "    const std::string root = \" /2018-06-01/runtime/invocation/\";\n"
    "    const std::string rest = \" HTTP/1.1\\r\\nHost: api\\r\\nConnection: close\\r\\n\";\n"
    "    for (;;) {\n"
    "        const auto event = talk(\"GET\" + root + \"next\" + rest + \"\\r\\n\");\n"
    "        const auto id = header(event, \"Lambda-Runtime-Aws-Request-Id\");\n"
    "        const auto body = event.substr(event.find(\"\\r\\n\\r\\n\") + 4);\n"
    "        const bool fails = body == \"\\\"fail\\\"\";\n"
    "        const std::string text = fails ? \"{\\\"errorMessage\\\":\\\"as "
    "asked\\\",\\\"errorType\\\":\\\"Mine\\\"}\"\n"
    "                                       : \"{\\\"got\\\":\" + body + \",\\\"deadline\\\":\"\n"
    "                + header(event, \"Lambda-Runtime-Deadline-Ms\") + \"}\";\n"
    "        talk(\"POST\" + root + id + (fails ? \"/error\" : \"/response\") + rest + \"Content-Length: \"\n"
    "            + std::to_string(text.size()) + \"\\r\\n\\r\\n\" + text);\n"
    "    }\n"
    "}\n";

}

// Which code runs on what, and in what forms handlers are found.
class TstRuntimes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_room = std::make_unique<LambdaRoom>(); }
    void cleanup() { m_room.reset(); }

    void compiledBootstrap_speaksTheRuntimeApi_data()
    {
        QTest::addColumn<QString>("runtime");
        QTest::newRow("al2") << "provided.al2";
        QTest::newRow("al2023") << "provided.al2023";
    }
    void compiledBootstrap_speaksTheRuntimeApi()
    {
        QFETCH(QString, runtime);
        static const std::string program = [] {
            const QTemporaryDir folder;
            const auto source = folder.filePath("bootstrap.cpp");
            std::ofstream(source.toStdString()) << kIncludes << kBareRuntime;
            const auto target = folder.filePath("bootstrap");
            if (QProcess::execute("c++", {"-std=c++17", "-o", target, source}) != 0)
                return std::string();
            std::ifstream built(target.toStdString(), std::ios::binary);
            return std::string(std::istreambuf_iterator<char>(built), {});
        }();
        QVERIFY(!program.empty());
        m_room->create("bare", runtime.toStdString(), "",
            {{"Handler", "any"}, {"Code", {{"ZipFile", zip64({{"bootstrap!", program}})}}}});
        const auto answer = m_room->invoke("bare", R"({"n":1})");
        QCOMPARE(answer.functionError, std::string());
        QCOMPARE(answer.json["got"].dump(), std::string(R"({"n":1})"));
        QVERIFY(answer.json["deadline"].get<std::int64_t>() > 1'600'000'000'000);
        const auto failed = m_room->invoke("bare", "\"fail\"");
        QCOMPARE(failed.functionError, std::string("Unhandled"));
        QCOMPARE(failed.payload, std::string(R"({"errorMessage":"as asked","errorType":"Mine"})"));
        QCOMPARE(m_room->environments("bare").size(), std::size_t{1});
    }

    void unusableBootstrap_isExplained_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("text");
        QTest::newRow("missing") << "other"
                                 << "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]";
        QTest::newRow("not executable") << "bootstrap"
                                        << "fork/exec /var/task/bootstrap: permission denied";
        QTest::newRow("without its interpreter")
            << "bootstrap!"
            << "fork/exec /var/task/bootstrap: no such file or directory";
    }
    void unusableBootstrap_isExplained()
    {
        QFETCH(QString, file);
        QFETCH(QString, text);
        m_room->create("odd", "provided.al2023", "",
            {{"Handler", "any"},
                {"Code", {{"ZipFile", zip64({{file.toStdString(), "#!/of/nobody\nexit 0\n"}})}}}});
        const auto invoked = m_room->invoke("odd");
        QCOMPARE(invoked.functionError, std::string("Unhandled"));
        QCOMPARE(invoked.json["errorType"].get<std::string>(), std::string("Runtime.InvalidEntrypoint"));
        const auto message = QString::fromStdString(invoked.json["errorMessage"]);
        QVERIFY2(QRegularExpression("^RequestId: [0-9a-f-]{36} Error: ").match(message).hasMatch()
                && message.endsWith(" Error: " + text),
            qPrintable(message));
        QVERIFY(
            invoked.log.find("Status: error\tError Type: Runtime.InvalidEntrypoint") != std::string::npos);
        QVERIFY(m_room->environments("odd").empty());
    }

    void newNodeRuntime_answersWhatIsReturned_data()
    {
        QTest::addColumn<QString>("runtime");
        QTest::addColumn<QString>("payload");
        QTest::newRow("before Node.js 24") << "nodejs22.x"
                                           << R"(null)";
        QTest::newRow("Node.js 24") << "nodejs24.x"
                                    << R"(["returned",true,true])";
    }
    void newNodeRuntime_answersWhatIsReturned()
    {
        QFETCH(QString, runtime);
        QFETCH(QString, payload);
        m_room->create("sync", runtime.toStdString(),
            "export const handler = (event, context) =>\n"
            "    ['returned', context.done === undefined, context.callbackWaitsForEmptyEventLoop === "
            "undefined];");
        QCOMPARE(m_room->invoke("sync").payload, payload.toStdString());
    }

    void rejection_isLoggedWithItsReason()
    {
        m_room->create("rejects", "nodejs20.x",
            "export const handler = async () => {\n"
            "    Promise.reject(new RangeError('too far'));\n"
            "    await new Promise((done) => setTimeout(done, 5000));\n};");
        const auto invoked = m_room->invoke("rejects");
        QCOMPARE(
            invoked.json["errorType"].get<std::string>(), std::string("Runtime.UnhandledPromiseRejection"));
        QVERIFY(invoked.log.find(R"("reason":{"errorType":"RangeError","errorMessage":"too far","stack":)"
                                 R"(["RangeError: too far")")
            != std::string::npos);
        QVERIFY(invoked.log.find(R"("promise":{})") != std::string::npos);
    }

    void whatIsThrownAndNoError_isWrappedInTheLogAlone()
    {
        m_room->create("throws", "nodejs20.x", "export const handler = async () => { throw 'text'; };");
        const auto invoked = m_room->invoke("throws");
        QCOMPARE(invoked.payload, std::string(R"({"errorType":"string","errorMessage":"text","trace":[]})"));
        QVERIFY(invoked.log.find(R"(Invoke Error )"
                                 "\t"
                                 R"({"errorType":"Error","errorMessage":"text","stack":["Error: text")")
            != std::string::npos);
    }

    void missingImport_isNodesOwnError()
    {
        m_room->create("imports", "nodejs20.x", "import 'nope'; export const handler = async () => 1;");
        const auto invoked = m_room->invoke("imports");
        const auto text = invoked.json["trace"].dump();
        QCOMPARE(
            invoked.json["errorMessage"].get<std::string>().find("Cannot find package 'nope' imported from "),
            std::size_t{0});
        QCOMPARE(invoked.json["trace"][0].get<std::string>(),
            "Error [ERR_MODULE_NOT_FOUND]: " + invoked.json["errorMessage"].get<std::string>());
        QVERIFY2(text.find("data:text") == std::string::npos, text.c_str());
    }

    void circularValue_isNotStringified_data()
    {
        QTest::addColumn<QString>("runtime");
        QTest::addColumn<QString>("type");
        QTest::newRow("before Node.js 24") << "nodejs20.x"
                                           << "Error";
        QTest::newRow("Node.js 24") << "nodejs24.x"
                                    << "Runtime.JSONStringifyError";
    }
    void circularValue_isNotStringified()
    {
        QFETCH(QString, runtime);
        QFETCH(QString, type);
        m_room->create("round", runtime.toStdString(),
            "export const handler = async () => { const value = {}; value.own = value; return value; };");
        const auto invoked = m_room->invoke("round");
        QCOMPARE(invoked.json["errorType"].get<std::string>(), type.toStdString());
        QCOMPARE(invoked.json["errorMessage"].get<std::string>(),
            std::string("Unable to stringify response body"));
    }

    // Without awslambda: as libraries mark the handlers that they wrap.
    void markedHandler_streams()
    {
        m_room->create("marked", "nodejs20.x",
            "export const handler = async (event, stream) => { stream.write('streamed'); stream.end(); };\n"
            "handler[Symbol.for('aws.lambda.runtime.handler.streaming')] = 'response';");
        QCOMPARE(m_room->invoke("marked").payload, std::string("streamed"));
    }

    void pythonOutput_keepsItsOrderAndOutlivesATimeout()
    {
        m_room->create("writes", "python3.12",
            "import sys, time\ndef handler(event, context):\n"
            "    print('one', end=' ')\n    print('two', end=' ', file=sys.stderr)\n    print('three')\n"
            "    print('unfinished', end='')\n    time.sleep(60)\n",
            {{"Timeout", 3}});
        const auto invoked = m_room->invoke("writes");
        QCOMPARE(invoked.json["errorType"].get<std::string>(), std::string("Sandbox.Timedout"));
        QVERIFY2(invoked.log.find("one two three\nunfinished") != std::string::npos, invoked.log.c_str());
    }

    void handlers_areFoundByTheirPaths_data()
    {
        QTest::addColumn<QString>("runtime");
        QTest::addColumn<QString>("handler");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("code");
        const QString python = "def handler(event, context):\n    return 'found'\n";
        QTest::newRow("python package") << "python3.13"
                                        << "src.orders.create.handler"
                                        << "src/orders/create.py" << python;
        QTest::newRow("python folder") << "python3.10"
                                       << "src/orders/create.handler"
                                       << "src/orders/create.py" << python;
        QTest::newRow("node folder") << "nodejs22.x"
                                     << "src/orders/create.handler"
                                     << "src/orders/create.mjs"
                                     << "export const handler = async () => 'found';";
        QTest::newRow("node nested member") << "nodejs18.x"
                                            << "index.orders.v1.create"
                                            << "index.js"
                                            << "exports.orders = { v1: { create: async () => 'found' } };";
        QTest::newRow("node package of modules")
            << "nodejs24.x"
            << "dist/index.handler"
            << "dist/index.mjs"
            << "const found = await Promise.resolve('found'); export const handler = async () => found;";
    }
    void handlers_areFoundByTheirPaths()
    {
        QFETCH(QString, runtime);
        QFETCH(QString, handler);
        QFETCH(QString, file);
        QFETCH(QString, code);
        m_room->create("finds", runtime.toStdString(), "",
            {{"Handler", handler.toStdString()},
                {"Code", {{"ZipFile", zip64({{file.toStdString(), code.toStdString()}})}}}});
        QCOMPARE(m_room->invoke("finds").payload, std::string("\"found\""));
    }

    void nodeContext_hasAwsMembers()
    {
        m_room->create("ctx", "nodejs20.x",
            "export const handler = async (event, context) => [context.functionName, "
            "context.functionVersion,\n"
            "    context.memoryLimitInMB, context.invokedFunctionArn, context.logGroupName,\n"
            "    context.logStreamName.startsWith('2026/11/22/[$LATEST]'), context.awsRequestId.length,\n"
            "    context.getRemainingTimeInMillis() > 1000, context.callbackWaitsForEmptyEventLoop,\n"
            "    context.clientContext.custom.x, process.env._X_AMZN_TRACE_ID.startsWith('Root=1-')];");
        const auto invoked =
            m_room->invoke("ctx", "{}", {{"ClientContext", core::base64(R"({"custom":{"x":7}})")}});
        QCOMPARE(invoked.payload,
            std::string(R"(["ctx","$LATEST","128","arn:aws:lambda:us-east-1:000000000000:function:ctx",)"
                        R"("/aws/lambda/ctx",true,36,true,true,7,true])"));
    }

    void nodeHeap_fitsTheMemory()
    {
        m_room->create("heap", "nodejs20.x",
            "import v8 from 'node:v8'; export const handler = async () =>\n"
            "    v8.getHeapStatistics().heap_size_limit / 1048576 < 300;",
            {{"MemorySize", 256}});
        QCOMPARE(m_room->invoke("heap").payload, std::string("true"));
    }

    void missingSdk_isExplained_data()
    {
        QTest::addColumn<QString>("runtime");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("hint");
        QTest::newRow("node") << "nodejs20.x"
                              << "import '@aws-sdk/client-of-nothing'; export const handler = async () => 1;"
                              << "packaging/npm-install";
        QTest::newRow("python") << "python3.12"
                                << "raise ImportError('none', name='boto3.session')"
                                << "python3-boto3";
    }
    void missingSdk_isExplained()
    {
        QFETCH(QString, runtime);
        QFETCH(QString, code);
        QFETCH(QString, hint);
        m_room->create("sdk", runtime.toStdString(), code.toStdString());
        const auto invoked = m_room->invoke("sdk");
        QCOMPARE(invoked.functionError, std::string("Unhandled"));
        QVERIFY(invoked.log.find(hint.toStdString()) != std::string::npos);
    }

    void retiredRuntime_isRefusedAsOnAws()
    {
        const auto refused = m_room->call("CreateFunction",
            {{"FunctionName", "old"}, {"Runtime", "nodejs14.x"}, {"Handler", "index.handler"},
                {"Role", "arn:aws:iam::000000000000:role/any"},
                {"Code", {{"ZipFile", zip64({{"index.js", ""}})}}}});
        QCOMPARE(refused.error().code, std::string("InvalidParameterValueException"));
        QVERIFY(refused.error().message.find("no longer supported") != std::string::npos);
    }

private:
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstRuntimes, "tst_runtimes")
#include "tst_runtimes.moc"
