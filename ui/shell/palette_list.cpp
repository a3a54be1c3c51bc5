#include "ui/shell/palette_list.h"

#include "ui/kit/controls.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"
#include "ui/shell/fuzzy.h"

#include <QPainter>
#include <QTextLayout>

#include <algorithm>

namespace ui::shell {

using namespace Qt::StringLiterals;
using kit::TextRole;
using kit::theme;
using kit::Token;

namespace {

constexpr int kMostOfGroup = 12;
constexpr int kMostUnasked = 6; // of a group, before a word is typed

// The title with the letters that matched in the focus colour.
int drawTitle(
    QPainter& painter, const QRectF& rect, const QString& title, const QList<int>& positions, bool enabled)
{
    QTextLayout layout(title, theme().font(TextRole::Body));
    QList<QTextLayout::FormatRange> formats;
    for (int at : positions) {
        QTextLayout::FormatRange range;
        range.start = at;
        range.length = 1;
        range.format.setForeground(theme().c(Token::Focus));
        range.format.setFontWeight(QFont::DemiBold);
        formats.append(range);
    }
    layout.setFormats(formats);
    layout.beginLayout();
    auto line = layout.createLine();
    line.setLineWidth(100'000);
    layout.endLayout();
    painter.setPen(theme().c(enabled ? Token::T1 : Token::T3));
    painter.save();
    painter.setClipRect(rect);
    layout.draw(&painter, QPointF(rect.left(), rect.center().y() - line.height() / 2));
    painter.restore();
    return static_cast<int>(std::min(line.naturalTextWidth(), rect.width()));
}

}

int CommandPalette::Model::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant CommandPalette::Model::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const auto& row = m_rows[index.row()];
    if (role == Qt::DisplayRole)
        return row.heading ? row.text : row.item.title;
    if (role == Qt::AccessibleTextRole)
        return row.heading ? row.text : u"%1, %2"_s.arg(row.item.title, row.item.detail);
    return {};
}

Qt::ItemFlags CommandPalette::Model::flags(const QModelIndex& index) const
{
    if (!index.isValid() || m_rows[index.row()].heading)
        return Qt::NoItemFlags;
    return Qt::ItemIsSelectable | (m_rows[index.row()].item.enabled ? Qt::ItemIsEnabled : Qt::NoItemFlags)
        | Qt::ItemNeverHasChildren;
}

void CommandPalette::Model::show(const QList<PaletteItem>& items, const QString& words, int scope)
{
    beginResetModel();
    m_rows.clear();
    m_matches = 0;
    const bool unasked = words.trimmed().isEmpty();
    QStringList order;
    QHash<QString, QList<Row>> groups;
    for (const auto& item : items) {
        if (scope > 0 && static_cast<int>(item.kind) != scope - 1)
            continue;
        // What cannot be done now is only shown to who asks for it.
        if (!item.enabled && unasked)
            continue;
        FuzzyMatch match;
        if (!fuzzyMatch(words, item.title, match))
            continue;
        if (!order.contains(item.group))
            order.append(item.group);
        groups[item.group].append({false, {}, item, match.positions, match.score});
    }
    for (const auto& group : order) {
        auto& rows = groups[group];
        if (!unasked)
            std::stable_sort(
                rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.score > b.score; });
        m_matches += static_cast<int>(rows.size());
        const auto most = unasked ? kMostUnasked : kMostOfGroup;
        if (scope == 0 && rows.size() > most)
            rows.resize(most);
        m_rows.append({true, group, {}, {}, 0});
        m_rows += rows;
    }
    endResetModel();
}

QSize CommandPalette::Delegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    return {100, theme().px(m_model.row(index.row()).heading ? 30 : 36)};
}

void CommandPalette::Delegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto& row = m_model.row(index.row());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    auto rect = QRectF(option.rect).adjusted(theme().px(12.0), 0, -theme().px(12.0), 0);
    if (row.heading) {
        painter->setFont(theme().font(TextRole::Caption));
        painter->setPen(theme().c(Token::T2));
        painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft, row.text);
        painter->restore();
        return;
    }
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme().c(selected ? Token::Sel : Token::Hover));
        painter->drawRoundedRect(option.rect, theme().px(6.0), theme().px(6.0));
    }
    const auto side = theme().px(24.0);
    kit::paintTile(
        *painter, QRectF(rect.left(), rect.center().y() - side / 2, side, side), row.item.icon, row.item.hue);
    rect.setLeft(rect.left() + side + theme().px(8.0));
    const auto keys = selected && row.item.keys.isEmpty() ? CommandPalette::tr("Enter") : row.item.keys;
    if (!keys.isEmpty()) {
        kit::KeyCaps::paint(*painter, rect, keys);
        rect.setRight(rect.right() - kit::KeyCaps::width(keys) - theme().px(12.0));
    }
    rect.setLeft(rect.left() + drawTitle(*painter, rect, row.item.title, row.positions, row.item.enabled)
        + theme().px(9.0));
    painter->setFont(theme().font(TextRole::Secondary));
    painter->setPen(theme().c(Token::T3));
    painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft,
        painter->fontMetrics().elidedText(row.item.detail, Qt::ElideRight, static_cast<int>(rect.width())));
    painter->restore();
}

}
