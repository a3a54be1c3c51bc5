#include "ui/kit/delegates.h"

#include "ui/kit/icon.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QAbstractItemView>
#include <QPainter>

#include <algorithm>

namespace ui::kit {

using namespace Qt::StringLiterals;

namespace {

// Inside the row, over all its cells: each draws its piece, and the ends at the edges of the view.
void paintRowFocus(QPainter& painter, const QRect& cell, const QAbstractItemView& view)
{
    const auto colour = theme().c(Token::Focus);
    painter.fillRect(QRect(cell.left(), cell.top(), cell.width(), 2), colour);
    painter.fillRect(QRect(cell.left(), cell.bottom() - 1, cell.width(), 2), colour);
    const auto seen = view.viewport()->rect();
    if (cell.left() <= seen.left())
        painter.fillRect(QRect(seen.left(), cell.top(), 2, cell.height()), colour);
    if (cell.right() >= seen.right() - 1)
        painter.fillRect(QRect(seen.right() - 1, cell.top(), 2, cell.height()), colour);
}

}

RowDelegate::RowDelegate(QObject* parent, Cell cell, int rowHeight)
    : QStyledItemDelegate(parent)
    , m_cell(cell)
    , m_rowHeight(rowHeight)
{
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    QSize size(theme().px(16), theme().px(m_rowHeight));
    size.rwidth() += QFontMetrics(textFont(index)).horizontalAdvance(index.data().toString()) + 2;
    if (!index.data(IconNameRole).toString().isEmpty())
        size.rwidth() += theme().px(20);
    return size;
}

QFont RowDelegate::textFont(const QModelIndex& index) const
{
    const auto given = index.data(Qt::FontRole);
    if (given.isValid())
        return given.value<QFont>();
    return theme().font(m_cell == Cell::Text ? TextRole::Secondary
            : m_cell == Cell::Mono           ? TextRole::Value
                                             : TextRole::Number);
}

void RowDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem filled(option);
    initStyleOption(&filled, index);
    painter->save();
    paintBackground(*painter, filled, index);
    paintContent(*painter, filled, index);
    painter->restore();
}

void RowDelegate::paintBackground(
    QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    if (selected)
        painter.fillRect(
            option.rect, m_accented ? theme().tint(Theme::area(option.widget)) : theme().c(Token::Sel));
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter.fillRect(option.rect, theme().c(Token::Hover));
    else if (option.backgroundBrush.style() != Qt::NoBrush)
        painter.fillRect(option.rect, option.backgroundBrush);
    if (!m_accented && m_rowLines)
        painter.fillRect(
            QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), theme().c(Token::Line1));
    if (m_cellLines)
        painter.fillRect(
            QRect(option.rect.right(), option.rect.top(), 1, option.rect.height()), theme().c(Token::Line1));
    // A tree has filled the indentation with `sel` before; an arrow there stays as it is.
    if (selected && m_accented && index.column() == 0 && !index.model()->hasChildren(index))
        painter.fillRect(QRect(0, option.rect.top(), option.rect.left(), option.rect.height()),
            theme().tint(Theme::area(option.widget)));
    if (selected && m_accented && index.column() == 0)
        painter.fillRect(QRect(0, option.rect.top(), theme().px(2), option.rect.height()),
            theme().text(Theme::area(option.widget)));
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    if (option.state.testFlag(QStyle::State_HasFocus) && view && view->hasFocus()
        && view->selectionBehavior() == QAbstractItemView::SelectItems)
        paintFocus(painter, option.rect, 0);
    else if (view && view->hasFocus() && view->window()->testAttribute(Qt::WA_KeyboardFocusChange)
        && index.siblingAtColumn(0) == view->currentIndex().siblingAtColumn(0))
        paintRowFocus(painter, option.rect, *view);
}

QRectF RowDelegate::content(const QStyleOptionViewItem& option) const
{
    return QRectF(option.rect).adjusted(theme().px(8), 0, -theme().px(8), 0);
}

