#include "ui/tables/item_grid.h"

#include "ui/kit/icon.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <array>

namespace ui::tables {

using namespace Qt::StringLiterals;
using kit::theme;
using kit::Token;

namespace {

constexpr int kMostSampled = 500; // rows that decide about columns' widths
constexpr int kNarrowest = 56;
constexpr int kWidest = 260;

int rankOf(Type type)
{
    if (type == Type::B)
        return 3;
    return isDocument(type) ? 1 : isSet(type) ? 2 : 0;
}

}

QList<AttributeColumn> attributeColumns(
    const QList<ItemRow>& rows, const TableSchema& schema, const QString& index)
{
    QHash<QString, std::array<int, 10>> counts;
    for (const auto& row : rows) {
        for (const auto& each : row.item.members)
            ++counts[each.name][static_cast<std::size_t>(each.value.type)];
    }
    QList<AttributeColumn> columns;
    for (auto it = counts.cbegin(); it != counts.cend(); ++it) {
        const auto most = std::max_element(it->begin(), it->end());
        columns.append({it.key(), static_cast<Type>(most - it->begin()), false});
    }
    QStringList keys;
    for (const auto& source : {schema.table(), schema.source(index)}) {
        for (const auto& name : source.names()) {
            if (!keys.contains(name))
                keys.append(name);
        }
    }
    for (auto& column : columns) {
        column.key = keys.contains(column.name);
        if (const auto prescribed = schema.keyType(column.name); prescribed && schema.isKey(column.name))
            column.type = *prescribed;
    }
    std::sort(columns.begin(), columns.end(), [&](const auto& a, const auto& b) {
        if (a.key || b.key)
            return a.key && (!b.key || keys.indexOf(a.name) < keys.indexOf(b.name));
        return std::pair(rankOf(a.type), a.name) < std::pair(rankOf(b.type), b.name);
    });
    return columns;
}

ItemGridModel::ItemGridModel(QueryRun& run, QObject* parent)
    : PagedModel(
        {}, [](const ItemRow& row) { return row.key; },
        [&run](const QString& token, Done done) { run.fetch(token, std::move(done)); }, parent)
{
}

QVariant ItemGridModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical)
        return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    if (section < 0 || section >= m_attributes.size())
        return {};
    const auto& column = m_attributes[section];
    if (role == kit::TypeRole)
        return typeName(column.type);
    if (role == Qt::AccessibleTextRole || role == Qt::ToolTipRole)
        return u"%1, %2"_s.arg(column.name, typeName(column.type));
    return PagedModel::headerData(section, orientation, role);
}

