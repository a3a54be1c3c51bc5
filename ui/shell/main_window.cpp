#include "ui/shell/main_window.h"

#include "ui/bridge/engine_client.h"
#include "ui/bridge/event_bridge.h"
#include "ui/bridge/resource_index.h"
#include "ui/kit/panes.h"
#include "ui/shell/action_catalogue.h"
#include "ui/shell/banner.h"
#include "ui/shell/clock.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/rail.h"
#include "ui/shell/settings_page.h"
#include "ui/shell/start_page.h"
#include "ui/shell/status_bar.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/traffic.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QThreadPool>
#include <QToolButton>
#include <QUndoStack>
#include <QVBoxLayout>

namespace ui::shell {

using namespace Qt::StringLiterals;
using kit::theme;

MainWindow::MainWindow(QList<AreaEntry> entries, QWidget* parent)
    : QMainWindow(parent)
    , m_entries(std::move(entries))
    , m_actions(new ActionCatalogue(this))
{
    buildWindow();
    m_actions->setChosenKeys(m_settings.keys());
    registerActions();
    registerAreaActions();
    connectBars();
    restoreState();
    showStart();
    loadRuntimes();
}

MainWindow::~MainWindow()
{
    closeChamber();
}

void MainWindow::buildWindow()
{
    setObjectName(u"mainWindow"_s);
    auto* centre = new QWidget;
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_top = new TopBar;
    column->addWidget(m_top);
    auto* row = new QHBoxLayout;
    row->setSpacing(0);
    m_rail = new Rail(m_entries);
    row->addWidget(m_rail);
    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    m_banner = new Banner;
    m_stack = new QStackedWidget;
    m_start = new StartPage;
    m_stack->addWidget(m_start);
    right->addWidget(m_banner);
    right->addWidget(m_stack, 1);
    row->addLayout(right, 1);
    column->addLayout(row, 1);
    m_status = new StatusBar;
    column->addWidget(m_status);
    setCentralWidget(centre);
    m_palette = new CommandPalette(centre);
    m_toasts = new kit::ToastHost(centre, 24);
    m_popover = new kit::Popover(centre);
    setMinimumSize(880, 560);
}

void MainWindow::connectBars()
{
    connect(m_rail, &Rail::activated, this, &MainWindow::showArea);
    connect(m_top->commandField(), &QAbstractButton::clicked, this, [this] { openPalette(); });
    connect(m_top->clock(), &QAbstractButton::clicked, this, &MainWindow::showClock);
    connect(m_top->aboutButton(), &QToolButton::clicked, this, &MainWindow::showAbout);
    connect(m_status, &StatusBar::errorsActivated, this, &MainWindow::showErrors);
    connect(m_status, &StatusBar::fidelityActivated, this, &MainWindow::showFidelity);
    connect(m_status, &StatusBar::scaleActivated, this, &MainWindow::showScales);
    connect(m_status, &StatusBar::runtimesActivated, this, [this] { showSettings(u"runtimes"_s); });
    connect(m_rail, &Rail::settingsActivated, this, [this] { showSettings(); });
    connect(m_actions, &ActionCatalogue::keysChosen, this,
        [this](const QHash<QString, QKeySequence>& keys) { m_settings.setKeys(keys); });
    connect(&theme(), &kit::Theme::changed, this, [this] {
        m_settings.setThemeMode(theme().mode());
        m_settings.setScale(theme().scale());
        m_settings.setHighContrast(theme().highContrast());
        m_settings.setMotion(theme().motion());
        fitToWidth();
    });
    connect(m_start, &StartPage::newRequested, this, [this] { chooseFolder(true); });
    connect(m_start, &StartPage::openRequested, this, [this] { chooseFolder(false); });
    connect(m_start, &StartPage::recentChosen, this, [this](const QString& folder) {
        openChamber({folder, {}});
    });
    connect(m_start, &StartPage::sampleChosen, this, [this](const QString& name) {
        openChamber({{}, name});
    });
    connect(m_start, &StartPage::copyRequested, this, &MainWindow::copyEndpoint);
    connect(m_start, &StartPage::retryRequested, this, [this] { openChamber(m_lastRequest); });
    connect(m_start, &StartPage::cancelRequested, this, [this] {
        m_opening.reset();
        m_start->showIdle();
        m_status->setCore(StatusBar::Core::Stopped);
    });
    buildChamberMenu();
}

void MainWindow::restoreState()
{
    // Each change of the theme is remembered at once: read everything before the first.
    const auto mode = m_settings.themeMode();
    const auto scale = m_settings.scale();
    const auto contrast = m_settings.highContrast();
    const auto motion = m_settings.motion();
    theme().setHighContrast(contrast);
    theme().setMotion(motion);
    theme().setScale(scale);
    theme().setMode(mode);
    if (!restoreGeometry(m_settings.geometry()))
        resize(theme().px(1440), theme().px(900));
    // The samples are folders on disk: read beside the window, not before it.
    auto found = std::make_shared<QList<SampleInfo>>();
    QThreadPool::globalInstance()->start([found, guard = QPointer<MainWindow>(this)] {
        *found = readSamples();
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [found, guard] {
                if (guard)
                    guard->m_start->setSamples(*found);
            },
            Qt::QueuedConnection);
    });
}

