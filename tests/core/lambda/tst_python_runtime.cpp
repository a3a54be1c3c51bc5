#include "tests/core/lambda/lambda_room.h"
#include "tests/support/suites.h"

#include <QRegularExpression>
#include <QTest>

using namespace tests;
using nlohmann::json;

namespace {

const char* const kAnswers =
    "from decimal import Decimal\n"
    "import uuid\n"
    "answers = {\n"
    "    'decimals': lambda: {'price': Decimal('12.50'), 'all': [Decimal(1), Decimal('1E+2')]},\n"
    "    'nan': lambda: Decimal('NaN'),\n"
    "    'text': lambda: {'body': b'as text'},\n"
    "    'bytes': lambda: b'as they are',\n"
    "    'no text': lambda: [b'\\xff'],\n"
    "    'other': lambda: uuid.UUID(int=1)}\n"
    "def handler(event, context):\n"
    "    return answers[event]()\n";

const char* const kHooks =
    "import os\n"
    "from snapshot_restore_py import register_before_snapshot, register_after_restore\n"
    "seen = []\n"
    "@register_before_snapshot\n"
    "def first():\n    seen.append('first')\n"
    "register_before_snapshot(seen.append, 'second')\n"
    "@register_after_restore\n"
    "def third():\n    seen.append('third')\n"
    "def handler(event, context):\n"
    "    return [os.environ['AWS_LAMBDA_INITIALIZATION_TYPE']] + seen\n";

const json kSnapStart = {{"SnapStart", {{"ApplyOn", "PublishedVersions"}}}};

}

// What Python functions find in AWS's runtime beyond the language: answers that json alone refuses, words of
// the log, hooks.
class TstPythonRuntime : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_room = std::make_unique<LambdaRoom>(); }
    void cleanup() { m_room.reset(); }

    void answers_areMarshalledAsOnAws_data()
    {
        QTest::addColumn<QString>("event");
        QTest::addColumn<QString>("payload");
        QTest::newRow("decimals") << "decimals"
                                  << R"({"price": 12.50, "all": [1, 1E+2]})";
        QTest::newRow("nan") << "nan"
                             << "NaN";
        QTest::newRow("text") << "text"
                              << R"({"body": "as text"})";
        QTest::newRow("bytes") << "bytes"
                               << "as they are";
    }
    void answers_areMarshalledAsOnAws()
    {
        QFETCH(QString, event);
        QFETCH(QString, payload);
        m_room->create("answers", "python3.12", kAnswers);
        const auto invoked = m_room->invoke("answers", json(event.toStdString()).dump());
        QCOMPARE(invoked.functionError, std::string());
        QCOMPARE(invoked.payload, payload.toStdString());
    }

    void otherAnswers_areMarshalErrors_data()
    {
        QTest::addColumn<QString>("event");
        QTest::addColumn<QString>("message");
        QTest::newRow("other") << "other"
                               << "Object of type UUID is not JSON serializable";
        QTest::newRow("no text") << "no text"
                                 << "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte";
    }
    void otherAnswers_areMarshalErrors()
    {
        QFETCH(QString, event);
        QFETCH(QString, message);
        m_room->create("answers", "python3.12", kAnswers);
        const auto invoked = m_room->invoke("answers", json(event.toStdString()).dump());
        QCOMPARE(invoked.json["errorType"].get<std::string>(), std::string("Runtime.MarshalError"));
        QCOMPARE(invoked.json["errorMessage"].get<std::string>(),
            "Unable to marshal response: " + message.toStdString());
    }

    void failedImport_isWarnedOf()
    {
        m_room->create("fails", "python3.12", "import not_there\ndef handler(event, context):\n    pass\n");
        (void)m_room->invoke("fails");
        const auto lines = m_room->logOf("fails");
        const auto error = std::find(lines.begin(), lines.end(),
            "[ERROR] Runtime.ImportModuleError: Unable to import module 'app': No module named 'not_there'\n"
            "Traceback (most recent call last):");
        QVERIFY(error != lines.end() && error != lines.begin());
        const auto before = QString::fromStdString(*(error - 1));
        QVERIFY2(
            before.startsWith("[WARNING]\t") && before.contains("Z\t\tLAMBDA_WARNING: Unhandled exception. "),
            qPrintable(before));
    }

    void jsonRecord_hasMillisecondsAndItsOwnMembers()
    {
        m_room->create("logs", "python3.12",
            "import logging\ndef handler(event, context):\n"
            "    logging.warning('said', extra={'level': 'mine', 'order': 7})\n",
            {{"LoggingConfig", {{"LogFormat", "JSON"}, {"SystemLogLevel", "WARN"}}}});
        (void)m_room->invoke("logs");
        const auto record = json::parse(m_room->logOf("logs").at(0));
        QVERIFY(QRegularExpression(R"(^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$)")
                    .match(QString::fromStdString(record["timestamp"]))
                    .hasMatch());
        QCOMPARE(record["level"].get<std::string>(), std::string("WARNING"));
        QCOMPARE(record["order"].get<int>(), 7);
    }

    void recordThatIsNoJson_failsTheFunction()
    {
        m_room->create("logs", "python3.12",
            "import logging\ndef handler(event, context):\n"
            "    logging.warning('said', extra={'what': object()})\n",
            {{"LoggingConfig", {{"LogFormat", "JSON"}}}});
        const auto invoked = m_room->invoke("logs");
        QCOMPARE(invoked.json["errorType"].get<std::string>(), std::string("TypeError"));
        QCOMPARE(invoked.json["errorMessage"].get<std::string>(),
            std::string("Object of type object is not JSON serializable"));
    }

    void snapshotHooks_runInVersionsAlone()
    {
        m_room->create("hooks", "python3.13", kHooks, kSnapStart);
        QVERIFY(m_room->call("PublishVersion", {{"FunctionName", "hooks"}}).has_value());
        QCOMPARE(m_room->invoke("hooks").payload, std::string(R"(["on-demand"])"));
        QCOMPARE(m_room->invoke("hooks", "{}", {{"Qualifier", "1"}}).payload,
            std::string(R"(["snap-start", "second", "first", "third"])"));
    }

    void failingHook_endsTheStart_data()
    {
        QTest::addColumn<QString>("hook");
        QTest::newRow("before") << "register_before_snapshot";
        QTest::newRow("after") << "register_after_restore";
    }
    void failingHook_endsTheStart()
    {
        QFETCH(QString, hook);
        m_room->create("hooks", "python3.12",
            "import snapshot_restore_py\n"
            "def fails():\n    raise ValueError('in a hook')\n"
            "snapshot_restore_py."
                + hook.toStdString() + "(fails)\ndef handler(event, context):\n    return 1\n",
            kSnapStart);
        QVERIFY(m_room->call("PublishVersion", {{"FunctionName", "hooks"}}).has_value());
        const auto invoked = m_room->invoke("hooks", "{}", {{"Qualifier", "1"}});
        QCOMPARE(invoked.functionError, std::string("Unhandled"));
        QCOMPARE(invoked.json["errorMessage"].get<std::string>(), std::string("in a hook"));
    }

private:
    std::unique_ptr<LambdaRoom> m_room;
};

CHAMBER_SUITE(TstPythonRuntime, "tst_python_runtime")
#include "tst_python_runtime.moc"
