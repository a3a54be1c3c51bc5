#include "ui/tables/table_list.h"

#include "ui/kit/controls.h"
#include "ui/kit/icon.h"
#include "ui/kit/quantity.h"
#include "ui/kit/search_field.h"
#include "ui/kit/theme.h"
#include "ui/tables/create_table_form.h"
#include "ui/tables/explain.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QScopedValueRollback>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui::tables {

using namespace Qt::StringLiterals;
using kit::theme;
using kit::Token;

namespace {

enum Role { RowRole = Qt::UserRole + 100 };

QVariant cell(const ListRow& row, int, int role)
{
    switch (role) {
    case Qt::DisplayRole:
        return row.title;
    case Qt::AccessibleTextRole:
        return row.isTable ? TableList::tr("%1, %2 items").arg(row.title).arg(row.items)
                           : u"%1, %2"_s.arg(row.title, row.detail);
    case kit::DetailRole:
        return row.isTable ? grouped(row.items) : row.detail;
    case kit::IconNameRole:
        return row.isTable ? u"tbl"_s : row.index.isEmpty() ? u"key"_s : u"idx"_s;
    case kit::FilterRole:
        return row.table;
    case Qt::ToolTipRole:
        return row.title;
    case RowRole:
        return row.isTable;
    default:
        return {};
    }
}

QString keysOf(const KeySource& source)
{
    return source.names().join(u", "_s);
}

}

QSize TableRowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    auto size = RowDelegate::sizeHint(option, index);
    size.setHeight(theme().px(index.data(RowRole).toBool() ? 26 : 38));
    return size;
}

void TableRowDelegate::paintContent(
    QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool table = index.data(RowRole).toBool();
    auto rect = QRectF(option.rect).adjusted(theme().px(4), 0, -theme().px(12), 0);
    const auto side = theme().px(table ? 15.0 : 13.0);
    kit::paintIcon(painter, QRectF(rect.left(), rect.center().y() - side / 2, side, side),
        index.data(kit::IconNameRole).toString(), table ? theme().text(kit::Hue::Tbl) : theme().c(Token::T2));
    rect.setLeft(rect.left() + side + theme().px(8.0));
    const auto detail = index.data(kit::DetailRole).toString();
    auto first = rect;
    if (!table)
        first = QRectF(rect.left(), rect.center().y() - theme().px(16.0), rect.width(), theme().px(17.0));
    const auto detailFont = theme().font(kit::TextRole::Number);
    const auto used = table ? QFontMetricsF(detailFont).horizontalAdvance(detail) + theme().px(8.0) : 0;
    painter.setFont(theme().font(table ? kit::TextRole::Control : kit::TextRole::Body));
    painter.setPen(theme().c(Token::T1));
    painter.drawText(first, Qt::AlignVCenter | Qt::AlignLeft,
        painter.fontMetrics().elidedText(
            index.data().toString(), Qt::ElideMiddle, static_cast<int>(first.width() - used)));
    painter.setFont(detailFont);
    painter.setPen(theme().c(Token::T3));
    const auto second = table ? rect : first.translated(0, theme().px(15.0));
    painter.drawText(second, Qt::AlignVCenter | (table ? Qt::AlignRight : Qt::AlignLeft),
        painter.fontMetrics().elidedText(detail, Qt::ElideRight, static_cast<int>(second.width())));
}

TableList::TableList(TablesDocument& document, QWidget* popoverHost, QWidget* parent)
    : QFrame(parent)
    , m_document(document)
    , m_popover(new kit::Popover(popoverHost))
    , m_model(new kit::TreeNodeModel<ListRow>({tr("Table")}, cell, this))
    , m_proxy(new QSortFilterProxyModel(this))
{
    setObjectName(u"tableList"_s);
    setProperty("pane", u"panel"_s);
    m_popover->setObjectName(u"createTablePopover"_s);
    m_proxy->setSourceModel(m_model);
    m_proxy->setFilterRole(kit::FilterRole);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    buildList();
    connectAll();
    rebuild();
}

