#include "tests/core/lambda/lambda_room.h"
#include "tests/support/loopback.h"
#include "tests/support/patience.h"
#include "tests/support/suites.h"

#include "core/http/client.h"

#include <QTest>

#include <thread>

using namespace tests;
using nlohmann::json;

namespace {

// What Node.js says of itself to debuggers; nothing when it does not listen.
json targetsOn(int port)
{
    const auto url = "http://127.0.0.1:" + std::to_string(port) + "/json";
    core::http::Request request;
    request.method = "GET";
    request.target = "/json";
    const auto answer = core::http::send(*core::http::Url::parse(url), std::move(request));
    return answer ? json::parse(answer->body, nullptr, false) : json();
}

}

// Functions that a debugger can attach to.
class TstDebugging : public QObject {
    Q_OBJECT

private:
    core::http::Response debug(const char* method, const std::string& name, const json& body = json::object())
    {
        return m_room->send(method, "/_chamber/lambda/functions/" + name + "/debug", body.dump());
    }

private Q_SLOTS:
    void init() { m_room = std::make_unique<LambdaRoom>(); }
    void cleanup() { m_room.reset(); }

    void node_listensAndDoesNotTimeOut()
    {
        m_room->create("slow", "nodejs20.x",
            "export const handler = async (event) => { await new Promise((r) => setTimeout(r, event.wait ?? "
            "1500)); return process.cwd(); };",
            {{"Timeout", 1}});
        const KeptPort kept;
        const int port = kept.number();
        const auto started = debug("PUT", "slow", {{"Port", port}});
        QCOMPARE(started.status, 200);
        const auto folder = (m_room->folder() / "functions/slow").string();
        QCOMPARE(json::parse(started.body)["Attach"]["localRoot"].get<std::string>(), folder);
        const auto invoked = m_room->invoke("slow");
        QCOMPARE(invoked.payload, json(folder).dump());
        const auto targets = targetsOn(port);
        QVERIFY(targets.is_array() && targets.size() == 1);
        // It waits, but is not frozen. Nor does it get a second environment.
        QTRY_COMPARE(m_room->environments("slow")[0]["State"].get<std::string>(), std::string("Idle"));
        QCOMPARE(m_room->environments("slow")[0]["Frozen"].get<bool>(), false);
        // For longer than this computer may be busy with other things.
        std::thread busy([this] { (void)m_room->invoke("slow", R"({"wait":5000})"); });
        QTRY_COMPARE(m_room->environments("slow")[0]["State"].get<std::string>(), std::string("Busy"));
        QVERIFY(m_room->invoke("slow").payload.starts_with("TooManyRequestsException"));
        busy.join();
        QCOMPARE(json::parse(debug("GET", "slow").body)["Port"].get<int>(), port);
        QCOMPARE(json::parse(debug("DELETE", "slow").body)["Debugging"].get<bool>(), false);
        QTRY_VERIFY(targetsOn(port).is_null());
        QVERIFY(
            m_room->invoke("slow", R"({"wait":60000})").payload.find("Task timed out") != std::string::npos);
    }

    void takenPort_isRefused()
    {
        m_room->create("any", "nodejs20.x", "export const handler = async () => 1;");
        KeptPort taken;
        taken.take();
        const auto refused = debug("PUT", "any", {{"Port", taken.number()}});
        QCOMPARE(refused.status, 400);
        QVERIFY(refused.body.find("is in use") != std::string::npos);
        QCOMPARE(json::parse(debug("GET", "any").body)["Debugging"].get<bool>(), false);
    }

    void python_startsThroughDebugpy()
    {
        // A debugpy that shows how it was started, where the real one may be missing.
        m_room->create("py", "python3.12", "",
            {{"Code",
                {{"ZipFile",
                    zip64({{"app.py",
                               "import sys\ndef handler(event, context):\n    return sys.argv_of_debugpy\n"},
                        {"debugpy/__init__.py", ""},
                        {"debugpy/__main__.py",
                            "import runpy, sys\nsys.argv_of_debugpy = sys.argv[1:-1]\n"
                            "sys.argv = sys.argv[-1:]\nrunpy.run_path(sys.argv[0], "
                            "run_name='__main__')\n"}})}}}});
        const KeptPort kept;
        const int port = kept.number();
        QCOMPARE(debug("PUT", "py", {{"Port", port}, {"Wait", true}}).status, 200);
        QCOMPARE(m_room->invoke("py").payload,
            "[\"--listen\", \"127.0.0.1:" + std::to_string(port) + "\", \"--wait-for-client\"]");
    }

    void customRuntime_isRefused()
    {
        m_room->create("own", "provided.al2023", "", {{"Handler", "any"}});
        QCOMPARE(debug("PUT", "own").status, 400);
    }

private:
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstDebugging, "tst_debugging")
#include "tst_debugging.moc"