void RowDelegate::paintContent(
    QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    auto rect = content(option);
    if (const auto name = index.data(IconNameRole).toString(); !name.isEmpty()) {
        const auto side = theme().px(14.0);
        const auto tone = index.data(ToneRole);
        paintIcon(painter, QRectF(rect.left(), rect.center().y() - side / 2, side, side), name,
            tone.isValid() ? theme().text(static_cast<Hue>(tone.toInt())) : theme().c(Token::T2));
        rect.setLeft(rect.left() + side + theme().px(6.0));
    }
    paintText(painter, option, index, rect);
}

void RowDelegate::paintText(
    QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index, const QRectF& rect) const
{
    painter.setFont(textFont(index));
    const auto tone = index.data(ToneRole);
    const auto brush = index.data(Qt::ForegroundRole);
    if (tone.isValid() && index.data(IconNameRole).toString().isEmpty())
        painter.setPen(theme().text(static_cast<Hue>(tone.toInt())));
    else if (brush.isValid())
        painter.setPen(brush.value<QBrush>().color());
    else
        painter.setPen(theme().c(option.state.testFlag(QStyle::State_Enabled) ? Token::T1 : Token::T3));
    const auto alignment = Qt::Alignment(option.displayAlignment) | Qt::AlignVCenter;
    const auto text = painter.fontMetrics().elidedText(option.text,
        option.textElideMode == Qt::ElideNone ? Qt::ElideRight : option.textElideMode,
        static_cast<int>(rect.width()));
    painter.drawText(rect, static_cast<int>(alignment), text);
    if (const auto detail = index.data(DetailRole).toString(); !detail.isEmpty() && m_cell == Cell::Text) {
        const auto used = painter.fontMetrics().horizontalAdvance(text) + theme().px(8);
        painter.setFont(theme().font(TextRole::Secondary));
        painter.setPen(theme().c(Token::T3));
        painter.drawText(rect.adjusted(used, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
            painter.fontMetrics().elidedText(detail, Qt::ElideRight, static_cast<int>(rect.width()) - used));
    }
}

void MethodDelegate::paintContent(
    QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto method = index.data().toString();
    if (method.isEmpty())
        return;
    const auto rect = content(option);
    paintMethod(painter,
        QRectF(rect.left(), rect.center().y() - theme().px(8.0), theme().px(44.0), theme().px(16.0)), method);
}

void StatusDelegate::paintContent(
    QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const int status = index.data().toInt();
    if (status == 0)
        return;
    painter.setFont(theme().font(TextRole::Value));
    painter.setPen(theme().text(hueOfStatus(status)));
    painter.drawText(content(option), static_cast<int>(option.displayAlignment | Qt::AlignVCenter),
        QString::number(status));
}

void BadgeDelegate::paintContent(
    QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto text = index.data().toString();
    if (text.isEmpty())
        return;
    const auto rect = content(option);
    const auto width = std::min(rect.width(),
        QFontMetricsF(theme().font(TextRole::Caption)).horizontalAdvance(text) + theme().px(12.0));
    const auto tone = index.data(ToneRole);
    paintBadge(painter, QRectF(rect.left(), rect.center().y() - theme().px(9.0), width, theme().px(18.0)),
        text, tone.isValid() ? static_cast<Hue>(tone.toInt()) : Hue::Obs);
}

void SpectrumDelegate::paintContent(
    QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto spectrum = index.data(SpectrumRole).value<Spectrum>();
    const auto rect = content(option);
    const auto height = option.rect.height() >= theme().px(40) ? theme().px(4.0) : theme().px(6.0);
    const auto width = std::clamp(rect.width() * spectrum.width, theme().px(6.0), rect.width());
    paintSpectrum(painter, QRectF(rect.left(), rect.center().y() - height / 2, width, height), spectrum);
}

TypedCellDelegate::TypedCellDelegate(QObject* parent)
    : RowDelegate(parent, Cell::Mono)
{
    setCellLines(true);
}

void TypedCellDelegate::paintContent(
    QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto cell = index.data(TypeRole).value<TypedCell>();
    auto rect = content(option);
    if (cell.staged)
        painter.fillRect(option.rect.adjusted(0, 0, -1, -1), theme().tint(Hue::Tbl));
    if (cell.clash) {
        paintType(painter, QPointF(rect.left(), rect.center().y()), cell.type, true);
        rect.setLeft(rect.left() + typeBadgeWidth(cell.type) + theme().px(6.0));
    }
    painter.setFont(theme().font(TextRole::Value));
    auto tone = Tone(Token::T1);
    if (cell.staged)
        tone = Hue::Tbl;
    else if (cell.type == u"NULL"_s || cell.type == u"BOOL"_s)
        tone = Token::SyntaxKeyword;
    else if (cell.type == u"M"_s || cell.type == u"L"_s || cell.type.endsWith(u'S'))
        tone = cell.type == u"S"_s ? Tone(Token::T1) : Tone(Token::T2);
    painter.setPen(tone.color());
    const bool right = cell.type == u"N"_s;
    painter.drawText(rect, Qt::AlignVCenter | (right ? Qt::AlignRight : Qt::AlignLeft),
        painter.fontMetrics().elidedText(cell.text, Qt::ElideRight, static_cast<int>(rect.width())));
}

void AgeDelegate::paintContent(
    QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto age = index.data(AgeRole).value<Age>();
    const auto rect = content(option);
    const auto words = QFontMetricsF(theme().font(TextRole::Number)).horizontalAdvance(age.text);
    const auto barWidth =
        std::clamp(rect.width() - words - theme().px(10.0), theme().px(16.0), theme().px(64.0));
    const QRectF bar(rect.left(), rect.center().y() - theme().px(2.0), barWidth, theme().px(4.0));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().c(Token::Hover));
    painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2);
    const auto hue = age.fraction >= 1 ? Hue::Warn : Hue::Ok;
    painter.setBrush(theme().fill(hue));
    painter.drawRoundedRect(
        QRectF(bar.left(), bar.top(),
            std::max(bar.height(), bar.width() * std::clamp(age.fraction, 0.0, 1.0)), bar.height()),
        bar.height() / 2, bar.height() / 2);
    painter.setFont(theme().font(TextRole::Number));
    painter.setPen(hue == Hue::Warn ? theme().text(hue) : theme().c(Token::T2));
    painter.drawText(
        rect.adjusted(barWidth + theme().px(8.0), 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, age.text);
}

