#include "ui/map/map_inspector.h"

#include "ui/bridge/track_row.h"
#include "ui/kit/controls.h"
#include "ui/kit/delegates.h"
#include "ui/kit/panes.h"
#include "ui/kit/stat.h"
#include "ui/kit/theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace ui::map {

using namespace Qt::StringLiterals;
using kit::theme;

namespace {

constexpr auto kRight = Qt::AlignRight | Qt::AlignVCenter;
constexpr int kWidth = 288;
constexpr int kMargin = 12;

QString spoken(const Connection& row)
{
    return row.outward ? MapInspector::tr("Calls %1").arg(row.other.title)
                       : MapInspector::tr("Called by %1").arg(row.other.title);
}

QString noteOf(const Run& run)
{
    if (run.failed)
        return MapInspector::tr("Failed");
    return run.cold ? MapInspector::tr("Cold start") : QString();
}

QList<Connection> connectionsOf(const Node& node, const Graph& graph, const Traffic& traffic)
{
    QList<Connection> found;
    for (const auto& edge : graph.edges) {
        if (edge.from != node.key && edge.to != node.key)
            continue;
        const bool outward = edge.from == node.key;
        if (const auto* other = graph.find(outward ? edge.to : edge.from))
            found.append({*other, outward, traffic.rates.value(rateKey(edge))});
    }
    std::stable_partition(found.begin(), found.end(), [](const Connection& each) { return !each.outward; });
    return found;
}

}

ConnectionModel* makeConnectionModel(QObject* parent)
{
    const auto name = [](const Connection& row, int role) -> QVariant {
        if (role == Qt::DisplayRole)
            return (row.outward ? u"→  "_s : u"←  "_s) + row.other.title;
        if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole)
            return spoken(row);
        return {};
    };
    using Column = kit::Column<Connection>;
    return new ConnectionModel(
        {{MapInspector::tr("Connection"), name},
            Column::text(
                MapInspector::tr("Rate"), [](const Connection& row) { return rateText(row.rate); }, kRight)},
        [](const Connection& row) { return row.other.key + (row.outward ? u'>' : u'<'); }, parent);
}

RunModel* makeRunModel(QObject* parent)
{
    using Column = kit::Column<Run>;
    const auto note = [](const Run& run, int role) -> QVariant {
        if (role == Qt::DisplayRole)
            return noteOf(run);
        return role == kit::ToneRole ? QVariant(int(run.failed ? kit::Hue::Err : kit::Hue::Cold))
                                     : QVariant();
    };
    return new RunModel(
        {Column::text(MapInspector::tr("Time"), [](const Run& run) { return run.time; }),
            {MapInspector::tr("Note"), note},
            Column::text(
                MapInspector::tr("Duration"),
                [](const Run& run) { return bridge::milliseconds(run.duration); }, kRight)},
        [](const Run& run) { return run.trackId + u'@' + run.time; }, parent);
}

MapInspector::MapInspector(QWidget* parent)
    : QWidget(parent)
    , m_pages(new QStackedWidget)
    , m_connectionModel(makeConnectionModel(this))
    , m_runModel(makeRunModel(this))
{
    setObjectName(u"mapInspector"_s);
    setAccessibleName(tr("Inspector"));
    setMinimumWidth(theme().px(kWidth));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);
    m_pages->addWidget(new kit::EmptyState(
        tr("Nothing is selected"), tr("Select a resource to see its rates, connections and last runs.")));
    auto* page = new QWidget;
    auto* content = new QVBoxLayout(page);
    content->setContentsMargins(0, 0, 0, 0);
    content->setSpacing(0);
    content->addWidget(buildHead());
    content->addWidget(kit::hline());
    content->addWidget(buildStats());
    content->addWidget(kit::hline());
    m_connections = buildTable(u"mapConnections"_s, tr("Connections"), m_connectionModel);
    m_runs = buildTable(u"mapRuns"_s, tr("Last runs"), m_runModel);
    content->addWidget(new kit::SectionHeader(tr("Connections")));
    content->addWidget(m_connections, 1);
    content->addWidget(kit::hline());
    content->addWidget(new kit::SectionHeader(tr("Last runs")));
    content->addWidget(m_runs, 1);
    m_pages->addWidget(page);
    connect(m_connections, &QTableView::activated, this, [this](const QModelIndex& index) {
        Q_EMIT nodeRequested(m_connectionModel->row(index.row()).other.key);
    });
    connect(m_runs, &QTableView::activated, this,
        [this](const QModelIndex& index) { Q_EMIT trackRequested(m_runModel->row(index.row()).trackId); });
}