void MainWindow::showStart()
{
    m_start->setRecents(m_settings.recents());
    m_start->setEndpoint(m_settings.endpoint());
    m_stack->setCurrentWidget(m_start);
    m_start->setFocus();
    m_rail->setUsable(false);
    m_rail->setCurrent(-1);
    m_top->setChamber({});
    m_top->setEndpoint({});
    m_top->clock()->setEngine(nullptr);
    m_status->clearTraffic();
    m_status->setCore(StatusBar::Core::Stopped, tr("No chamber open"));
    m_banner->dismiss();
    setWindowTitle(tr("Cloud Chamber"));
    undoChanged();
}

void MainWindow::openChamber(const OpenRequest& request)
{
    closeChamber();
    m_lastRequest = request;
    auto full = request;
    full.port = request.port.value_or(m_settings.port());
    if (full.host.isEmpty())
        full.host = m_settings.host();
    const auto name =
        request.folder.isEmpty() ? request.sample : request.folder.section(u'/', -1).remove(u".chamber"_s);
    m_start->showOpening(name);
    m_status->setCore(StatusBar::Core::Opening, name);
    m_opening = std::make_unique<SessionOpening>(full);
    connect(m_opening.get(), &SessionOpening::progressed, m_start, &StartPage::showProgress);
    connect(
        m_opening.get(), &SessionOpening::failed, this, [this](const QString& code, const QString& message) {
            m_opening.release()->deleteLater();
            m_start->showError(code, message);
            m_status->setCore(StatusBar::Core::Failed);
        });
    connect(m_opening.get(), &SessionOpening::opened, this, [this](Session* session) {
        m_opening.release()->deleteLater();
        adopt(std::unique_ptr<Session>(session));
    });
}

void MainWindow::adopt(std::unique_ptr<Session> session)
{
    closeChamber();
    m_session = std::move(session);
    startSession();
}

void MainWindow::startSession()
{
    auto& engine = m_session->engine();
    m_context = std::make_unique<AreaContext>(AreaContext{
        engine, m_session->events(), m_session->resources(), theme(), m_session->undo(), *m_actions, *this});
    m_traffic = std::make_unique<Traffic>(engine, m_session->events());
    connect(m_traffic.get(), &Traffic::changed, this, [this] { m_status->setTraffic(m_traffic->numbers()); });
    connect(m_traffic.get(), &Traffic::simplifiedAppeared, this, &MainWindow::countSimplified);
    connect(m_traffic.get(), &Traffic::errorsAppeared, this, [this] {
        for (int i = 0; i < static_cast<int>(m_entries.size()); ++i) {
            if (m_entries[i].id == u"tracks"_s && m_current != i)
                m_rail->button(i)->setDot(true);
        }
    });
    connect(&m_session->events(), &bridge::EventBridge::resourcesChanged, this, [this] {
        m_status->setSaved(tr("Saved %1").arg(clockTime(m_session->engine().engine().clock.now())));
    });
    connect(&m_session->undo(), &QUndoStack::indexChanged, this, &MainWindow::undoChanged);
    connect(&m_session->resources(), &bridge::ResourceIndex::changed, this, [this] {
        if (!m_session->folder().isEmpty())
            m_settings.remember(
                {m_session->folder(), m_session->name(), QDateTime::currentDateTime(), sketch()});
    });
    m_rail->setUsable(true);
    m_start->showIdle();
    m_top->setChamber(m_session->name());
    m_top->setRegion(engine.region());
    m_top->setEndpoint(engine.endpoint(), m_session->listenError() ? tr("No endpoint") : QString());
    m_top->clock()->setEngine(&engine);
    buildRegionMenu();
    buildChamberMenu();
    m_status->setCore(StatusBar::Core::Running);
    m_status->setTraffic({});
    countSimplified();
    keepTracks();
    if (m_settingsPage)
        m_settingsPage->setEngine(&engine);
    setWindowTitle(tr("%1 - Cloud Chamber").arg(m_session->name()));
    showBanner();
    const auto place = m_settings.place(m_session->folder());
    int first = 0;
    for (int i = 0; i < static_cast<int>(m_entries.size()); ++i)
        first = m_entries[i].id == place.areaId ? i : first;
    if (!m_entries.isEmpty()) {
        showArea(first);
        if (!place.object.kind.isEmpty() && m_areas.value(first))
            m_areas.value(first)->openObject(place.object);
    }
    undoChanged();
    Q_EMIT chamberOpened();
}

