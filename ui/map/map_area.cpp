#include "ui/map/map_area.h"

#include "ui/bridge/engine_client.h"
#include "ui/kit/controls.h"
#include "ui/kit/delegates.h"
#include "ui/kit/panes.h"
#include "ui/kit/theme.h"
#include "ui/map/latest_tracks.h"
#include "ui/map/map_canvas.h"
#include "ui/map/map_document.h"
#include "ui/map/map_inspector.h"
#include "ui/shell/action_catalogue.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace ui::map {

using namespace Qt::StringLiterals;
using kit::theme;

namespace {

enum Page { Empty, Full };
enum View { Drawing, List };
constexpr auto kRight = Qt::AlignRight | Qt::AlignVCenter;
constexpr int kListWidths[] = {190, 220, 80, 70, 240};

QList<ListRow> listRows(const Graph& graph, const Traffic& traffic)
{
    QList<ListRow> rows;
    for (const auto& node : graph.nodes) {
        QStringList calls;
        QStringList callers;
        for (const auto& edge : graph.edges) {
            if (edge.from == node.key)
                calls.append(graph.find(edge.to)->title);
            if (edge.to == node.key)
                callers.append(graph.find(edge.from)->title);
        }
        rows.append({node, calls.join(u", "_s), callers.join(u", "_s), traffic.nodes.value(node.key)});
    }
    return rows;
}

}

ListModel* makeListModel(QObject* parent)
{
    using Column = kit::Column<ListRow>;
    return new ListModel(
        {Column::text(MapArea::tr("Resource"), [](const ListRow& row) { return row.node.title; }),
            Column::text(MapArea::tr("Kind"), [](const ListRow& row) { return row.node.detail; }),
            Column::text(
                MapArea::tr("Requests"), [](const ListRow& row) { return rateText(row.traffic.rate); },
                kRight),
            Column::text(
                MapArea::tr("Errors"), [](const ListRow& row) { return QString::number(row.traffic.errors); },
                kRight),
            Column::text(MapArea::tr("Calls"), [](const ListRow& row) { return row.calls; }),
            Column::text(MapArea::tr("Called by"), [](const ListRow& row) { return row.calledBy; })},
        [](const ListRow& row) { return row.node.key; }, parent);
}

MapArea::MapArea(shell::AreaContext& context, QWidget* parent)
    : Area(context, u"obs"_s, parent)
    , m_document(new MapDocument(context.engine, context.events, context.resources, this))
    , m_listModel(makeListModel(this))
    , m_pages(new QStackedWidget)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    buildHeader();
    auto* across = new kit::Splitter(Qt::Horizontal);
    across->addWidget(buildCentre());
    m_inspector = new MapInspector;
    across->addWidget(m_inspector);
    across->setStretchFactor(0, 1);
    across->setDefaultSizes({1088, 288});
    m_pages->addWidget(buildEmpty());
    m_pages->addWidget(across);
    layout->addWidget(m_header);
    layout->addWidget(m_pages, 1);
    addActions();
    connectAll();
    showGraph();
    showTraffic();
}

void MapArea::buildHeader()
{
    m_header = new kit::AreaHeader;
    m_header->setObject(u"map"_s, kit::Hue::Obs, tr("Map"));
    m_view = new kit::Segments({tr("Map"), tr("List")});
    m_view->setObjectName(u"mapView"_s);
    m_view->segment(List)->setToolTip(tr("The same resources as a list (L)"));
    m_header->addScope(m_view);
    m_header->addNote(tr("One droplet is one request."));
}

QWidget* MapArea::buildEmpty()
{
    const auto endpoint = context().engine.endpoint();
    auto* empty = new kit::EmptyState(tr("Nothing is in this chamber yet"),
        tr("Point an SDK, the AWS CLI or Terraform at %1 and create something: it appears here at once.")
            .arg(endpoint));
    empty->addAction(
        tr("Copy the endpoint"), [endpoint] { QApplication::clipboard()->setText(endpoint); },
        u"mapCopyEndpoint"_s);
    return empty;
}

QWidget* MapArea::buildCentre()
{
    auto* split = new kit::Splitter(Qt::Vertical);
    m_drawing = new QStackedWidget;
    m_canvas = new MapCanvas;
    m_drawing->addWidget(m_canvas);
    m_drawing->addWidget(buildList());
    m_tracks = new LatestTracks(context().engine, context().events);
    split->addWidget(m_drawing);
    split->addWidget(m_tracks);
    split->setStretchFactor(0, 1);
    split->setDefaultSizes({578, 216});
    return split;
}

QWidget* MapArea::buildList()
{
    m_list = new QTableView;
    m_list->setObjectName(u"mapList"_s);
    m_list->setAccessibleName(tr("Resources and their connections"));
    m_list->setModel(m_listModel);
    m_list->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setShowGrid(false);
    m_list->setTabKeyNavigation(false);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->verticalHeader()->hide();
    m_list->verticalHeader()->setDefaultSectionSize(theme().px(26));
    m_list->horizontalHeader()->setHighlightSections(false);
    m_list->horizontalHeader()->setStretchLastSection(true);
    m_list->setItemDelegate(new kit::RowDelegate(m_list));
    for (int column = 0; column < int(std::size(kListWidths)); ++column)
        m_list->setColumnWidth(column, theme().px(kListWidths[column]));
    return m_list;
}

