#include "core/project/sam_import.h"
#include "tests/support/patience.h"
#include "tests/support/places.h"
#include "tests/support/suites.h"
#include "tests/support/temp_chamber.h"
#include "tests/ui/support/screens.h"
#include "tests/ui/support/ui_bench.h"
#include "ui/code/code_editor.h"
#include "ui/functions/functions_area.h"
#include "ui/functions/run_console.h"
#include "ui/kit/controls.h"

#include <nlohmann/json.hpp>

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;
using nlohmann::json;
using namespace ui::functions;

class TstFunctionsArea : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void models_areModels();
    void sample_opensTheHandlersFile();
    void run_showsResponseLogsAndMeasures();
    void save_reloadsAndCanBeUndone();
    void settings_canBeUndone();
    void throwingHandler_isShownAsFailed();
    void brokenEvent_isRefusedInPlace();
    void change_byAnSdkShowsAtOnce();
    void screens();

private:
    void open(const QString& function);
    void run();
    ui::code::CodeEditor* editor() const;

    std::unique_ptr<tests::TempChamber> m_chamber;
    std::unique_ptr<tests::UiBench> m_bench;
    std::unique_ptr<FunctionsArea> m_area;
};

void TstFunctionsArea::init()
{
    m_chamber = std::make_unique<tests::TempChamber>();
    const auto report = core::project::openSample(
        places::source("resources/samples/corner-bookshop"), m_chamber->caller(), "us-east-1");
    QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
    m_bench = std::make_unique<tests::UiBench>(ui::bridge::Engine::of(m_chamber->chamber()));
    m_area = std::make_unique<FunctionsArea>(m_bench->context);
    m_area->resize(tests::kLargeScreen);
    m_area->show();
    QTRY_COMPARE(tests::named<QListView>(*m_area, u"functionList"_s)->model()->rowCount(), 4);
}

void TstFunctionsArea::cleanup()
{
    m_area.reset();
    m_bench.reset();
    m_chamber.reset();
}

void TstFunctionsArea::open(const QString& function)
{
    m_area->openObject({u"function"_s, u"us-east-1"_s, function});
    QTRY_COMPARE(tests::named<QTabBar>(*m_area, u"functionTabs"_s)->count(), 1);
}

ui::code::CodeEditor* TstFunctionsArea::editor() const
{
    return tests::named<ui::code::CodeEditor>(*m_area, u"functionEditor"_s);
}

void TstFunctionsArea::run()
{
    QVERIFY(tests::click(*m_area, u"functionRun"_s));
    auto* button = tests::named<QPushButton>(*m_area, u"functionRun"_s);
    QTRY_VERIFY(button->isEnabled());
}

void TstFunctionsArea::models_areModels()
{
    auto* functions = makeFunctionModel(this);
    QAbstractItemModelTester functionTester(
        functions, QAbstractItemModelTester::FailureReportingMode::QtTest);
    functions->setRows({{u"a"_s, u"nodejs22.x"_s, {}, {}, 256, 3, {}}});
    QCOMPARE(functions->index(0, 0).data(ui::kit::DetailRole).toString(), u"Node 22, 256 MB"_s);
    auto* runs = makeRunModel(this);
    QAbstractItemModelTester runTester(runs, QAbstractItemModelTester::FailureReportingMode::QtTest);
    runs->setRows({RunRow{.requestId = u"1"_s, .duration = 37'000, .init = 148'000}});
    QCOMPARE(runs->index(0, 0).data().toString(), u"Cold"_s);
    auto* log = makeLogModel(this);
    QAbstractItemModelTester logTester(log, QAbstractItemModelTester::FailureReportingMode::QtTest);
    log->setRows(
        {{u"1"_s, u"14:03:26.229"_s, u"START RequestId: x"_s}, {u"2"_s, u"14:03:26.230"_s, u"mine"_s}});
    QCOMPARE(log->index(0, 0).data().toString(), u"26.229"_s);
    QCOMPARE(log->index(0, 1).data().toString(), u"START"_s);
    QCOMPARE(log->index(0, 2).data().toString(), u"RequestId: x"_s);
    QCOMPARE(log->index(1, 1).data().toString(), QString());
    QCOMPARE(log->index(1, 2).data().toString(), u"mine"_s);
    log->setRows({{u"4"_s, u"14:03:26.231"_s,
        u"REPORT RequestId: 5f1c0a77-aaaa-bbbb-cccc-0123456789ab\tDuration: 1.20 ms\tBilled Duration: 2 ms\n"_s}});
    QCOMPARE(log->index(0, 2).data().toString(), u"Duration: 1.20 ms  Billed Duration: 2 ms"_s);
    log->setRows({{u"3"_s, u"14:03:26.231"_s, u"[ERROR] KeyError: 'isbn'"_s}});
    QCOMPARE(log->index(0, 1).data(ui::kit::ToneRole).toInt(), int(ui::kit::Hue::Err));
    QCOMPARE(log->index(0, 2).data().toString(), u"KeyError: 'isbn'"_s);
}

void TstFunctionsArea::sample_opensTheHandlersFile()
{
    open(u"place-order"_s);
    QVERIFY(editor()->text().contains(u"def handler(event, context):"_s));
    QCOMPARE(tests::named<QTabBar>(*m_area, u"functionTabs"_s)->tabText(0), u"app.py"_s);
    QCOMPARE(tests::named<QSpinBox>(*m_area, u"functionMemory"_s)->value(), 256);
}