void MainWindow::closeChamber()
{
    m_opening.reset();
    if (!m_session)
        return;
    saveAreas();
    m_popover->close();
    m_palette->close();
    m_track.clear();
    m_history.clear();
    m_historyAt = -1;
    m_current = -1;
    m_stack->setCurrentWidget(m_start);
    m_top->clock()->setEngine(nullptr);
    if (m_settingsPage)
        m_settingsPage->setEngine(nullptr);
    m_parts.clear();
    qDeleteAll(m_areas);
    m_areas.clear();
    m_traffic.reset();
    m_context.reset();
    m_session.reset();
    showStart();
}

void MainWindow::saveAreas()
{
    const auto folder = m_session->folder();
    if (folder.isEmpty())
        return;
    for (auto* each : std::as_const(m_parts))
        each->dock();
    for (auto it = m_areas.begin(); it != m_areas.end(); ++it)
        m_settings.setAreaState(folder, m_entries[it.key()].id, it.value()->saveState());
    if (const auto* shown = m_areas.value(m_current))
        m_settings.setPlace(folder, {m_entries[m_current].id, shown->currentObject()});
}

Area* MainWindow::ensureArea(int index)
{
    if (auto* known = m_areas.value(index))
        return known;
    auto* made = m_entries[index].make(*m_context);
    m_areas.insert(index, made);
    m_stack->addWidget(made);
    made->restoreState(m_settings.areaState(m_session->folder(), m_entries[index].id));
    connect(made, &Area::currentObjectChanged, this, &MainWindow::pushStop);
    auto* parts = new PartHost(made, *m_actions);
    m_parts.insert(index, parts);
    parts->setRoom(m_room);
    if (!m_track.isEmpty())
        made->trackSelected(m_track);
    return made;
}

void MainWindow::showArea(int index)
{
    if (!m_session || index < 0 || index >= m_entries.size())
        return;
    auto* wanted = ensureArea(index);
    m_current = index;
    m_rail->setCurrent(index);
    m_rail->button(index)->setDot(false);
    m_stack->setCurrentWidget(wanted);
    if (QApplication::focusWidget() == nullptr || QApplication::focusWidget() == m_start)
        wanted->setFocus();
    // With nothing open the list is what there is to see.
    if (m_room <= Room::NoList && !m_walking && wanted->currentObject().kind.isEmpty()
        && wanted->partWidget(Area::Part::List))
        m_parts.value(index)->reveal(Area::Part::List);
    pushStop();
}

void MainWindow::open(const ObjectRef& object)
{
    for (int i = 0; i < static_cast<int>(m_entries.size()); ++i) {
        if (!m_entries[i].kinds.contains(object.kind))
            continue;
        if (!m_session)
            return;
        m_walking = true; // one entry of history for the area and its object
        showArea(i);
        m_areas.value(i)->openObject(object);
        m_walking = false;
        pushStop();
        return;
    }
    toast(u"info"_s, kit::Hue::Info, tr("Nothing here opens a %1").arg(object.kind));
}

void MainWindow::selectTrack(const QString& trackId)
{
    if (trackId == m_track)
        return;
    m_track = trackId;
    for (auto* each : std::as_const(m_areas))
        each->trackSelected(trackId);
}

void MainWindow::toast(const QString& icon, kit::Hue hue, const QString& title, const QString& detail,
    const QString& actionText, std::function<void()> action)
{
    m_toasts->show(icon, hue, title, detail, actionText, std::move(action));
}

QString MainWindow::region() const
{
    return m_session ? m_session->engine().region() : QString();
}

void MainWindow::pushStop()
{
    if (m_walking || m_current < 0)
        return;
    const Stop stop{m_current, m_areas.value(m_current)->currentObject()};
    if (m_historyAt >= 0 && m_history[m_historyAt] == stop)
        return;
    m_history.resize(m_historyAt + 1);
    m_history.append(stop);
    m_historyAt = m_history.size() - 1;
}

void MainWindow::walkHistory(int step)
{
    if (step < 0 && settingsShown()) {
        leaveSettings();
        return;
    }
    const auto at = m_historyAt + step;
    if (at < 0 || at >= m_history.size())
        return;
    m_historyAt = at;
    goTo(m_history[at]);
}

// Between the last two things that were open, as often as one likes.
void MainWindow::openLast()
{
    if (m_historyAt < 1)
        return;
    const auto last = m_history[m_historyAt - 1];
    goTo(last);
    pushStop();
}

void MainWindow::goTo(const Stop& stop)
{
    m_walking = true;
    showArea(stop.area);
    if (!stop.object.kind.isEmpty())
        m_areas.value(stop.area)->openObject(stop.object);
    m_walking = false;
}

void MainWindow::fitToWidth()
{
    const auto room = roomOf(width(), theme().scale());
    m_rail->setNarrow(room == Room::Least);
    m_top->setRoom(room);
    if (room == m_room)
        return;
    m_room = room;
    for (auto* each : std::as_const(m_parts))
        each->setRoom(room);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    fitToWidth();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_settings.setGeometry(saveGeometry());
    hide();
    closeChamber();
    event->accept();
}

}
