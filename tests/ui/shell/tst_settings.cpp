#include "tests/support/patience.h"
#include "tests/support/suites.h"
#include "tests/ui/support/screens.h"
#include "tests/ui/support/ui_bench.h"
#include "ui/kit/controls.h"
#include "ui/kit/roles.h"
#include "ui/kit/theme.h"
#include "ui/shell/action_catalogue.h"
#include "ui/shell/main_window.h"
#include "ui/shell/settings_page.h"
#include "ui/shell/window_settings.h"

#include <QAbstractItemModelTester>
#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ui;
using kit::theme;

namespace {

class PlainArea : public shell::Area {
public:
    explicit PlainArea(shell::AreaContext& context)
        : Area(context, u"fn"_s)
    {
        context.actions.add(
            {u"functions.run"_s, u"Run"_s, u"play"_s, QKeySequence(Qt::Key_F5), u"Functions"_s}, this,
            [this] { ++runs; });
    }
    void openObject(const shell::ObjectRef&) override { }
    int runs = 0;
};

}

class TstSettings : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Settings of its own: suites run beside each other.
    void initTestCase() { QCoreApplication::setApplicationName(u"tst_settings"_s); }
    void cleanupTestCase() { QCoreApplication::setApplicationName(u"tests"_s); }
    void init()
    {
        QSettings().clear();
        m_mode = theme().mode();
        m_bench = std::make_unique<tests::UiBench>();
        makeWindow();
    }
    void cleanup()
    {
        m_window.reset();
        m_bench.reset();
        theme().setScale(1);
        theme().setHighContrast(false);
        theme().setMotion(kit::Motion::System);
        theme().setMode(m_mode);
    }

    void gear_opensAndDoneReturns()
    {
        QVERIFY(tests::click(*m_window, u"rail_settings"_s));
        QVERIFY(page()->isVisible());
        QVERIFY(tests::click(*m_window, u"settingsDone"_s));
        QVERIFY(tests::named(*m_window, u"startPage"_s)->isVisible());
    }

    void keys_openAndEscapeReturnsToTheArea()
    {
        adopt();
        QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
        QVERIFY(page()->isVisible());
        QVERIFY(!m_window->area(0)->isVisible());
        QTest::keyClick(page(), Qt::Key_Escape);
        QVERIFY(m_window->area(0)->isVisible());
        QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
        QTest::keyClick(m_window.get(), Qt::Key_Left, Qt::AltModifier);
        QVERIFY(m_window->area(0)->isVisible());
    }

    void sections_areShownOneAtATime()
    {
        open();
        for (const auto& id : {u"clock"_s, u"endpoint"_s, u"runtimes"_s, u"tracks"_s, u"keyboard"_s}) {
            QVERIFY(tests::click(*m_window, u"settings_"_s + id));
            QCOMPARE(page()->currentSection(), id);
            QCOMPARE(tests::named(*m_window, u"settingsTheme"_s)->isVisible(), false);
        }
        QVERIFY(tests::click(*m_window, u"settings_appearance"_s));
        QVERIFY(tests::named(*m_window, u"settingsTheme"_s)->isVisible());
    }

    void search_findsRowsOfAllSections()
    {
        open();
        QTest::keyClick(m_window.get(), Qt::Key_F, Qt::ControlModifier);
        auto* search = tests::named<QLineEdit>(*m_window, u"settingsSearch"_s);
        QVERIFY(search->hasFocus());
        QTest::keyClicks(search, u"port"_s);
        QVERIFY(tests::named(*m_window, u"settingsPort"_s)->isVisible());
        QVERIFY(!tests::named(*m_window, u"settingsTheme"_s)->isVisible());
        QVERIFY(!tests::named(*m_window, u"settings_appearance"_s)->isVisible());
        QTest::keyClick(search, Qt::Key_Escape);
        QVERIFY(tests::named(*m_window, u"settingsTheme"_s)->isVisible());
    }

    void appearance_appliesAtOnceAndIsRemembered()
    {
        open();
        segment(u"settingsTheme"_s, 2);
        QVERIFY(!theme().isDark());
        segment(u"settingsScale"_s, 1);
        QCOMPARE(theme().scale(), 1.1);
        segment(u"settingsMotion"_s, 1);
        QVERIFY(theme().reducedMotion());
        segment(u"settingsMotion"_s, 2);
        QVERIFY(!theme().reducedMotion());
        QVERIFY(tests::click(*m_window, u"settingsContrast"_s));
        QVERIFY(theme().highContrast());
        m_window.reset();
        theme().setHighContrast(false);
        theme().setMotion(kit::Motion::System);
        theme().setMode(kit::ThemeMode::Dark);
        QSettings().setValue(u"window/theme"_s, u"light"_s);
        QSettings().setValue(u"window/highContrast"_s, true);
        QSettings().setValue(u"window/motion"_s, u"full"_s);
        makeWindow();
        QVERIFY(!theme().isDark());
        QVERIFY(theme().highContrast());
        QCOMPARE(theme().motion(), kit::Motion::Full);
    }

    void highContrast_strengthensLinesAndCaptions()
    {
        for (const auto mode : {kit::ThemeMode::Dark, kit::ThemeMode::Light}) {
            theme().setMode(mode);
            theme().setHighContrast(true);
            QCOMPARE(theme().c(kit::Token::Line1), theme().c(kit::Token::Line3));
            QCOMPARE(theme().c(kit::Token::Line2), theme().c(kit::Token::Line3));
            QCOMPARE(theme().c(kit::Token::T3), theme().c(kit::Token::T2));
            theme().setHighContrast(false);
            QVERIFY(theme().c(kit::Token::Line1) != theme().c(kit::Token::Line3));
            QVERIFY(theme().c(kit::Token::T3) != theme().c(kit::Token::T2));
        }
    }

    void clockSection_setsTheOpenChambersClock()
    {
        adopt();
        open(u"clock"_s);
        QVERIFY(m_bench->clock.state().paused);
        QVERIFY(tests::click(*page(), u"clockPause"_s));
        QVERIFY(!m_bench->clock.state().paused);
        m_window->closeChamber();
        QVERIFY(!page()->findChild<QWidget*>(u"settingsClock"_s)
            || page()->findChild<QWidget*>(u"settingsClock"_s)->isHidden());
    }

    void endpoint_isRememberedAndOffersToReopen()
    {
        adopt();
        open(u"endpoint"_s);
        auto* reopen = tests::named(*m_window, u"settingsReopen"_s);
        QVERIFY(!reopen->isVisible());
        auto* port = tests::named<QSpinBox>(*m_window, u"settingsPort"_s);
        port->setFocus();
        port->selectAll();
        QTest::keyClicks(port, u"4600"_s);
        QTest::keyClick(port, Qt::Key_Return);
        QCOMPARE(shell::WindowSettings().port(), quint16{4600});
        QVERIFY(reopen->isVisible());
    }

    void endpoint_isShownOnTheStartPage()
    {
        shell::WindowSettings settings;
        settings.setPort(4566);
        QVERIFY(tests::click(*m_window, u"rail_settings"_s));
        QVERIFY(tests::click(*m_window, u"settingsDone"_s));
        auto* shown = tests::named<QLabel>(*m_window, u"startEndpoint"_s);
        QCOMPARE(shown->text(), u"AWS_ENDPOINT_URL=http://127.0.0.1:4566"_s);
        settings.setPort(4700);
        QVERIFY(tests::click(*m_window, u"rail_settings"_s));
        QVERIFY(tests::click(*m_window, u"settingsDone"_s));
        QCOMPARE(shown->text(), u"AWS_ENDPOINT_URL=http://127.0.0.1:4700"_s);
    }

    void tracksKept_appliesToTheOpenChamber()
    {
        adopt();
        open(u"tracks"_s);
        auto* kept = tests::named<QComboBox>(*m_window, u"settingsTracksKept"_s);
        kept->setFocus();
        QTest::keyClick(kept, Qt::Key_Home);
        QCOMPARE(m_bench->tracer.capacity(), std::size_t{1'000});
        QCOMPARE(shell::WindowSettings().tracksKept(), 1'000);
    }

    void keyboard_listsEveryActionAndFilters()
    {
        adopt();
        open(u"keyboard"_s);
        auto* table = tests::named<QTableView>(*m_window, u"keyTable"_s);
        const QAbstractItemModelTester tester(table->model());
        QTRY_COMPARE(
            table->model()->rowCount(), static_cast<int>(m_window->actionCatalogue().actions().size()));
        auto* filter = tests::named<QLineEdit>(*m_window, u"keyFilter"_s);
        QTest::keyClicks(filter, u"F5"_s);
        QCOMPARE(table->model()->rowCount(), 1);
        QCOMPARE(table->model()->index(0, 0).data().toString(), u"Run"_s);
    }

    void keyboard_givesOtherKeysThatWorkAndAreRemembered()
    {
        adopt();
        open(u"keyboard"_s);
        choose(u"functions.run"_s);
        QTest::keyClick(keyEdit(), Qt::Key_R, Qt::ControlModifier);
        auto* run = m_window->actionCatalogue().find(u"functions.run"_s);
        QCOMPARE(run->shortcut(), QKeySequence(u"Ctrl+R"_s));
        QCOMPARE(shell::WindowSettings().keys().value(u"functions.run"_s), QKeySequence(u"Ctrl+R"_s));
        m_window->showArea(0);
        QTest::keyClick(m_window->area(0), Qt::Key_R, Qt::ControlModifier);
        QCOMPARE(static_cast<PlainArea*>(m_window->area(0))->runs, 1);
        m_window.reset();
        makeWindow();
        adopt();
        QCOMPARE(m_window->actionCatalogue().find(u"functions.run"_s)->shortcut(), QKeySequence(u"Ctrl+R"_s));
    }

    void keyboard_refusesTakenKeysAndCanTakeThem()
    {
        adopt();
        open(u"keyboard"_s);
        auto& catalogue = m_window->actionCatalogue();
        choose(u"functions.run"_s);
        QTest::keyClick(keyEdit(), Qt::Key_K, Qt::ControlModifier);
        auto* problem = tests::named<QLabel>(*m_window, u"keyProblem"_s);
        QVERIFY(problem->isVisible());
        QVERIFY(problem->text().contains(u"Command palette"_s));
        QCOMPARE(catalogue.find(u"functions.run"_s)->shortcut(), QKeySequence(Qt::Key_F5));
        QVERIFY(tests::click(*m_window, u"keyReplace"_s));
        QCOMPARE(catalogue.find(u"functions.run"_s)->shortcut(), QKeySequence(u"Ctrl+K"_s));
        QVERIFY(catalogue.find(u"palette.open"_s)->shortcut().isEmpty());
        QVERIFY(tests::click(*m_window, u"keysResetAll"_s));
        QCOMPARE(catalogue.find(u"functions.run"_s)->shortcut(), QKeySequence(Qt::Key_F5));
        QCOMPARE(catalogue.find(u"palette.open"_s)->shortcut(), QKeySequence(u"Ctrl+K"_s));
        QVERIFY(shell::WindowSettings().keys().isEmpty());
    }

    void keyboard_resetsOne()
    {
        adopt();
        open(u"keyboard"_s);
        auto& catalogue = m_window->actionCatalogue();
        choose(u"functions.run"_s);
        QVERIFY(tests::click(*m_window, u"keyNone"_s));
        QVERIFY(catalogue.find(u"functions.run"_s)->shortcut().isEmpty());
        QVERIFY(tests::click(*m_window, u"keyReset"_s));
        QCOMPARE(catalogue.find(u"functions.run"_s)->shortcut(), QKeySequence(Qt::Key_F5));
    }

    void everyControl_hasAName()
    {
        adopt();
        open();
        for (const auto& id :
            {u"appearance"_s, u"clock"_s, u"endpoint"_s, u"runtimes"_s, u"tracks"_s, u"keyboard"_s}) {
            page()->showSection(id);
            QCOMPARE(tests::namelessControls(*m_window).join(u", "_s), QString());
        }
    }

    void screens_areWritten()
    {
        adopt();
        open();
        for (const auto& id : {u"nodejs24.x"_s, u"nodejs20.x"_s, u"python3.14"_s, u"python3.8"_s})
            QTRY_VERIFY(m_window->findChild<QWidget*>(u"runtime_"_s + id));
        for (const auto& id :
            {u"appearance"_s, u"clock"_s, u"endpoint"_s, u"runtimes"_s, u"tracks"_s, u"keyboard"_s}) {
            page()->showSection(id);
            tests::writeScreenshots(*m_window, u"settings-"_s + id);
        }
        page()->showSection(u"appearance"_s);
        theme().setHighContrast(true);
        tests::writeScreenshots(*m_window, u"settings-contrast"_s);
        theme().setHighContrast(false);
        tests::writeScreenshots(*m_window, u"settings-small"_s, {900, 600});
    }

private:
    void makeWindow()
    {
        QList<shell::AreaEntry> entries{{u"functions"_s, u"Functions"_s, u"fn"_s, kit::Hue::Fn,
            {u"function"_s}, 0, [](shell::AreaContext& context) { return new PlainArea(context); }}};
        m_window = std::make_unique<shell::MainWindow>(entries);
        m_window->resize(tests::kLargeScreen);
        m_window->show();
        m_window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get(), tests::kPatience));
    }
    void adopt()
    {
        bridge::Engine engine{m_bench->caller, m_bench->clock, m_bench->tracer, m_bench->changes};
        engine.endpoint = "http://127.0.0.1:4566";
        engine.folder = "/home/ada/chambers/corner-bookshop.chamber";
        m_window->adopt(std::make_unique<shell::Session>(engine, u"corner-bookshop"_s));
    }
    void open(const QString& section = {})
    {
        QVERIFY(tests::click(*m_window, u"rail_settings"_s));
        if (!section.isEmpty())
            QVERIFY(tests::click(*m_window, u"settings_"_s + section));
    }
    shell::SettingsPage* page() const { return m_window->findChild<shell::SettingsPage*>(); }
    void segment(const QString& name, int index)
    {
        auto* segments = tests::named<kit::Segments>(*m_window, name);
        QVERIFY(segments->isVisible());
        QTest::mouseClick(segments->segment(index), Qt::LeftButton);
    }
    void choose(const QString& id)
    {
        auto* table = tests::named<QTableView>(*m_window, u"keyTable"_s);
        QTRY_COMPARE(
            table->model()->rowCount(), static_cast<int>(m_window->actionCatalogue().actions().size()));
        for (int i = 0; i < table->model()->rowCount(); ++i) {
            const auto index = table->model()->index(i, 0);
            if (index.data(kit::KeyRole).toString() != id)
                continue;
            table->scrollTo(index);
            QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, table->visualRect(index).center());
        }
    }
    QWidget* keyEdit() const { return tests::named(*m_window, u"keyEdit"_s); }

    kit::ThemeMode m_mode = kit::ThemeMode::Dark;
    std::unique_ptr<tests::UiBench> m_bench;
    std::unique_ptr<shell::MainWindow> m_window;
};

CHAMBER_SUITE(TstSettings, "tst_settings")

#include "tst_settings.moc"