bool ItemGridModel::setAttributes(const QList<AttributeColumn>& attributes)
{
    if (attributes == m_attributes)
        return false;
    m_attributes = attributes;
    QList<kit::Column<ItemRow>> columns;
    for (const auto& each : attributes)
        columns.append(
            {each.name, [this, each](const ItemRow& row, int role) { return cell(row, each, role); },
                (each.type == Type::N ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter});
    setColumns(columns);
    return true;
}

void ItemGridModel::setStaged(const QString& key, const Item& item)
{
    const auto old = std::exchange(m_stagedKey, key);
    m_staged = item;
    for (const auto& each : {old, key}) {
        if (const int at = each.isEmpty() ? -1 : rowOf(each); at >= 0)
            changed(at, at);
    }
}

QVariant ItemGridModel::cell(const ItemRow& row, const AttributeColumn& column, int role) const
{
    const auto* read = row.item.member(column.name);
    const auto* value = read;
    const bool edited = !m_stagedKey.isEmpty() && row.key == m_stagedKey;
    if (edited)
        value = m_staged.member(column.name);
    const bool staged = edited && (!value != !read || (value && *value != *read));
    switch (role) {
    case Qt::DisplayRole:
        return value ? cellText(*value) : QString();
    case Qt::ToolTipRole:
        return value && (isDocument(value->type) || value->text.size() > 24)
            ? QVariant(literal(*value).left(400))
            : QVariant();
    case Qt::AccessibleTextRole:
        return value ? u"%1 %2"_s.arg(column.name, cellText(*value)) : column.name;
    case kit::TypeRole:
        if (!value)
            return QVariant::fromValue(kit::TypedCell{{}, {}, false, staged});
        return QVariant::fromValue(kit::TypedCell{typeName(value->type),
            value->type == Type::S ? QString(value->text).replace(u'\n', u' ') : cellText(*value),
            value->type != column.type && value->type != Type::Null, staged});
    default:
        return {};
    }
}

TypeHeader::TypeHeader(QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsClickable(false);
    setSectionsMovable(true);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    connect(&theme(), &kit::Theme::changed, this, [this] { viewport()->update(); });
}

void TypeHeader::paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const
{
    painter->fillRect(rect, theme().c(Token::Panel));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme().c(Token::Line1));
    painter->fillRect(QRect(rect.right(), rect.top(), 1, rect.height()), theme().c(Token::Line1));
    const auto type = model()->headerData(logicalIndex, orientation(), kit::TypeRole).toString();
    const auto name = model()->headerData(logicalIndex, orientation()).toString();
    const auto gap = theme().px(6.0);
    const auto badge = kit::typeBadgeWidth(type);
    const QFontMetricsF metrics(theme().font(kit::TextRole::Caption));
    auto content = QRectF(rect).adjusted(theme().px(8), 0, -theme().px(8), 0);
    const auto wide =
        std::min(metrics.horizontalAdvance(name) + 1, std::max(0.0, content.width() - badge - gap));
    if (type == u"N"_s)
        content.setLeft(std::max(content.left(), content.right() - wide - gap - badge));
    painter->save();
    painter->setFont(theme().font(kit::TextRole::Caption));
    painter->setPen(theme().c(Token::T1));
    painter->drawText(QRectF(content.left(), content.top(), wide, content.height()),
        Qt::AlignVCenter | Qt::AlignLeft, metrics.elidedText(name, Qt::ElideMiddle, wide));
    kit::paintType(*painter, QPointF(content.left() + wide + gap, content.center().y()), type);
    painter->restore();
}

QSize TypeHeader::sectionSizeFromContents(int logicalIndex) const
{
    const QFontMetricsF metrics(theme().font(kit::TextRole::Caption));
    const auto width = metrics.horizontalAdvance(model()->headerData(logicalIndex, orientation()).toString())
        + kit::typeBadgeWidth(model()->headerData(logicalIndex, orientation(), kit::TypeRole).toString())
        + theme().px(24.0);
    return {static_cast<int>(width), theme().px(26)};
}

void ItemCellDelegate::paintContent(
    QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto typed = index.data(kit::TypeRole).value<kit::TypedCell>();
    const bool chips = typed.type == u"SS"_s || typed.type == u"NS"_s;
    if (typed.clash || typed.staged || (typed.type != u"BOOL"_s && !chips))
        return TypedCellDelegate::paintContent(painter, option, index);
    painter.setRenderHint(QPainter::Antialiasing);
    auto rect = content(option);
    if (chips) {
        painter.setFont(theme().font(kit::TextRole::Caption));
        const QFontMetricsF metrics(painter.font());
        for (const auto& each : typed.text.split(u", "_s)) {
            const auto width = metrics.horizontalAdvance(each) + theme().px(10.0);
            if (rect.width() < theme().px(20.0))
                return;
            const QRectF chip(rect.left(), rect.center().y() - theme().px(8.0), std::min(width, rect.width()),
                theme().px(16.0));
            painter.setPen(QPen(theme().c(Token::Line2), 1));
            painter.setBrush(theme().c(Token::Raised));
            painter.drawRoundedRect(chip.adjusted(0.5, 0.5, -0.5, -0.5), theme().px(4.0), theme().px(4.0));
            painter.setPen(theme().c(Token::T1));
            painter.drawText(
                chip, Qt::AlignCenter, metrics.elidedText(each, Qt::ElideRight, chip.width() - 6));
            rect.setLeft(chip.right() + theme().px(4.0));
        }
        return;
    }
    const bool on = typed.text == u"true"_s;
    const auto side = theme().px(13.0);
    const QRectF box(rect.left() + 0.5, rect.center().y() - side / 2, side, side);
    painter.setPen(QPen(on ? theme().c(Token::Ink) : theme().c(Token::Line3), 1));
    painter.setBrush(on ? QBrush(theme().c(Token::Ink)) : Qt::NoBrush);
    painter.drawRoundedRect(box, theme().px(3.5), theme().px(3.5));
    if (on)
        kit::paintIcon(painter, box.adjusted(1, 1, -1, -1), u"check"_s, theme().c(Token::Inv));
}

