#include "ui/map/latest_tracks.h"

#include "ui/kit/controls.h"
#include "ui/kit/delegates.h"
#include "ui/kit/panes.h"
#include "ui/kit/search_field.h"
#include "ui/kit/theme.h"

#include <QHeaderView>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace ui::map {

using namespace Qt::StringLiterals;
using kit::theme;

namespace {

constexpr int kShown = 200;
constexpr auto kRight = Qt::AlignRight | Qt::AlignVCenter;
enum Columns { Time, Method, Path, Status, Spectrum, Duration, From, Note };
constexpr int kWidths[] = {104, 62, 220, 56, 250, 78, 96, 120};

}

LatestModel* makeLatestModel(QObject* parent)
{
    using Column = kit::Column<LatestRow>;
    const auto spectrum = [](const LatestRow& row, int role) -> QVariant {
        if (role == kit::SpectrumRole)
            return QVariant::fromValue(kit::Spectrum{row.track.parts, row.width});
        return role == Qt::AccessibleTextRole ? QVariant(row.track.services.join(u", "_s)) : QVariant();
    };
    const auto note = [](const LatestRow& row, int role) -> QVariant {
        if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
            return row.track.note;
        if (role == kit::ToneRole && (row.track.failed || row.track.cold))
            return int(row.track.failed ? kit::Hue::Err : kit::Hue::Cold);
        return {};
    };
    const auto path = [](const LatestRow& row, int role) -> QVariant {
        return role == Qt::DisplayRole || role == Qt::ToolTipRole ? QVariant(row.track.path) : QVariant();
    };
    return new LatestModel(
        {Column::text(LatestTracks::tr("Time"), [](const LatestRow& row) { return row.track.time; }),
            Column::text(LatestTracks::tr("Method"), [](const LatestRow& row) { return row.track.method; }),
            {LatestTracks::tr("Path"), path},
            Column::text(LatestTracks::tr("Status"),
                [](const LatestRow& row) { return QString::number(row.track.status); }),
            {LatestTracks::tr("Where the time went"), spectrum},
            Column::text(
                LatestTracks::tr("Duration"),
                [](const LatestRow& row) { return bridge::milliseconds(row.track.duration); }, kRight),
            Column::text(LatestTracks::tr("From"), [](const LatestRow& row) { return row.track.from; }),
            {LatestTracks::tr("Note"), note}},
        [](const LatestRow& row) { return row.track.id; }, parent);
}

LatestTracks::LatestTracks(bridge::EngineClient& engine, bridge::EventBridge& events, QWidget* parent)
    : QWidget(parent)
    , m_feed(new bridge::TrackFeed(engine, events, kShown, this))
    , m_model(makeLatestModel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    buildHeader();
    buildTable();
    layout->addWidget(m_header);
    layout->addWidget(kit::hline());
    layout->addWidget(m_table, 1);
    connect(m_feed, &bridge::TrackFeed::changed, this, &LatestTracks::showRows);
    connect(m_filter, &QLineEdit::textChanged, this, &LatestTracks::showRows);
    connect(m_hold, &QPushButton::toggled, m_feed, &bridge::TrackFeed::setHeld);
    showRows();
}

void LatestTracks::buildHeader()
{
    m_header = new kit::SectionHeader(tr("Latest tracks"));
    m_filter = new kit::SearchField(tr("Filter: status, path, city"), tr("Filter the latest tracks"));
    m_filter->setObjectName(u"mapTrackFilter"_s);
    m_filter->setFixedWidth(theme().px(200));
    m_hold = kit::button(tr("Hold"), kit::ButtonRole::Quiet, u"pause"_s, true);
    m_hold->setObjectName(u"mapTrackHold"_s);
    m_hold->setCheckable(true);
    m_hold->setToolTip(tr("Keeps the list as it is while requests go on"));
    m_header->addAction(m_filter);
    m_header->addAction(m_hold);
}

void LatestTracks::buildTable()
{
    using Cell = kit::RowDelegate::Cell;
    m_table = new QTableView;
    m_table->setObjectName(u"mapTracks"_s);
    m_table->setAccessibleName(tr("Latest tracks"));
    m_table->setModel(m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(theme().px(26));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setItemDelegate(new kit::RowDelegate(m_table));
    m_table->setItemDelegateForColumn(Time, new kit::RowDelegate(m_table, Cell::Mono));
    m_table->setItemDelegateForColumn(Method, new kit::MethodDelegate(m_table));
    m_table->setItemDelegateForColumn(Path, new kit::RowDelegate(m_table, Cell::Mono));
    m_table->setItemDelegateForColumn(Status, new kit::StatusDelegate(m_table));
    m_table->setItemDelegateForColumn(Spectrum, new kit::SpectrumDelegate(m_table));
    m_table->setItemDelegateForColumn(Duration, new kit::RowDelegate(m_table, Cell::Mono));
    for (int column = 0; column < m_model->columnCount(); ++column)
        m_table->setColumnWidth(column, theme().px(kWidths[column]));
    m_table->horizontalHeader()->setStretchLastSection(true);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& current) {
            const auto id = current.data(kit::KeyRole).toString();
            if (m_quiet || !current.isValid() || id == m_selected)
                return;
            m_selected = id;
            Q_EMIT trackSelected(id);
        });
    connect(m_table, &QTableView::activated, this,
        [this](const QModelIndex& index) { Q_EMIT trackOpened(index.data(kit::KeyRole).toString()); });
}

void LatestTracks::showRows()
{
    QList<LatestRow> rows;
    qint64 longest = 1;
    for (const auto& track : m_feed->rows()) {
        if (bridge::fits(track, m_filter->text()))
            rows.append({track, 1});
    }
    for (const auto& row : rows)
        longest = std::max(longest, row.track.duration);
    for (auto& row : rows)
        row.width = double(std::max<qint64>(row.track.duration, 0)) / double(longest);
    const QScopedValueRollback quiet(m_quiet, true);
    // Someone who looks at the top keeps looking at the latest.
    const bool atTop = m_table->verticalScrollBar()->value() == 0;
    m_model->setRows(rows);
    m_header->setDetail(tr("%1 of %2").arg(rows.size()).arg(m_feed->total()));
    selectTrack(m_selected);
    if (atTop)
        m_table->scrollToTop();
}

void LatestTracks::selectTrack(const QString& id)
{
    const QScopedValueRollback quiet(m_quiet, true);
    m_selected = id;
    const int row = id.isEmpty() ? -1 : m_model->rowOf(id);
    if (row < 0) {
        m_table->setCurrentIndex({});
        m_table->clearSelection();
    } else if (m_table->currentIndex().row() != row) {
        m_table->setCurrentIndex(m_model->index(row, 0));
    }
}

}
