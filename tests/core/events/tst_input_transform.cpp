#include "core/events/input_transform.h"
#include "tests/support/suites.h"

#include <nlohmann/json.hpp>

#include <QTest>

using namespace core::events;
using nlohmann::json;

namespace {

// moc stumbles over a backslash and a quote in raw strings: a tilde stands for it.
QString text(const char* written)
{
    return QString(written).replace('~', "\\\"");
}

}

class TstInputTransform : public QObject {
    Q_OBJECT

    json event() const
    {
        return json::parse(text(
            R"({"time":"2026-11-22T10:00:00Z","detail":{"id":"i-1","n":5,"list":[{"a":"x ~y~"}],"o":{"k":1}}})")
                               .toStdString());
    }

private Q_SLOTS:
    void target_getsWhatItAskedFor_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("payload");
        const auto row = [](const char* name, const char* target, const char* payload) {
            QTest::newRow(name) << text(target) << text(payload);
        };
        row("a constant", R"({"Input":"{~a~:1}"})", R"({"a":1})");
        row("a part", R"({"InputPath":"$.detail.o"})", R"({"k":1})");
        row("an element", R"({"InputPath":"$.detail.list[0].a"})", R"("x ~y~")");
        row("a name in brackets", R"({"InputPath":"$['detail']['n']"})", "5");
        row("nothing", R"({"InputPath":"$.detail.none"})", "null");
        row("a template of text",
            R"({"InputTransformer":{"InputPathsMap":{"id":"$.detail.id","n":"$.detail.n"},"InputTemplate":"~instance <id> has <n>~"}})",
            R"("instance i-1 has 5")");
        row("a template of JSON",
            R"({"InputTransformer":{"InputPathsMap":{"id":"$.detail.id","o":"$.detail.o"},"InputTemplate":"{~id~: <id>, ~o~: <o>, ~t~: ~a <id>~}"}})",
            R"({"id": "i-1", "o": {"k":1}, "t": "a i-1"})");
        row("quotes inside text",
            R"({"InputTransformer":{"InputPathsMap":{"a":"$.detail.list[0].a"},"InputTemplate":"~say <a>~"}})",
            R"("say x ~y~")");
        row("names of the rule", R"({"InputTransformer":{"InputTemplate":"~<aws.events.rule-name>~"}})",
            R"("r")");
        row("a path without a value",
            R"({"InputTransformer":{"InputPathsMap":{"x":"$.detail.none"},"InputTemplate":"{~x~: <x>}"}})",
            R"({"x": ""})");
    }
    void target_getsWhatItAskedFor()
    {
        QFETCH(QString, target);
        QFETCH(QString, payload);
        const auto wanted = json::parse(target.toStdString());
        QVERIFY(checkTargetInput(wanted));
        QCOMPARE(QString::fromStdString(targetInput(wanted, event(), {"arn", "r"})), payload);
    }

    void wholeEvent_isTheUsualInput()
    {
        QCOMPARE(json::parse(targetInput(json::object(), event(), {"arn", "r"})).dump(), event().dump());
    }

    void badInput_isRefused_data()
    {
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("message");
        QTest::newRow("two")
            << text(R"({"Id":"t","Input":"1","InputPath":"$"})")
            << "Only one of Input, InputPath, or InputTransformer must be provided for target t.";
        QTest::newRow("no JSON") << text(R"({"Id":"t","Input":"no JSON"})")
                                 << "JSON syntax error in input for target t.";
        QTest::newRow("no path") << text(R"({"Id":"t","InputPath":"detail"})")
                                 << "Parameter InputPath is not valid: detail";
        QTest::newRow("placeholder") << text(R"({"Id":"t","InputTransformer":{"InputTemplate":"~<x>~"}})")
                                     << "InputTemplate for target t contains invalid placeholder x.";
    }
    void badInput_isRefused()
    {
        QFETCH(QString, target);
        QFETCH(QString, message);
        const auto checked = checkTargetInput(json::parse(target.toStdString()));
        QVERIFY(!checked);
        QCOMPARE(QString::fromStdString(checked.error().message), message);
    }
};

CHAMBER_SUITE(TstInputTransform, "tst_input_transform")
#include "tst_input_transform.moc"
