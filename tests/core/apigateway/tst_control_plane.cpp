#include "core/base/text.h"
#include "tests/core/apigateway/api_fixture.h"
#include "tests/support/suites.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using nlohmann::json;
using namespace core;

namespace {

json readCases(const QString& file)
{
    QFile cases(file);
    if (!cases.open(QIODevice::ReadOnly))
        qFatal("%s does not open", qPrintable(file));
    return json::parse(cases.readAll().toStdString());
}

// "{name}" replaced by what an earlier step kept.
json filled(const json& value, const std::map<std::string, std::string>& kept)
{
    auto text = value.dump();
    for (const auto& [name, known] : kept)
        text = replaceAll(std::move(text), "{" + name + "}", known);
    return json::parse(text);
}

QString statedError(const Error& error)
{
    return QString::fromStdString(error.code + ": " + error.message);
}

}

// Runs tests/cases/apigateway: each case in a gateway of its own, after its file's "before" steps. A step's
// answer is compared whole ("answer") or at JSON pointers ("has", null for absent); shapes and wording are
// those recorded from AWS.
class TstControlPlane : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void actions_answerAsRecorded_data();
    void actions_answerAsRecorded();
};

void TstControlPlane::actions_answerAsRecorded_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("index");
    QDirIterator files(
        QStringLiteral(CHAMBER_SOURCE_DIR "/tests/cases/apigateway"), {QStringLiteral("*.json")});
    while (files.hasNext()) {
        const auto file = files.next();
        const auto cases = readCases(file).at("cases");
        for (int i = 0; i < static_cast<int>(cases.size()); ++i) {
            const auto name = cases.at(static_cast<std::size_t>(i)).at("name").get<std::string>();
            QTest::newRow((files.fileName().toStdString() + ": " + name).c_str()) << file << i;
        }
    }
}

void TstControlPlane::actions_answerAsRecorded()
{
    QFETCH(QString, file);
    QFETCH(int, index);
    const auto all = readCases(file);
    auto steps = all.at("before");
    for (const auto& step : all.at("cases").at(static_cast<std::size_t>(index)).at("steps"))
        steps.push_back(step);

    ApiFixture gateway;
    std::map<std::string, std::string> kept;
    for (const auto& step : steps) {
        const auto action = step.at("action").get<std::string>();
        const auto answer = gateway.call(action, filled(step.at("request"), kept));
        const auto where = QString::fromStdString(step.dump());
        if (!answer) {
            const auto said = statedError(answer.error());
            const auto whole = QString::fromStdString(step.value("error", ""));
            const auto begin = QString::fromStdString(step.value("errorBegins", ""));
            QVERIFY2(!whole.isEmpty() || !begin.isEmpty(), qPrintable(said + "\n" + where));
            if (!whole.isEmpty())
                QCOMPARE(said, whole);
            QVERIFY2(said.startsWith(begin), qPrintable(said + "\n" + where));
            QCOMPARE(gateway.statusOf(answer.error()), step.at("status").get<int>());
            continue;
        }
        QVERIFY2(!step.contains("error") && !step.contains("errorBegins"), qPrintable("succeeded: " + where));
        QCOMPARE(gateway.statusOf(action), step.at("status").get<int>());
        const auto keep = step.value("keep", json::object());
        for (const auto& [name, pointer] : keep.items())
            kept[name] = answer->at(json::json_pointer(pointer.get<std::string>())).get<std::string>();
        if (step.contains("answer"))
            QCOMPARE(jsonText(*answer), jsonText(filled(step.at("answer"), kept)));
        const auto has = filled(step.value("has", json::object()), kept);
        for (const auto& [pointer, expected] : has.items()) {
            const json::json_pointer at(pointer);
            QCOMPARE(jsonText(answer->contains(at) ? answer->at(at) : json(nullptr)), jsonText(expected));
        }
    }
}

CHAMBER_SUITE(TstControlPlane, "tst_control_plane")
#include "tst_control_plane.moc"