QWidget* MapInspector::buildHead()
{
    auto* head = new QWidget;
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(10);
    auto* line = new QHBoxLayout;
    line->setSpacing(10);
    m_tile = new kit::Tile({}, kit::Hue::Obs, 32);
    m_title = kit::label({}, u"title"_s);
    m_title->setObjectName(u"mapInspectorTitle"_s);
    m_title->setWordWrap(true);
    m_detail = kit::label({}, u"secondary"_s);
    m_detail->setWordWrap(true);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addWidget(m_title);
    words->addWidget(m_detail);
    line->addWidget(m_tile, 0, Qt::AlignTop);
    line->addLayout(words, 1);
    layout->addLayout(line);
    m_open = kit::button(tr("Open"), kit::ButtonRole::Primary);
    m_open->setObjectName(u"mapOpen"_s);
    m_open->setToolTip(tr("Open (Enter)"));
    connect(m_open, &QPushButton::clicked, this, &MapInspector::openRequested);
    layout->addWidget(m_open, 0, Qt::AlignLeft);
    return head;
}

QWidget* MapInspector::buildStats()
{
    auto* stats = new QWidget;
    auto* grid = new QGridLayout(stats);
    grid->setContentsMargins(kMargin, 8, kMargin, 8);
    grid->setVerticalSpacing(10);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    const auto add = [&](int row, int column, const QString& name, const QString& objectName) {
        auto* stat = new kit::Stat(name, objectName);
        grid->addWidget(stat, row, column);
        return stat;
    };
    m_rate = add(0, 0, tr("Requests"), u"mapRate"_s);
    m_errors = add(0, 1, tr("Errors"), u"mapErrors"_s);
    m_p50 = add(1, 0, tr("p50"), u"mapP50"_s);
    m_p95 = add(1, 1, tr("p95"), u"mapP95"_s);
    return stats;
}

QTableView* MapInspector::buildTable(const QString& name, const QString& words, QAbstractItemModel* model)
{
    auto* table = new QTableView;
    table->setObjectName(name);
    table->setAccessibleName(words);
    table->setModel(model);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->setFrameShape(QFrame::NoFrame);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(theme().px(26));
    table->horizontalHeader()->hide();
    table->setItemDelegate(new kit::RowDelegate(table));
    table->setItemDelegateForColumn(
        model->columnCount() - 1, new kit::RowDelegate(table, kit::RowDelegate::Cell::Number));
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    return table;
}

void MapInspector::show(const Node* node, const Graph& graph, const Traffic& traffic)
{
    m_pages->setCurrentIndex(node ? 1 : 0);
    if (!node) {
        m_connectionModel->setRows({});
        m_runModel->setRows({});
        return;
    }
    m_tile->set(node->icon, node->hue);
    m_title->setText(node->title);
    m_detail->setText(node->lane == Lane::Visitors ? traffic.places.join(u", "_s) : node->detail);
    m_detail->setVisible(!m_detail->text().isEmpty());
    m_open->setVisible(!node->kind.isEmpty());
    showStats(traffic.nodes.value(node->key));
    m_connectionModel->setRows(connectionsOf(*node, graph, traffic));
    m_runModel->setRows(traffic.nodes.value(node->key).runs);
}

void MapInspector::showStats(const NodeTraffic& traffic)
{
    m_rate->setText(rateText(traffic.rate));
    m_errors->setText(traffic.requests == 0
            ? tr("none")
            : tr("%1 %").arg(100.0 * traffic.errors / traffic.requests, 0, 'f', traffic.errors == 0 ? 0 : 1));
    m_errors->setToolTip(tr("%1 of %2 in the last 5 minutes").arg(traffic.errors).arg(traffic.requests));
    const auto time = [](qint64 micros) { return micros < 0 ? tr("none") : bridge::milliseconds(micros); };
    m_p50->setText(time(traffic.p50));
    m_p95->setText(time(traffic.p95));
}

}
