#include "ui/cdn/entries_panel.h"

#include "core/base/text.h"
#include "ui/kit/controls.h"
#include "ui/kit/delegates.h"
#include "ui/kit/panes.h"
#include "ui/kit/quantity.h"
#include "ui/kit/search_field.h"
#include "ui/kit/theme.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QVBoxLayout>

namespace ui::cdn {

using namespace Qt::StringLiterals;
using kit::Hue;
using kit::theme;

namespace {

QString lasting(qint64 seconds)
{
    if (seconds < 120)
        return QObject::tr("%1 s").arg(seconds);
    if (seconds < 7200)
        return QObject::tr("%1 min").arg(seconds / 60);
    if (seconds < 172800)
        return QObject::tr("%1 h").arg(seconds / 3600);
    return QObject::tr("%1 days").arg(seconds / 86400);
}

QVariant stateCell(const EntryRow& row, int role)
{
    if (role == Qt::DisplayRole) {
        if (row.state == "error"_L1)
            return QObject::tr("%1 cached").arg(row.status);
        return row.state == "fresh"_L1 ? QObject::tr("Fresh") : QObject::tr("Stale");
    }
    if (role == kit::ToneRole)
        return int(row.state == "fresh"_L1 ? Hue::Ok : row.state == "stale"_L1 ? Hue::Warn : Hue::Err);
    return role == Qt::ToolTipRole ? QVariant(row.reason) : QVariant();
}

QVariant ageCell(const EntryRow& row, int role)
{
    const auto words = QObject::tr("%1 of %2").arg(lasting(row.age), lasting(row.lifetime));
    if (role == kit::AgeRole)
        return QVariant::fromValue(
            kit::Age{row.lifetime ? double(row.age) / double(row.lifetime) : 2, words});
    if (role == Qt::AccessibleTextRole)
        return words;
    return role == Qt::ToolTipRole ? QVariant(row.reason) : QVariant();
}

QVariant keyCell(const EntryRow& row, int role)
{
    if (role == Qt::DisplayRole)
        return row.variant.isEmpty() ? row.path : row.path + u"  "_s + row.variant;
    return role == Qt::ToolTipRole ? QVariant(QObject::tr("Cache key %1").arg(row.key)) : QVariant();
}

}

EntryModel* makeEntryModel(QObject* parent)
{
    using Column = kit::Column<EntryRow>;
    constexpr auto right = Qt::AlignRight | Qt::AlignVCenter;
    return new EntryModel(
        {Column::text(QObject::tr("Edge"), [](const EntryRow& row) { return row.edge; }),
            {QObject::tr("Key"), keyCell}, {QObject::tr("State"), stateCell},
            {QObject::tr("Age of lifetime"), ageCell},
            Column::text(
                QObject::tr("Size"), [](const EntryRow& row) { return kit::bytesText(row.size); }, right),
            Column::text(
                QObject::tr("Hits"), [](const EntryRow& row) { return QString::number(row.hits); }, right)},
        [](const EntryRow& row) { return QString(row.edge + u'\n' + row.path + u'\n' + row.variant); },
        parent);
}

EntriesPanel::EntriesPanel(QWidget* parent)
    : QWidget(parent)
    , m_model(makeEntryModel(this))
{
    setObjectName(u"cdnEntries"_s);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_header = new kit::SectionHeader(tr("Cache entries"));
    m_states = new kit::Segments({tr("All"), tr("Stale"), tr("Errors")});
    m_states->setObjectName(u"cdnStates"_s);
    m_search = new kit::SearchField(tr("Key or edge"), tr("Filter entries by key or edge"));
    m_search->setObjectName(u"cdnEntrySearch"_s);
    m_search->setFixedWidth(theme().px(140));
    m_header->addAction(m_states);
    m_header->addAction(m_search);
    m_table = new QTableView;
    m_table->setObjectName(u"cdnEntryTable"_s);
    m_table->setAccessibleName(tr("Cache entries"));
    m_table->setModel(m_model);
    m_table->setItemDelegate(new kit::RowDelegate(m_table, kit::RowDelegate::Cell::Mono));
    m_table->setItemDelegateForColumn(2, new kit::BadgeDelegate(m_table));
    m_table->setItemDelegateForColumn(3, new kit::AgeDelegate(m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(theme().px(26));
    m_table->horizontalHeader()->setSectionResizeMode(1, QHeaderView::Stretch);
    const QList<int> widths{52, 0, 92, 190, 76, 52};
    for (int column = 0; column < widths.size(); ++column) {
        if (widths[column])
            m_table->setColumnWidth(column, theme().px(widths[column]));
    }
    m_empty = new kit::EmptyState(tr("No edge holds anything"),
        tr("Send a request with the simulator; what may be kept appears here with its age."));
    m_footer = kit::label({}, u"caption"_s);
    m_footer->setContentsMargins(12, 4, 12, 4);
    layout->addWidget(m_header);
    layout->addWidget(kit::hline());
    layout->addWidget(m_table, 1);
    layout->addWidget(m_empty, 1);
    layout->addWidget(kit::hline());
    layout->addWidget(m_footer);
    connect(m_states, &kit::Segments::currentChanged, this, &EntriesPanel::apply);
    connect(m_search, &QLineEdit::textChanged, this, &EntriesPanel::apply);
    apply();
}

void EntriesPanel::setEntries(const QList<EntryRow>& entries)
{
    m_all = entries;
    apply();
}

void EntriesPanel::setEdge(const QString& edge)
{
    m_edge = edge;
    apply();
}

void EntriesPanel::search(const QString& text)
{
    m_search->setText(text);
}

void EntriesPanel::setFooter(const QString& text)
{
    m_footer->setText(text);
}

bool EntriesPanel::accepts(const EntryRow& entry) const
{
    if (!m_edge.isEmpty() && entry.edge != m_edge)
        return false;
    if (m_states->current() == 1 && entry.state != "stale"_L1)
        return false;
    if (m_states->current() == 2 && entry.state != "error"_L1)
        return false;
    const auto wanted = m_search->text().trimmed();
    if (wanted.contains(u'*'))
        return core::matchesGlob(wanted.toStdString(), entry.path.toStdString());
    return (entry.edge + u' ' + entry.path + u' ' + entry.variant).contains(wanted, Qt::CaseInsensitive);
}

void EntriesPanel::apply()
{
    QList<EntryRow> shown;
    for (const auto& entry : m_all) {
        if (accepts(entry))
            shown.append(entry);
    }
    m_model->setRows(shown);
    auto detail = tr("%1 of %2").arg(shown.size()).arg(m_all.size());
    if (!m_edge.isEmpty())
        detail += u' ' + tr("in %1").arg(m_edge);
    m_header->setDetail(detail);
    m_table->setVisible(!m_all.isEmpty());
    m_empty->setVisible(m_all.isEmpty());
}

}
