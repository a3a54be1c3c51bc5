#include "ui/tracks/tracks_area.h"

#include "ui/bridge/engine_client.h"
#include "ui/bridge/event_bridge.h"
#include "ui/kit/controls.h"
#include "ui/kit/panes.h"
#include "ui/kit/search_field.h"
#include "ui/kit/theme.h"
#include "ui/shell/action_catalogue.h"
#include "ui/tracks/track_list_delegate.h"
#include "ui/tracks/track_view.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>
#include <optional>

namespace ui::tracks {

using namespace Qt::StringLiterals;
using kit::theme;

namespace {

constexpr int kShown = 500;
constexpr qint64 kSlow = 100'000; // microseconds: what "Slow" means

enum Kind { All, Slow, Errors, Cold };

bool isOf(const bridge::TrackRow& row, int kind)
{
    switch (kind) {
    case Slow:
        return row.duration >= kSlow;
    case Errors:
        return row.status >= 400 || row.failed;
    case Cold:
        return row.cold;
    default:
        return true;
    }
}

QString spoken(const bridge::TrackRow& row)
{
    auto words = QStringLiteral("%1 %2, %3, %4")
                     .arg(row.method, row.path)
                     .arg(row.status)
                     .arg(bridge::milliseconds(row.duration));
    return row.cold ? QObject::tr("%1, cold start").arg(words) : words;
}

}

TrackModel* makeTrackModel(QObject* parent)
{
    const auto cell = [](const bridge::TrackRow& row, int role) -> QVariant {
        if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole)
            return spoken(row);
        if (role == kTrackRole)
            return QVariant::fromValue(row);
        return role == Qt::ToolTipRole ? QVariant(row.note) : QVariant();
    };
    return new TrackModel(
        {{QObject::tr("Track"), cell}}, [](const bridge::TrackRow& row) { return row.id; }, parent);
}

TracksArea::TracksArea(shell::AreaContext& context, QWidget* parent)
    : Area(context, u"obs"_s, parent)
    , m_feed(new bridge::TrackFeed(context.engine, context.events, kShown, this))
    , m_model(makeTrackModel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    buildHeader();
    layout->addWidget(m_header);
    auto* split = new kit::Splitter(Qt::Horizontal);
    split->addWidget(buildList());
    m_pages = new QStackedWidget;
    m_pages->addWidget(new kit::EmptyState(tr("No track is open"),
        tr("Each line of the list is one request. Open one to see where its time went and why.")));
    m_view = new TrackView;
    m_pages->addWidget(m_view);
    split->addWidget(m_pages);
    split->setStretchFactor(1, 1);
    split->setDefaultSizes({392, 984});
    layout->addWidget(split, 1);
    connectAll();
    showRows();
}

void TracksArea::buildHeader()
{
    m_header = new kit::AreaHeader;
    m_header->setObject(u"tracks"_s, kit::Hue::Obs, tr("Tracks"));
    m_kinds = new kit::Segments({tr("All"), tr("Slow"), tr("Errors"), tr("Cold")});
    m_kinds->setObjectName(u"trackKinds"_s);
    m_kinds->segment(Slow)->setToolTip(tr("100 ms and longer"));
    m_kinds->segment(Errors)->setToolTip(tr("Status 400 and above"));
    m_header->addScope(m_kinds);
    auto& catalogue = context().actions;
    auto* copy = catalogue.add({.id = u"tracks.copyId"_s,
                                   .text = tr("Copy the track's id"),
                                   .icon = u"copy"_s,
                                   .group = tr("Tracks")},
        this, [this] { QApplication::clipboard()->setText(m_current); });
    auto* clear = catalogue.add({.id = u"tracks.clear"_s,
                                    .text = tr("Clear the tracks"),
                                    .icon = u"trash"_s,
                                    .group = tr("Tracks"),
                                    .detail = tr("Nothing in the chamber changes")},
        this, [this] {
            auto& tracer = context().engine.engine().tracer;
            context().engine.run(
                this,
                [&tracer] {
                    tracer.clear();
                    return true;
                },
                [this](bool) {
                    m_current.clear();
                    m_pages->setCurrentIndex(0);
                    m_feed->reload();
                });
        });
    m_actions = {copy, clear};
    auto* copyButton = kit::button({});
    auto* clearButton = kit::button({});
    copyButton->setObjectName(u"trackCopy"_s);
    clearButton->setObjectName(u"trackClear"_s);
    catalogue.bind(copyButton, copy);
    catalogue.bind(clearButton, clear);
    m_header->addAction(copyButton);
    m_header->addAction(clearButton);
}

