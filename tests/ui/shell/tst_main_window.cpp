#include "tests/support/patience.h"
#include "tests/support/suites.h"
#include "tests/ui/support/screens.h"
#include "tests/ui/support/ui_bench.h"
#include "ui/kit/panes.h"
#include "ui/shell/action_catalogue.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/main_window.h"
#include "ui/shell/rail.h"
#include "ui/shell/start_page.h"
#include "ui/shell/window_settings.h"

#include <nlohmann/json.hpp>

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QUndoStack>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace ui;
using nlohmann::json;

namespace {

const QString kFolder = u"/home/ada/chambers/corner-bookshop.chamber"_s;

// An area that shows what it was asked.
class ProbeArea : public shell::Area {
public:
    ProbeArea(shell::AreaContext& context, const QString& hue)
        : Area(context, hue)
    {
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        auto* header = new kit::AreaHeader;
        header->setObject(u"tbl"_s, kit::Hue::Tbl, u"Books"_s);
        column->addWidget(header);
        splitter = new kit::Splitter(Qt::Horizontal);
        for (auto** part : {&list, &centre, &inspector}) {
            *part = new QLineEdit;
            (*part)->setAccessibleName(u"Part"_s);
            (*part)->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
            splitter->addWidget(*part);
        }
        splitter->setStretchFactor(1, 1);
        splitter->setDefaultSizes({240, 800, 320});
        column->addWidget(splitter, 1);
    }
    void openObject(const shell::ObjectRef& object) override
    {
        opened = object;
        Q_EMIT currentObjectChanged();
    }
    shell::ObjectRef currentObject() const override { return opened; }
    QJsonObject saveState() const override
    {
        return {{u"list"_s, list->text()}, {u"panes"_s, splitter->count()},
            {u"inspector"_s, splitter->indexOf(inspector)}};
    }
    void restoreState(const QJsonObject& state) override { list->setText(state[u"list"_s].toString()); }
    void trackSelected(const QString& id) override { track = id; }
    QList<QWidget*> panes() const override { return {list, centre, inspector}; }
    QWidget* partWidget(Part part) const override
    {
        return part == Part::List ? list : part == Part::Inspector ? inspector : nullptr;
    }

    kit::Splitter* splitter = nullptr;
    QLineEdit* list = nullptr;
    QLineEdit* centre = nullptr;
    QLineEdit* inspector = nullptr;
    shell::ObjectRef opened;
    QString track;
};

QList<shell::AreaEntry> probeEntries()
{
    const auto make = [](const QString& hue) {
        return [hue](shell::AreaContext& context) { return new ProbeArea(context, hue); };
    };
    return {{u"map"_s, u"Map"_s, u"map"_s, kit::Hue::Obs, {u"map"_s}, 0, make(u"obs"_s)},
        {u"tracks"_s, u"Tracks"_s, u"tracks"_s, kit::Hue::Obs, {u"track"_s}, 0, make(u"obs"_s)},
        {u"functions"_s, u"Functions"_s, u"fn"_s, kit::Hue::Fn, {u"function"_s}, 1, make(u"fn"_s)},
        {u"tables"_s, u"Tables"_s, u"tbl"_s, kit::Hue::Tbl, {u"table"_s}, 1, make(u"tbl"_s)}};
}

class RenameCommand : public QUndoCommand {
public:
    RenameCommand(QString& target, QString text)
        : QUndoCommand(u"rename Books"_s)
        , m_target(target)
        , m_new(text)
    {
    }
    void redo() override { std::swap(m_target, m_new); }
    void undo() override { std::swap(m_target, m_new); }

private:
    QString& m_target;
    QString m_new;
};

}

class TstMainWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QSettings().clear();
        m_bench = std::make_unique<tests::UiBench>();
        m_bench->caller.answer("ListTables", {{"TableNames", {"Books", "Orders"}}});
        m_bench->caller.answer("ListFunctions",
            {{"Functions",
                {{{"FunctionName", "place-order"}, {"Runtime", "python3.12"}, {"MemorySize", 256}}}}});
        m_window = std::make_unique<shell::MainWindow>(probeEntries());
        m_window->resize(tests::kLargeScreen);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get(), tests::kPatience));
    }
    void cleanup()
    {
        m_window.reset();
        m_bench.reset();
    }

    void noChamber_showsStartAndDisabledRail()
    {
        QVERIFY(tests::named(*m_window, u"startPage"_s)->isVisible());
        QVERIFY(!tests::named(*m_window, u"rail_map"_s)->isEnabled());
        QCOMPARE(m_window->area(0), nullptr);
    }

    void openChamber_showsFirstAreaAndEndpoint()
    {
        adopt();
        QVERIFY(m_window->area(0));
        QVERIFY(!m_window->area(1)); // built on the first visit
        QVERIFY(tests::named(*m_window, u"rail_map"_s)->isEnabled());
    }

    void railClick_showsArea()
    {
        adopt();
        QVERIFY(tests::click(*m_window, u"rail_tables"_s));
        QCOMPARE(m_window->currentAreaIndex(), 3);
        QVERIFY(m_window->area(3)->isVisible());
    }

    void altNumber_showsArea()
    {
        adopt();
        QTest::keyClick(m_window.get(), Qt::Key_3, Qt::AltModifier);
        QCOMPARE(m_window->currentAreaIndex(), 2);
    }

    void openObject_goesToItsAreaAndBackReturns()
    {
        adopt();
        m_window->open({u"table"_s, u"us-east-1"_s, u"Books"_s});
        QCOMPARE(m_window->currentAreaIndex(), 3);
        QCOMPARE(probe(3)->opened.name, u"Books"_s);
        m_window->open({u"function"_s, u"us-east-1"_s, u"place-order"_s});
        QCOMPARE(m_window->currentAreaIndex(), 2);
        QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(m_window->currentAreaIndex(), 3);
        QCOMPARE(probe(3)->opened.name, u"Books"_s);
        QTest::keyClick(m_window.get(), Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(m_window->currentAreaIndex(), 2);
    }

    void selectTrack_reachesAreasBuiltBeforeAndAfter()
    {
        adopt();
        m_window->selectTrack(u"1-abc"_s);
        QCOMPARE(probe(0)->track, u"1-abc"_s);
        m_window->showArea(1);
        QCOMPARE(probe(1)->track, u"1-abc"_s);
    }

    void palette_findsResourceAndOpensIt()
    {
        adopt();
        QTRY_VERIFY(m_session->resources().find(u"table"_s, u"Books"_s));
        QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
        auto* field = tests::named<QLineEdit>(*m_window, u"paletteField"_s);
        QVERIFY(field->isVisible());
        QTest::keyClicks(field, u"@ord"_s);
        QTest::keyClick(field, Qt::Key_Down);
        QTest::keyClick(field, Qt::Key_Up);
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(!field->isVisible());
        QCOMPARE(m_window->currentAreaIndex(), 3);
        QCOMPARE(probe(3)->opened.name, u"Orders"_s);
    }

    void palette_escapeClosesAndFocusReturns()
    {
        adopt();
        probe(0)->list->setFocus();
        m_window->openPalette();
        auto* field = tests::named<QLineEdit>(*m_window, u"paletteField"_s);
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!field->isVisible());
        QVERIFY(probe(0)->list->hasFocus());
    }

    void palette_hidesWhatCannotBeDoneUntilAsked()
    {
        adopt();
        m_window->openPalette(u">"_s);
        auto* palette = m_window->findChild<shell::CommandPalette*>();
        const auto without = palette->matchCount();
        m_session->undo().push(new RenameCommand(m_name, u"x"_s));
        m_window->openPalette(u">"_s);
        QCOMPARE(palette->matchCount(), without + 1);
    }

    void ctrlTab_goesBetweenTheLastTwo()
    {
        adopt();
        m_window->open({u"table"_s, u"us-east-1"_s, u"Books"_s});
        m_window->open({u"function"_s, u"us-east-1"_s, u"place-order"_s});
        QTest::keyClick(m_window.get(), Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(m_window->currentAreaIndex(), 3);
        QTest::keyClick(m_window.get(), Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(m_window->currentAreaIndex(), 2);
    }

    void partButton_bringsBackWhatAKeyHid()
    {
        adopt();
        auto* button = tests::named(*m_window, u"partInspector"_s);
        QVERIFY(button->isHidden()); // what is in its place needs no button
        QVERIFY(!m_window->findChild<QWidget*>(u"partBottom"_s)); // there is no such part
        QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(probe(0)->inspector->isHidden());
        QVERIFY(tests::click(*m_window, u"partInspector"_s));
        QVERIFY(!probe(0)->inspector->isHidden());
        QVERIFY(button->isHidden());
    }

    void undo_followsTheOneStack()
    {
        adopt();
        QVERIFY(!tests::named(*m_window, u"undoButton"_s)->isEnabled());
        QString name = u"Books"_s;
        m_session->undo().push(new RenameCommand(name, u"Novels"_s));
        QCOMPARE(name, u"Novels"_s);
        QVERIFY(tests::click(*m_window, u"undoButton"_s));
        QCOMPARE(name, u"Books"_s);
        QVERIFY(tests::named(*m_window, u"toast"_s));
        QVERIFY(tests::click(*m_window, u"toastAction"_s));
        QCOMPARE(name, u"Novels"_s);
    }

    void clockPanel_pausesRatesAndAdvances()
    {
        adopt();
        QVERIFY(tests::click(*m_window, u"clockButton"_s));
        QVERIFY(tests::click(*m_window, u"clockPause"_s));
        QVERIFY(!m_bench->clock.state().paused);
        QVERIFY(tests::click(*m_window, u"clockPause"_s));
        QVERIFY(m_bench->clock.state().paused);
        const auto before = m_bench->clock.now();
        QVERIFY(tests::click(*m_window, u"clockStep2"_s));
        QTRY_COMPARE(m_bench->clock.now() - before, 3'600 * core::kSecond);
    }

    void below1280_inspectorIsADrawerOverTheCentre()
    {
        adopt();
        auto* area = probe(0);
        const auto sizes = area->splitter->sizes();
        m_window->resize(1200, 800);
        QVERIFY(!area->inspector->isVisible());
        QVERIFY(area->list->isVisible());
        area->centre->setFocus();
        QVERIFY(tests::click(*m_window, u"partInspector"_s));
        QVERIFY(area->inspector->isVisible());
        QVERIFY(area->inspector->hasFocus());
        auto* drawer = tests::named(*m_window, u"drawerRight"_s);
        QTRY_COMPARE(drawer->geometry().right(), area->rect().right());
        QVERIFY(
            drawer->geometry().intersects(QRect(area->centre->mapTo(area, QPoint()), area->centre->size())));
        QTest::keyClick(area->inspector, Qt::Key_Escape);
        QTRY_VERIFY(!area->inspector->isVisible());
        QVERIFY(area->centre->hasFocus());
        QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier | Qt::AltModifier);
        QVERIFY(area->inspector->isVisible());
        m_window->resize(tests::kLargeScreen);
        QCOMPARE(area->splitter->indexOf(area->inspector), 2);
        QVERIFY(area->inspector->isVisible());
        QTRY_COMPARE(area->splitter->sizes(), sizes);
    }

    void below1100_listIsADrawerThatAChoiceCloses()
    {
        adopt();
        auto* area = probe(0);
        m_window->resize(1000, 700);
        QVERIFY(!area->list->isVisible());
        QVERIFY(tests::named(*m_window, u"partList"_s)->isVisible());
        QTest::keyClick(m_window.get(), Qt::Key_B, Qt::ControlModifier);
        QVERIFY(area->list->isVisible());
        area->openObject({u"map"_s, {}, u"Orders"_s});
        QTRY_VERIFY(!area->list->isVisible());
        m_window->showArea(1); // with nothing open the list is what there is to see
        QVERIFY(probe(1)->list->isVisible());
        QTest::keyClick(probe(1)->list, Qt::Key_Escape);
        QTRY_VERIFY(!probe(1)->list->isVisible());
    }

    void below960_railAndCommandFieldAreIcons()
    {
        adopt();
        m_window->resize(900, 600);
        QCOMPARE(tests::named(*m_window, u"rail"_s)->width(), kit::theme().px(48));
        QTRY_VERIFY(tests::named(*m_window, u"commandField"_s)->width() < 40);
        m_window->resize(tests::kLargeScreen);
        QCOMPARE(tests::named(*m_window, u"rail"_s)->width(), kit::theme().px(64));
    }

    void topBar_cutsNothingInANarrowWindow()
    {
        adopt();
        for (const int width : {1440, 1200, 1024, 900}) {
            m_window->resize(width, 700);
            for (const auto& name :
                {u"chamberButton"_s, u"regionButton"_s, u"clockButton"_s, u"endpoint"_s}) {
                auto* part = tests::named(*m_window, name);
                QTRY_VERIFY2(part->width() >= part->sizeHint().width(),
                    qPrintable(u"%1 at %2: %3 of %4"_s.arg(name)
                                   .arg(width)
                                   .arg(part->width())
                                   .arg(part->sizeHint().width())));
            }
        }
    }

    void partThatIsWanted_comesIntoSight()
    {
        adopt();
        m_window->resize(1200, 800);
        Q_EMIT probe(0)->partWanted(shell::Area::Part::Inspector);
        QVERIFY(probe(0)->inspector->isVisible());
    }

    void closingInANarrowWindow_savesThePanesInTheirPlaces()
    {
        adopt();
        m_window->resize(1000, 700);
        m_window->closeChamber();
        const auto state = shell::WindowSettings().areaState(kFolder, u"map"_s);
        QCOMPARE(state[u"panes"_s].toInt(), 3);
        QCOMPARE(state[u"inspector"_s].toInt(), 2);
    }

    void f6_walksPanes()
    {
        adopt();
        probe(0)->list->setFocus();
        QTest::keyClick(m_window.get(), Qt::Key_F6);
        QVERIFY(probe(0)->centre->hasFocus());
        QTest::keyClick(m_window.get(), Qt::Key_F6);
        QVERIFY(probe(0)->inspector->hasFocus());
        QTest::keyClick(m_window.get(), Qt::Key_F6);
        QVERIFY(tests::named(*m_window, u"rail_map"_s)->hasFocus());
        QTest::keyClick(m_window.get(), Qt::Key_F6, Qt::ShiftModifier);
        QVERIFY(probe(0)->inspector->hasFocus());
    }

    void areaState_survivesClosing()
    {
        adopt();
        m_window->showArea(3);
        probe(3)->list->setText(u"kept"_s);
        probe(3)->openObject({u"table"_s, u"us-east-1"_s, u"Books"_s});
        m_window->closeChamber();
        QVERIFY(tests::named(*m_window, u"startPage"_s)->isVisible());
        adopt();
        QCOMPARE(m_window->currentAreaIndex(), 3);
        QCOMPARE(probe(3)->list->text(), u"kept"_s);
        QCOMPARE(probe(3)->opened.name, u"Books"_s);
    }

    void portInUse_showsBannerWithAWayOn()
    {
        auto session = makeSession();
        session->setListenError(core::Error{core::ErrorKind::Conflict, "PortInUse", "Port 4566 is in use."});
        m_window->adopt(std::move(session));
        auto* banner = tests::named(*m_window, u"banner"_s);
        QVERIFY(banner->isVisible());
        QVERIFY(tests::named(*banner, u"useFreePort"_s)->isEnabled());
    }

    void copyEndpoint_putsExportsOnTheClipboard()
    {
        adopt();
        QVERIFY(tests::click(*m_window, u"copyEndpoint"_s));
        QVERIFY(QApplication::clipboard()->text().contains(u"AWS_ENDPOINT_URL=http://127.0.0.1:4566"_s));
    }

    void toasts_areThreeAtMost()
    {
        for (int i = 0; i < 5; ++i)
            m_window->toast(u"check"_s, kit::Hue::Ok, u"Toast %1"_s.arg(i));
        QCOMPARE(m_window->findChildren<QWidget*>(u"toast"_s).size(), 3);
    }

    void themeShortcut_cyclesModes()
    {
        const auto before = kit::theme().mode();
        for (int i = 0; i < 3; ++i)
            QTest::keyClick(m_window.get(), Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(kit::theme().mode(), before);
    }

    void simplifiedUse_isCountedAndExplained()
    {
        adopt();
        auto* button = tests::named<QPushButton>(*m_window, u"statusFidelity"_s);
        QCOMPARE(button->text(), u"Fidelity: exact so far"_s);
        for (int i = 0; i < 2; ++i) {
            auto span = m_bench->tracer.open({"POST", "/", "sdk", "dynamodb", "CreateTable"});
            span.step(
                "simplified: SSESpecification", "Nothing is encrypted here.", core::trace::Verdict::Warn);
        }
        QTRY_COMPARE(button->text(), u"Fidelity: 1 simplified"_s);
        QVERIFY(tests::click(*m_window, u"statusFidelity"_s));
        auto* panel = tests::named(*m_window, u"fidelityPanel"_s);
        QVERIFY(panel->isVisible());
        QStringList words;
        for (const auto* each : panel->findChildren<QLabel*>())
            words.append(each->text());
        QVERIFY(words.contains(u"SSESpecification"_s));
        QVERIFY(words.contains(u"Nothing is encrypted here."_s));
    }

    void errors_openTracksFiltered()
    {
        adopt();
        auto* button = tests::named<QPushButton>(*m_window, u"statusErrors"_s);
        QVERIFY(!button->isVisible());
        {
            auto span = m_bench->tracer.open({"GET", "/books", "sdk", "apigateway", "GET /books"});
            span.setStatus(502);
        }
        QTRY_COMPARE(button->text(), u"1 error in 5 min"_s);
        QVERIFY(tests::click(*m_window, u"statusErrors"_s));
        QCOMPARE(m_window->currentAreaIndex(), 1);
        QCOMPARE(probe(1)->opened.part, u"errors"_s);
    }

    void runtimes_areTheInstalledOnesAndOpenSettings()
    {
        adopt();
        auto* button = tests::named<QPushButton>(*m_window, u"statusRuntimes"_s);
        QTRY_VERIFY(button->isVisible());
        QVERIFY2(
            QRegularExpression(u"^(Python 3\\.\\d+)?(, )?(Node \\d+)?$"_s).match(button->text()).hasMatch(),
            qPrintable(button->text()));
        QVERIFY(tests::click(*m_window, u"statusRuntimes"_s));
        QVERIFY(tests::named(*m_window, u"settingsPage"_s)->isVisible());
        QTRY_VERIFY(m_window->findChild<QWidget*>(u"runtime_python3.12"_s));
    }

    void shortcut_runsItsAction_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<QString>("action");
        const auto row = [](Qt::Key key, Qt::KeyboardModifiers modifiers, const char* action) {
            QTest::newRow(action) << static_cast<int>(key) << static_cast<int>(modifiers.toInt())
                                  << QString::fromLatin1(action);
        };
        const auto ctrl = Qt::ControlModifier;
        const auto shift = Qt::ShiftModifier;
        const auto alt = Qt::AltModifier;
        row(Qt::Key_K, ctrl, "palette.open");
        row(Qt::Key_1, alt, "area.map");
        row(Qt::Key_2, alt, "area.tracks");
        row(Qt::Key_3, alt, "area.functions");
        row(Qt::Key_4, alt, "area.tables");
        row(Qt::Key_F6, {}, "go.nextPane");
        row(Qt::Key_F6, shift, "go.previousPane");
        row(Qt::Key_B, ctrl, "pane.list");
        row(Qt::Key_B, ctrl | alt, "pane.inspector");
        row(Qt::Key_J, ctrl, "pane.bottom");
        row(Qt::Key_Tab, ctrl, "go.last");
        row(Qt::Key_Left, alt, "go.back");
        row(Qt::Key_Right, alt, "go.forward");
        row(Qt::Key_F, ctrl, "find.here");
        row(Qt::Key_Space, ctrl | shift, "clock.toggle");
        row(Qt::Key_E, ctrl | shift, "endpoint.copy");
        row(Qt::Key_Plus, ctrl, "window.larger");
        row(Qt::Key_Minus, ctrl, "window.smaller");
        row(Qt::Key_0, ctrl, "window.normal");
        row(Qt::Key_L, ctrl | shift, "window.theme");
        row(Qt::Key_Comma, ctrl, "settings.open");
        row(Qt::Key_F1, {}, "help.about");
    }
    void shortcut_runsItsAction()
    {
        adopt();
        QFETCH(int, key);
        QFETCH(int, modifiers);
        QFETCH(QString, action);
        const auto mode = kit::theme().mode();
        auto* wanted = m_window->actionCatalogue().find(action);
        QVERIFY(wanted);
        QSignalSpy spy(wanted, &QAction::triggered);
        QTest::keyClick(m_window.get(), static_cast<Qt::Key>(key), Qt::KeyboardModifiers::fromInt(modifiers));
        QCOMPARE(spy.count(), 1);
        kit::theme().setScale(1);
        kit::theme().setMode(mode);
    }

    void scaleKeys_stepAndReturn()
    {
        QTest::keyClick(m_window.get(), Qt::Key_Plus, Qt::ControlModifier);
        QCOMPARE(kit::theme().scale(), 1.1);
        QTest::keyClick(m_window.get(), Qt::Key_Equal, Qt::ControlModifier);
        QCOMPARE(kit::theme().scale(), 1.25);
        QTest::keyClick(m_window.get(), Qt::Key_Minus, Qt::ControlModifier);
        QCOMPARE(kit::theme().scale(), 1.1);
        QTest::keyClick(m_window.get(), Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(kit::theme().scale(), 1.0);
    }

    void clockKey_pausesAndResumes()
    {
        adopt();
        QVERIFY(m_bench->clock.state().paused);
        QTest::keyClick(m_window.get(), Qt::Key_Space, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(!m_bench->clock.state().paused);
        QTest::keyClick(m_window.get(), Qt::Key_Space, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(m_bench->clock.state().paused);
    }

    void everyControl_hasAName()
    {
        QCOMPARE(tests::namelessControls(*m_window).join(u", "_s), QString());
        adopt();
        QCOMPARE(tests::namelessControls(*m_window).join(u", "_s), QString());
        m_window->resize(900, 600);
        QCOMPARE(tests::namelessControls(*m_window).join(u", "_s), QString());
        QVERIFY(tests::click(*m_window, u"clockButton"_s));
        QCOMPARE(tests::namelessControls(*m_window).join(u", "_s), QString());
        m_window->openPalette();
        QCOMPARE(tests::namelessControls(*m_window).join(u", "_s), QString());
    }

    void statusScale_offersEachScale()
    {
        QVERIFY(tests::click(*m_window, u"statusScale"_s));
        auto* menu = m_window->findChild<QMenu*>(u"scaleMenu"_s);
        QVERIFY(menu);
        menu->actions()[2]->trigger();
        QCOMPARE(kit::theme().scale(), 1.25);
        kit::theme().setScale(1);
        menu->close();
    }

    void badFolder_showsErrorInPlace()
    {
        m_window->openChamber({u"/proc/no-such-place/x.chamber"_s, {}, 0});
        auto* card = tests::named(*m_window, u"openingError"_s);
        QTRY_VERIFY(card->isVisible());
    }

    void screens_areWritten()
    {
        auto* start = m_window->findChild<shell::StartPage*>();
        start->setRecents({{u"/home/ada/chambers/corner-bookshop.chamber"_s, u"corner-bookshop"_s,
                               QDateTime::currentDateTime().addSecs(-130), {1, 1, 3, 2, 1}},
            {u"/home/ada/uni/chat-homework.chamber"_s, u"chat-homework"_s,
                QDateTime::currentDateTime().addDays(-1), {0, 1, 2, 1, 0}},
            {u"/home/ada/uni/cdn-ttl-lab.chamber"_s, u"cdn-ttl-lab"_s,
                QDateTime::currentDateTime().addDays(-13), {1, 0, 0, 0, 1}}});
        start->setSamples({{u"corner-bookshop"_s, u"Corner bookshop"_s,
            u"1 API, 4 functions, 2 tables, 1 bucket, CDN"_s, {1, 1, 4, 2, 1}}});
        tests::writeScreenshots(*m_window, u"start"_s);
        tests::writeScreenshots(*m_window, u"start-small"_s, tests::kSmallScreen);
        adopt();
        QTRY_VERIFY(m_session->resources().find(u"table"_s, u"Books"_s));
        tests::writeScreenshots(*m_window, u"shell"_s);
        tests::writeScreenshots(*m_window, u"shell-small"_s, {900, 600});
        m_window->resize(1200, 800);
        Q_EMIT probe(0)->partWanted(shell::Area::Part::Inspector);
        auto* drawer = tests::named(*m_window, u"drawerRight"_s);
        QTRY_COMPARE(drawer->geometry().right(), probe(0)->rect().right());
        tests::writeScreenshots(*m_window, u"shell-drawer"_s, {1200, 800});
        m_window->resize(tests::kLargeScreen);
        m_window->openPalette(u"o"_s);
        m_window->toast(u"check"_s, kit::Hue::Ok, u"Deleted 3 items"_s, u"From Orders"_s, u"Undo"_s);
        tests::writeScreenshots(*m_window, u"palette"_s);
        QTest::keyClick(tests::named(*m_window, u"paletteField"_s), Qt::Key_Escape);
        QVERIFY(tests::click(*m_window, u"clockButton"_s));
        tests::writeScreenshots(*m_window, u"clock"_s);
        QVERIFY(tests::click(*m_window, u"aboutButton"_s));
        tests::writeScreenshots(*m_window, u"about"_s);
        kit::theme().setScale(2);
        tests::writeScreenshots(*m_window, u"shell-200"_s);
        kit::theme().setScale(1);
    }

private:
    std::unique_ptr<shell::Session> makeSession()
    {
        bridge::Engine engine{m_bench->caller, m_bench->clock, m_bench->tracer, m_bench->changes};
        engine.endpoint = "http://127.0.0.1:4566";
        engine.folder = kFolder.toStdString();
        return std::make_unique<shell::Session>(engine, u"corner-bookshop"_s);
    }
    void adopt()
    {
        auto session = makeSession();
        m_session = session.get();
        m_window->adopt(std::move(session));
    }
    ProbeArea* probe(int index) const { return static_cast<ProbeArea*>(m_window->area(index)); }

    std::unique_ptr<tests::UiBench> m_bench;
    std::unique_ptr<shell::MainWindow> m_window;
    shell::Session* m_session = nullptr;
    QString m_name;
};

CHAMBER_SUITE(TstMainWindow, "tst_main_window")

#include "tst_main_window.moc"