void TstFunctionsArea::run_showsResponseLogsAndMeasures()
{
    open(u"get-book"_s);
    run();
    auto* response = tests::named<ui::code::CodeEditor>(*m_area, u"functionResponse"_s);
    QTRY_VERIFY(response->text().contains(u"Twenty Thousand Leagues"_s));
    auto* log = tests::named<QTableView>(*m_area, u"functionLog"_s);
    QTRY_VERIFY(log->model()->rowCount() >= 3);
    QTRY_COMPARE(tests::named<QTableView>(*m_area, u"functionRuns"_s)->model()->rowCount(), 1);
    QVERIFY(tests::named<ui::kit::Badge>(*m_area, u"functionStart"_s)->text().startsWith(u"Cold"_s));
    run();
    QTRY_COMPARE(tests::named<ui::kit::Badge>(*m_area, u"functionStart"_s)->text(), u"Warm"_s);
    QVERIFY(tests::named<QLabel>(*m_area, u"functionMeasured"_s)->text().contains(u"of 128 MB"_s));
    tests::named<QCheckBox>(*m_area, u"functionForceCold"_s)->setChecked(true);
    run();
    QTRY_VERIFY(tests::named<ui::kit::Badge>(*m_area, u"functionStart"_s)->text().startsWith(u"Cold"_s));
    QVERIFY(!m_bench->navigator.track.isEmpty());
}

void TstFunctionsArea::save_reloadsAndCanBeUndone()
{
    open(u"get-book"_s);
    const auto before = editor()->text();
    editor()->replaceText(u"def handler(event, context):\n    return {'changed': True}\n"_s);
    QVERIFY(tests::named<QTabBar>(*m_area, u"functionTabs"_s)->tabText(0).endsWith(u'•'));
    QVERIFY(tests::click(*m_area, u"functionSave"_s));
    QTRY_VERIFY(!editor()->isModified());
    run();
    auto* response = tests::named<ui::code::CodeEditor>(*m_area, u"functionResponse"_s);
    QTRY_VERIFY(response->text().contains(u"\"changed\": true"_s));
    m_bench->undo.undo();
    QTRY_COMPARE(editor()->text(), before);
    run();
    QTRY_VERIFY(response->text().contains(u"statusCode"_s));
    m_bench->undo.redo();
    QTRY_VERIFY(editor()->text().contains(u"changed"_s));
}

void TstFunctionsArea::settings_canBeUndone()
{
    open(u"get-book"_s);
    auto* memory = tests::named<QSpinBox>(*m_area, u"functionMemory"_s);
    memory->setFocus();
    memory->setValue(512);
    QTest::keyClick(memory, Qt::Key_Return);
    const auto stored = [&] {
        const auto answer = m_chamber->caller().call(
            "lambda", "GetFunctionConfiguration", {{"FunctionName", "get-book"}}, {.quiet = true});
        return answer->json()["MemorySize"].get<int>();
    };
    QTRY_COMPARE(stored(), 512);
    m_bench->undo.undo();
    QTRY_COMPARE(stored(), 128);
}

void TstFunctionsArea::throwingHandler_isShownAsFailed()
{
    open(u"get-book"_s);
    editor()->replaceText(u"def handler(event, context):\n    raise ValueError('no such thing')\n"_s);
    run();
    QTRY_COMPARE(tests::named<ui::kit::Badge>(*m_area, u"functionOutcome"_s)->text(), u"Failed, Unhandled"_s);
    QVERIFY(
        tests::named<ui::code::CodeEditor>(*m_area, u"functionResponse"_s)->text().contains(u"ValueError"_s));
}

void TstFunctionsArea::brokenEvent_isRefusedInPlace()
{
    open(u"get-book"_s);
    auto* event = tests::named<ui::code::CodeEditor>(*m_area, u"functionEvent"_s);
    event->replaceText(u"{nope"_s);
    QVERIFY(tests::click(*m_area, u"functionRun"_s));
    QCOMPARE(tests::named<ui::kit::Badge>(*m_area, u"functionOutcome"_s)->text(), u"Refused"_s);
    QCOMPARE(event->text(), u"{nope"_s);
    QCOMPARE(tests::named<QLabel>(*m_area, u"functionEventState"_s)->text(), u"No valid JSON"_s);
}

void TstFunctionsArea::change_byAnSdkShowsAtOnce()
{
    QVERIFY(
        m_chamber->caller().call("lambda", "DeleteFunction", {{"FunctionName", "put-book"}}, {}).has_value());
    QTRY_COMPARE(tests::named<QListView>(*m_area, u"functionList"_s)->model()->rowCount(), 3);
}

void TstFunctionsArea::screens()
{
    open(u"get-book"_s);
    run();
    run();
    QTRY_COMPARE(tests::named<QTableView>(*m_area, u"functionRuns"_s)->model()->rowCount(), 2);
    tests::writeScreenshots(*m_area, u"functions"_s);
    tests::writeScreenshots(*m_area, u"functions-small"_s, tests::kSmallScreen);
}

CHAMBER_SUITE(TstFunctionsArea, "tst_functions_area")
#include "tst_functions_area.moc"