QWidget* TracksArea::buildList()
{
    m_listPane = new QWidget;
    auto* layout = new QVBoxLayout(m_listPane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(8, 7, 8, 7);
    m_filter = new kit::SearchField(tr("status:5xx path:/orders slower:100ms"), tr("Filter tracks"));
    m_filter->setObjectName(u"trackFilter"_s);
    m_hold = kit::button(tr("Hold"), kit::ButtonRole::Default, u"pause"_s);
    m_hold->setObjectName(u"trackHold"_s);
    m_hold->setCheckable(true);
    m_hold->setToolTip(tr("Keeps the list as it is while requests go on"));
    top->addWidget(m_filter, 1);
    top->addWidget(m_hold);
    layout->addLayout(top);
    layout->addWidget(kit::hline());
    m_list = new QListView;
    m_list->setObjectName(u"trackList"_s);
    m_list->setAccessibleName(tr("Tracks"));
    m_list->setModel(m_model);
    m_delegate = new TrackListDelegate(m_list);
    m_list->setItemDelegate(m_delegate);
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_none = new kit::EmptyState({}, {});
    layout->addWidget(m_list, 1);
    layout->addWidget(m_none, 1);
    return m_listPane;
}

void TracksArea::connectAll()
{
    connect(m_feed, &bridge::TrackFeed::changed, this, &TracksArea::showRows);
    connect(m_filter, &QLineEdit::textChanged, this, &TracksArea::showRows);
    connect(m_kinds, &kit::Segments::currentChanged, this, &TracksArea::showRows);
    connect(m_hold, &QPushButton::toggled, m_feed, &bridge::TrackFeed::setHeld);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
        [this](const QModelIndex& current) {
            if (!current.isValid())
                return;
            const auto id = current.data(kit::KeyRole).toString();
            if (id != m_current) {
                open(id);
                context().navigator.selectTrack(id);
            }
        });
    // A track that is shown while it runs, or that late spans join, grows.
    connect(&context().events, &bridge::EventBridge::tracksChanged, this, [this](const QStringList& ids) {
        if (ids.contains(m_current))
            reloadCurrent();
    });
}

void TracksArea::showRows()
{
    QList<bridge::TrackRow> rows;
    qint64 longest = 1;
    for (const auto& row : m_feed->rows()) {
        if (isOf(row, m_kinds->current()) && bridge::fits(row, m_filter->text()))
            rows.append(row);
    }
    for (const auto& row : rows)
        longest = std::max(longest, row.duration);
    m_delegate->setScale(longest);
    m_model->setRows(rows);
    m_header->setObject(
        u"tracks"_s, kit::Hue::Obs, tr("Tracks"), tr("%n recorded", nullptr, int(m_feed->total())));
    m_list->setVisible(!rows.isEmpty());
    m_none->setVisible(rows.isEmpty());
    if (m_feed->rows().isEmpty())
        m_none->set(tr("No request yet"),
            tr("Whatever enters the chamber leaves a track: an SDK's call, a click, a viewer."));
    else
        m_none->set(tr("No track fits"),
            tr("%n track(s) do not fit the filter.", nullptr, int(m_feed->rows().size())));
}

void TracksArea::open(const QString& id)
{
    m_current = id;
    reloadCurrent();
    Q_EMIT currentObjectChanged();
}

void TracksArea::reloadCurrent()
{
    if (m_current.isEmpty())
        return;
    auto& tracer = context().engine.engine().tracer;
    context().engine.run(
        this, [&tracer, id = m_current.toStdString()] { return tracer.find(id); },
        [this, id = m_current](const std::optional<core::trace::Track>& track) {
            if (id != m_current)
                return;
            m_pages->setCurrentIndex(track ? 1 : 0);
            if (track)
                m_view->show(*track);
        });
}

void TracksArea::openObject(const shell::ObjectRef& object)
{
    if (object.name.isEmpty() && object.part == u"errors"_s) {
        m_filter->setText(u"status:5xx"_s);
        m_list->setFocus(Qt::OtherFocusReason);
        return;
    }
    open(object.name);
    const int row = m_model->rowOf(object.name);
    if (row >= 0)
        m_list->setCurrentIndex(m_model->index(row, 0));
}

shell::ObjectRef TracksArea::currentObject() const
{
    return m_current.isEmpty() ? shell::ObjectRef{}
                               : shell::ObjectRef{u"track"_s, context().navigator.region(), m_current};
}

void TracksArea::trackSelected(const QString& trackId)
{
    if (!trackId.isEmpty() && trackId != m_current)
        openObject({u"track"_s, {}, trackId});
}

QList<QWidget*> TracksArea::panes() const
{
    return {m_list, m_view->tree(), m_view->steps()};
}

QWidget* TracksArea::partWidget(Part part) const
{
    switch (part) {
    case Part::List:
        return m_listPane;
    case Part::Bottom:
        return m_view->steps();
    case Part::Inspector:
        break;
    }
    return nullptr;
}

}
