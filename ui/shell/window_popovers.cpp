#include "core/base/geo.h"
#include "ui/bridge/engine_client.h"
#include "ui/bridge/resource_index.h"
#include "ui/kit/icon.h"
#include "ui/kit/panes.h"
#include "ui/shell/action_catalogue.h"
#include "ui/shell/banner.h"
#include "ui/shell/clock.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/main_window.h"
#include "ui/shell/top_bar.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

// The window's menus, popovers, banner and what its palette offers.
namespace ui::shell {

using namespace Qt::StringLiterals;
using kit::theme;
using kit::Token;

namespace {

constexpr std::size_t kPaletteTracks = 60;

QWidget* padded(QLayout* inside)
{
    auto* made = new QWidget;
    inside->setContentsMargins(theme().px(14), theme().px(12), theme().px(14), theme().px(12));
    made->setLayout(inside);
    return made;
}

// Where one goes first, then what the area does, then the chamber and the window.
int paletteRank(const QString& group)
{
    static const QStringList kOrder{
        MainWindow::tr("Go to"), {}, MainWindow::tr("Chamber"), MainWindow::tr("Window")};
    const auto at = kOrder.indexOf(group);
    return at < 0 ? 1 : static_cast<int>(at);
}

QList<PaletteItem> trackItems(
    const QList<core::trace::Track>& tracks, const std::function<void(const ObjectRef&)>& open)
{
    QList<PaletteItem> items;
    for (const auto& track : tracks) {
        const auto id = QString::fromStdString(track.id);
        PaletteItem item;
        item.kind = PaletteItem::Kind::Track;
        item.group = MainWindow::tr("Recent tracks");
        item.icon = u"tracks"_s;
        item.title = u"%1 %2"_s.arg(QString::fromStdString(track.method), QString::fromStdString(track.path))
                         .trimmed();
        QStringList detail;
        if (track.status > 0)
            detail.append(QString::number(track.status));
        if (track.duration >= 0)
            detail.append(MainWindow::tr("%1 ms").arg(static_cast<double>(track.duration) / 1000, 0, 'g', 3));
        if (!track.note.empty())
            detail.append(QString::fromStdString(track.note));
        detail.append(clockTime(track.startedAt));
        item.detail = detail.join(u", "_s);
        item.run = [open, id] { open({u"track"_s, {}, id}); };
        item.actions = {{MainWindow::tr("Copy trace id"), [id] { QApplication::clipboard()->setText(id); }}};
        items.append(item);
    }
    return items;
}

}

void MainWindow::buildChamberMenu()
{
    auto* menu = new QMenu(this);
    menu->addAction(m_actions->find(u"chamber.new"_s));
    menu->addAction(m_actions->find(u"chamber.open"_s));
    const auto recents = m_settings.recents();
    if (!recents.isEmpty())
        menu->addSeparator();
    for (const auto& each : recents) {
        if (m_session && each.folder == m_session->folder())
            continue;
        menu->addAction(each.name, this, [this, folder = each.folder] { openChamber({folder, {}}); });
    }
    if (m_session) {
        menu->addSeparator();
        menu->addAction(m_actions->find(u"chamber.close"_s));
    }
    delete m_top->chamberButton()->menu();
    m_top->chamberButton()->setMenu(menu);
}

void MainWindow::buildRegionMenu()
{
    auto* menu = new QMenu(this);
    for (const auto& each : core::geo::regions()) {
        const auto id = QString::fromUtf8(each.id.data(), static_cast<qsizetype>(each.id.size()));
        const auto name = QString::fromUtf8(each.name.data(), static_cast<qsizetype>(each.name.size()));
        auto* action = menu->addAction(tr("%1  %2").arg(id, name), this, [this, id] {
            m_session->engine().setRegion(id);
            m_session->resources().reload();
            m_top->setRegion(id);
        });
        action->setCheckable(true);
        action->setChecked(id == region());
    }
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        const auto actions = menu->actions();
        for (auto* each : actions)
            each->setChecked(each->text().startsWith(region() + u' '));
    });
    delete m_top->regionButton()->menu();
    m_top->regionButton()->setMenu(menu);
}

void MainWindow::showBanner()
{
    const auto& error = m_session->listenError();
    if (!error) {
        m_banner->dismiss();
        return;
    }
    m_banner->show(tr("%1 The chamber works here; SDKs and browsers cannot reach it until it has a port.")
                       .arg(QString::fromStdString(error->message)));
    m_banner->addAction(tr("Use a free port"), u"useFreePort"_s, [this] {
        auto request = m_lastRequest;
        request.folder = m_session->folder();
        request.port = 0;
        openChamber(request);
    });
    m_banner->addAction(tr("Try again"), u"retryPort"_s, [this] {
        auto request = m_lastRequest;
        request.folder = m_session->folder();
        openChamber(request);
    });
}

void MainWindow::showClock()
{
    if (!m_session)
        return;
    auto* panel = new ClockPanel(m_session->engine());
    connect(panel, &ClockPanel::changed, m_top->clock(), &ClockButton::refresh);
    m_popover->setContent(panel);
    m_popover->openAt(m_top->clock());
}