TileDelegate::TileDelegate(QObject* parent, int rowHeight)
    : RowDelegate(parent, Cell::Text, rowHeight)
{
}

void TileDelegate::paintContent(
    QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    auto rect = content(option);
    const auto side = theme().px(24.0);
    paintTile(painter, QRectF(rect.left(), rect.center().y() - side / 2, side, side),
        index.data(IconNameRole).toString(), static_cast<Hue>(index.data(ToneRole).toInt()));
    rect.setLeft(rect.left() + side + theme().px(8.0));
    const auto detail = index.data(DetailRole).toString();
    const bool two = !detail.isEmpty() && option.rect.height() >= theme().px(34);
    auto first = two
        ? QRectF(rect.left(), rect.center().y() - theme().px(17.0), rect.width(), theme().px(18.0))
        : rect;
    painter.setFont(theme().font(two ? TextRole::Control : TextRole::Body));
    painter.setPen(theme().c(Token::T1));
    const auto name =
        painter.fontMetrics().elidedText(option.text, Qt::ElideMiddle, static_cast<int>(rect.width()));
    painter.drawText(first, Qt::AlignVCenter | Qt::AlignLeft, name);
    if (detail.isEmpty())
        return;
    const auto used = two ? 0 : painter.fontMetrics().horizontalAdvance(name) + theme().px(8);
    painter.setFont(theme().font(two ? TextRole::Caption : TextRole::Secondary));
    painter.setPen(theme().c(Token::T3));
    const auto second = two ? first.translated(0, theme().px(17.0)) : rect.adjusted(used, 0, 0, 0);
    painter.drawText(second, Qt::AlignVCenter | Qt::AlignLeft,
        painter.fontMetrics().elidedText(detail, Qt::ElideRight, static_cast<int>(second.width())));
}

}