void TableList::buildList()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(8, 8, 8, 8);
    head->setSpacing(6);
    m_filter = new kit::SearchField(tr("Filter tables"));
    m_filter->setObjectName(u"tableFilter"_s);
    kit::setSmall(m_filter);
    m_add = kit::iconButton(u"plus"_s, tr("New table"));
    m_add->setObjectName(u"addTable"_s);
    head->addWidget(m_filter, 1);
    head->addWidget(m_add);
    column->addLayout(head);
    column->addWidget(kit::hline());
    m_view = new QTreeView;
    m_view->setObjectName(u"tableTree"_s);
    m_view->setAccessibleName(tr("Tables and indexes"));
    m_view->setModel(m_proxy);
    m_view->setHeaderHidden(true);
    m_view->setIndentation(theme().px(14));
    m_view->setMouseTracking(true);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    auto* delegate = new TableRowDelegate(m_view);
    delegate->setAccented(true);
    m_view->setItemDelegate(delegate);
    m_none = kit::label(tr("No table matches"), u"caption"_s);
    m_none->setContentsMargins(12, 8, 12, 8);
    m_none->hide();
    column->addWidget(m_none);
    column->addWidget(m_view, 1);
    m_facts = new QFrame;
    auto* facts = new QVBoxLayout(m_facts);
    facts->setContentsMargins(12, 10, 12, 12);
    facts->setSpacing(8);
    auto* title = new QHBoxLayout;
    m_name = kit::label({}, u"pane"_s);
    m_name->setObjectName(u"factsName"_s);
    auto* drop = kit::iconButton(u"trash"_s, tr("Delete this table"));
    drop->setObjectName(u"deleteTable"_s);
    connect(drop, &QToolButton::clicked, this, [this] { Q_EMIT deleteRequested(m_table); });
    title->addWidget(m_name, 1);
    title->addWidget(drop);
    facts->addLayout(title);
    m_values = new kit::KeyValueList;
    facts->addWidget(m_values);
    column->addWidget(kit::hline());
    column->addWidget(m_facts);
}

void TableList::connectAll()
{
    connect(m_add, &QToolButton::clicked, this, &TableList::askForTable);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
        const QScopedValueRollback guard(m_selecting, true);
        m_proxy->setRecursiveFilteringEnabled(false);
        m_proxy->setFilterFixedString(text);
        m_none->setVisible(!text.isEmpty() && m_proxy->rowCount() == 0);
        select(m_table, m_index);
    });
    connect(&m_document, &TablesDocument::changed, this, &TableList::rebuild);
    connect(
        m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& now) {
            const auto* row = m_model->value(m_proxy->mapToSource(now));
            if (m_selecting || !row || (row->table == m_table && row->index == m_index))
                return;
            m_table = row->table;
            m_index = row->index;
            m_view->expand(now);
            showFacts();
            Q_EMIT sourceSelected(m_table, m_index);
        });
}

void TableList::rebuild()
{
    QList<kit::TreeNode<ListRow>> tree;
    for (const auto& table : m_document.tables()) {
        kit::TreeNode<ListRow> node{table.name, {table.name, {}, true, table.name, {}, table.items}, {}};
        for (const auto& source : table.sources)
            node.children.append({u"/"_s + source.name,
                {table.name, source.name, false, source.name.isEmpty() ? tr("Table") : source.name,
                    keysOf(source), 0},
                {}});
        tree.append(node);
    }
    const QScopedValueRollback guard(m_selecting, true);
    m_model->setTree(tree);
    showFacts();
}

void TableList::select(const QString& table, const QString& index)
{
    const QScopedValueRollback guard(m_selecting, true);
    m_table = table;
    m_index = index;
    const auto parent = m_proxy->mapFromSource(m_model->find({table}));
    const auto at = m_proxy->mapFromSource(m_model->find({table, u"/"_s + index}));
    if (parent.isValid())
        m_view->expand(parent);
    if (at.isValid())
        m_view->setCurrentIndex(at);
    else
        m_view->setCurrentIndex({});
    showFacts();
}

void TableList::showFacts()
{
    const auto* table = m_document.find(m_table);
    m_facts->setVisible(table != nullptr);
    if (!table)
        return;
    m_name->setText(table->name);
    m_values->clear();
    m_values->add(tr("Capacity"),
        table->onDemand ? tr("On demand")
                        : tr("%1 RCU, %2 WCU").arg(table->readUnits).arg(table->writeUnits));
    m_values->add(tr("Keys"), keysOf(table->table()), true);
    m_values->add(tr("Indexes"), QString::number(table->sources.size() - 1), true);
    if (table->stream)
        m_values->add(tr("Stream"), tr("On"));
    m_values->add(tr("Items"), grouped(table->items), true);
    m_values->add(tr("Size"), kit::bytesText(table->sizeBytes), true);
    m_values->add(tr("State"), table->status, true);
}

void TableList::askForTable()
{
    auto* form = new CreateTableForm;
    connect(form, &CreateTableForm::submitted, this, [this, form](const NewTable& table) {
        form->setBusy(true);
        m_document.create(
            table, [this, form = QPointer(form), name = table.name](const core::Result<>& result) {
                if (!result) {
                    if (form) {
                        form->setBusy(false);
                        form->setError(result.error());
                    }
                    return;
                }
                m_popover->close();
                Q_EMIT sourceSelected(name, {});
            });
    });
    m_popover->setContent(form);
    m_popover->openAt(m_add);
    form->setFocus(Qt::PopupFocusReason);
}

}