void MainWindow::showAbout()
{
    auto* column = new QVBoxLayout;
    column->setSpacing(theme().px(8));
    column->addWidget(kit::label(tr("Cloud Chamber %1").arg(QApplication::applicationVersion()), u"page"_s));
    auto* words = kit::label(tr("A small AWS on this computer, and the track that every request leaves. "
                                "Licence: GPL 3.0 or later. Fonts: Inter and JetBrains Mono (OFL). "
                                "Land outline: Natural Earth, public domain."),
        u"secondary"_s);
    words->setWordWrap(true);
    column->addWidget(words);
    column->addWidget(kit::hline());
    auto* list = new QWidget;
    auto* grid = new QGridLayout(list);
    grid->setContentsMargins(0, 0, theme().px(12), 0);
    grid->setVerticalSpacing(theme().px(5));
    grid->setColumnStretch(0, 1);
    int row = 0;
    for (const auto* action : m_actions->actions()) {
        if (action->shortcut().isEmpty())
            continue;
        grid->addWidget(kit::label(action->text(), u"secondary"_s), row, 0);
        grid->addWidget(
            new kit::KeyCaps(action->shortcut().toString(QKeySequence::NativeText)), row, 1, Qt::AlignRight);
        ++row;
    }
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(list);
    scroll->setFixedHeight(theme().px(320));
    column->addWidget(scroll);
    auto* content = padded(column);
    content->setObjectName(u"aboutPanel"_s);
    content->setFixedWidth(theme().px(420));
    m_popover->setContent(content);
    m_popover->openAt(m_top->aboutButton());
}

ChamberSketch MainWindow::sketch() const
{
    ChamberSketch made;
    const auto all = m_session->resources().resources();
    for (const auto& each : all) {
        made.cdn += each.kind == u"distribution"_s ? 1 : 0;
        made.api += each.kind == u"api"_s ? 1 : 0;
        made.fn += each.kind == u"function"_s ? 1 : 0;
        made.tbl += each.kind == u"table"_s ? 1 : 0;
        made.sto += each.kind == u"bucket"_s ? 1 : 0;
    }
    return made;
}

QList<PaletteItem> MainWindow::paletteItems()
{
    QList<PaletteItem> items;
    QStringList kinds;
    for (const auto& entry : m_entries)
        kinds += entry.kinds;
    const auto resources = m_session ? m_session->resources().resources() : QList<bridge::Resource>{};
    for (const auto& each : resources) {
        if (!kinds.contains(each.kind))
            continue;
        PaletteItem item;
        item.kind = PaletteItem::Kind::Resource;
        item.group = tr("Go to");
        item.icon = kit::iconOfService(each.service);
        item.hue = kit::hueOfService(each.service);
        item.title = each.title;
        item.detail = each.detail;
        item.run = [this, each] { open({each.kind, region(), each.name}); };
        item.actions = {{tr("Copy name"), [name = each.name] { QApplication::clipboard()->setText(name); }}};
        items.append(item);
    }
    for (auto* action : m_actions->actions()) {
        if (!action->isVisible() || action->objectName() == u"palette.open"_s)
            continue;
        const auto* owner = qobject_cast<QWidget*>(action->parent());
        if (owner && !owner->isWindow() && !owner->isVisible())
            continue;
        if (action->objectName().startsWith(u"area."_s) && !m_session)
            continue;
        PaletteItem item;
        item.group = m_actions->groupOf(action);
        item.icon = action->property("iconName").toString();
        if (item.icon.isEmpty())
            item.icon = u"bolt"_s;
        item.hue = owner && !owner->isWindow() ? kit::Theme::area(owner) : kit::Hue::Obs;
        for (const auto& entry : m_entries) {
            if (action->objectName() == u"area."_s + entry.id)
                item.hue = entry.accent;
        }
        item.title = action->text();
        item.detail = m_actions->detailOf(action);
        item.keys = action->shortcut().toString(QKeySequence::NativeText);
        item.enabled = action->isEnabled();
        item.run = [action = QPointer<QAction>(action)] {
            if (action)
                action->trigger();
        };
        items.append(item);
    }
    std::stable_sort(items.begin(), items.end(), [&](const PaletteItem& a, const PaletteItem& b) {
        return paletteRank(a.group) < paletteRank(b.group);
    });
    return items;
}

void MainWindow::openPalette(const QString& prefix)
{
    m_popover->close();
    m_palette->open(paletteItems(), prefix);
    if (m_session)
        loadTracksForPalette();
}

void MainWindow::loadTracksForPalette()
{
    auto& engine = m_session->engine();
    engine.run(
        this,
        [&tracer = engine.engine().tracer] {
            const auto latest = tracer.latest(kPaletteTracks);
            return QList<core::trace::Track>(latest.begin(), latest.end());
        },
        [this](const QList<core::trace::Track>& tracks) {
            m_palette->addItems(trackItems(tracks, [this](const ObjectRef& object) { open(object); }));
        });
}

}