ItemGrid::ItemGrid(QueryRun& run, QWidget* parent)
    : QTableView(parent)
    , m_run(run)
    , m_model(new ItemGridModel(run, this))
{
    setObjectName(u"itemGrid"_s);
    setAccessibleName(tr("Items"));
    setProperty("grid", u"cells"_s);
    setHorizontalHeader(new TypeHeader(this));
    setModel(m_model);
    setItemDelegate(new ItemCellDelegate(this));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollMode(ScrollPerPixel);
    setVerticalScrollMode(ScrollPerPixel);
    setShowGrid(false);
    setWordWrap(false);
    setMouseTracking(true);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    verticalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    verticalHeader()->setSectionsClickable(false);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    const auto sizes = [this] {
        verticalHeader()->setDefaultSectionSize(theme().px(26));
        verticalHeader()->setMinimumWidth(theme().px(34));
        horizontalHeader()->setFixedHeight(theme().px(26));
    };
    sizes();
    connect(&theme(), &kit::Theme::changed, this, sizes);
    connect(&m_run, &QueryRun::restarted, this, [this] { m_model->restart(); });
    connect(&m_run, &QueryRun::changed, this, &ItemGrid::updateColumns);
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this](int at, int, int now) {
        if (!m_restoring && at < m_model->attributes().size())
            m_widths.insert(m_model->attributes()[at].name, now);
    });
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (!m_restoring && now.isValid())
            Q_EMIT itemSelected(m_model->row(now.row()).key);
    });
}

QString ItemGrid::currentKey() const
{
    const auto at = currentIndex();
    return at.isValid() && at.row() < m_model->rowCount() ? m_model->row(at.row()).key : QString();
}

void ItemGrid::selectKey(const QString& key)
{
    const QScopedValueRollback guard(m_restoring, true);
    const int at = key.isEmpty() ? -1 : m_model->rowOf(key);
    if (at < 0)
        clearSelection();
    else if (m_model->columnCount() > 0)
        selectionModel()->setCurrentIndex(
            m_model->index(at, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void ItemGrid::updateColumns()
{
    if (m_run.isRunning() || !m_run.hasStarted())
        return;
    const auto fresh = attributeColumns(m_model->rows(), m_run.schema(), m_run.form().index);
    const QScopedValueRollback guard(m_restoring, true);
    const auto key = currentKey();
    const QPoint scrolled(horizontalScrollBar()->value(), verticalScrollBar()->value());
    if (!m_model->setAttributes(fresh))
        return;
    const QFontMetrics metrics(theme().font(kit::TextRole::Value));
    for (int column = 0; column < fresh.size(); ++column) {
        auto width = horizontalHeader()->sectionSizeHint(column);
        for (int row = 0; row < std::min(m_model->rowCount(), kMostSampled); ++row) {
            const auto text = m_model->index(row, column).data().toString().left(60);
            width = std::max(
                width, metrics.horizontalAdvance(text) + theme().px(isSet(fresh[column].type) ? 34 : 18));
        }
        width = std::clamp(width, theme().px(kNarrowest), theme().px(kWidest));
        setColumnWidth(column, m_widths.value(fresh[column].name, width));
    }
    selectKey(key);
    horizontalScrollBar()->setValue(scrolled.x());
    verticalScrollBar()->setValue(scrolled.y());
}

}