void MapArea::addActions()
{
    auto& catalogue = context().actions;
    const auto add = [&](const QString& id, const QString& text, const QString& icon,
                         const QKeySequence& keys, std::function<void()> run) {
        m_actions.append(catalogue.add(
            {.id = id, .text = text, .icon = icon, .keys = keys, .group = tr("Map")}, this, std::move(run)));
    };
    add(u"map.list"_s, tr("Show the map as a list or a drawing"), u"list"_s, QKeySequence(Qt::Key_L),
        [this] { showAsList(m_drawing->currentIndex() != List); });
    add(u"map.fit"_s, tr("Fit the map into the window"), u"fit"_s, {}, [this] { m_canvas->fit(); });
}

void MapArea::connectAll()
{
    connect(m_document, &MapDocument::graphChanged, this, &MapArea::showGraph);
    connect(m_document, &MapDocument::trafficChanged, this, &MapArea::showTraffic);
    connect(m_document, &MapDocument::tracksEnded, m_canvas, &MapCanvas::showEnded);
    connect(m_view, &kit::Segments::currentChanged, this, [this](int view) { showAsList(view == List); });
    connect(m_canvas, &MapCanvas::nodeSelected, this, &MapArea::select);
    connect(m_canvas, &MapCanvas::nodeOpened, this, &MapArea::open);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& current) {
            if (current.isValid())
                select(current.data(kit::KeyRole).toString());
        });
    connect(m_list, &QTableView::activated, this,
        [this](const QModelIndex& index) { open(index.data(kit::KeyRole).toString()); });
    connect(m_inspector, &MapInspector::openRequested, this, [this] { open(m_selected); });
    connect(m_inspector, &MapInspector::nodeRequested, this, &MapArea::select);
    connect(m_inspector, &MapInspector::trackRequested, this, &MapArea::openTrack);
    connect(m_tracks, &LatestTracks::trackOpened, this, &MapArea::openTrack);
    connect(m_tracks, &LatestTracks::trackSelected, this, [this](const QString& id) {
        lightTrack(id);
        context().navigator.selectTrack(id);
    });
}

void MapArea::showGraph()
{
    m_canvas->setGraph(m_document->graph());
    if (!m_document->graph().find(m_selected))
        m_selected.clear();
    m_canvas->setSelected(m_selected);
    showTraffic();
}

void MapArea::showTraffic()
{
    const auto& graph = m_document->graph();
    const auto& traffic = m_document->traffic();
    m_header->setObject(u"map"_s, kit::Hue::Obs, tr("Map"),
        tr("%n resource(s)", nullptr, int(context().resources.resources().size())));
    m_pages->setCurrentIndex(graph.nodes.isEmpty() && m_document->read() ? Empty : Full);
    m_view->setVisible(m_pages->currentIndex() == Full);
    m_canvas->setTraffic(traffic);
    m_listModel->setRows(listRows(graph, traffic));
    m_inspector->show(graph.find(m_selected), graph, traffic);
    lightTrack(m_track);
}

void MapArea::showAsList(bool list)
{
    const bool focused = m_drawing->currentWidget()->hasFocus();
    m_view->setCurrent(list ? List : Drawing);
    m_drawing->setCurrentIndex(list ? List : Drawing);
    if (focused)
        m_drawing->currentWidget()->setFocus();
}

void MapArea::select(const QString& key)
{
    if (key == m_selected)
        return;
    m_selected = key;
    // One selection: a resource or a track.
    if (!m_track.isEmpty()) {
        trackSelected({});
        context().navigator.selectTrack({});
    }
    m_canvas->setSelected(key);
    const int row = m_listModel->rowOf(key);
    m_list->setCurrentIndex(row < 0 ? QModelIndex() : m_listModel->index(row, 0));
    m_inspector->show(m_document->graph().find(key), m_document->graph(), m_document->traffic());
}

void MapArea::open(const QString& key)
{
    const auto* node = m_document->graph().find(key);
    if (node && !node->kind.isEmpty())
        context().navigator.open({node->kind, context().navigator.region(), node->name});
}

void MapArea::openTrack(const QString& id)
{
    context().navigator.open({u"track"_s, context().navigator.region(), id});
}

void MapArea::lightTrack(const QString& id)
{
    m_track = id;
    const auto* path = id.isEmpty() ? nullptr : m_document->path(id);
    m_canvas->setTrack(path ? path->hops : QList<Edge>());
}

void MapArea::openObject(const shell::ObjectRef& object)
{
    select(object.kind + u'/' + object.name);
}

void MapArea::trackSelected(const QString& trackId)
{
    lightTrack(trackId);
    m_tracks->selectTrack(trackId);
}

QList<QWidget*> MapArea::panes() const
{
    return {m_drawing->currentWidget(), m_inspector->connections(), m_tracks->table()};
}

QWidget* MapArea::partWidget(Part part) const
{
    switch (part) {
    case Part::Inspector:
        return m_inspector;
    case Part::Bottom:
        return m_tracks;
    case Part::List:
        break;
    }
    return nullptr;
}

void MapArea::showEvent(QShowEvent* event)
{
    Area::showEvent(event);
    m_document->setWatched(true);
}

void MapArea::hideEvent(QHideEvent* event)
{
    Area::hideEvent(event);
    m_document->setWatched(false);
}

}
