#include "ui/kit/controls.h"
#include "ui/kit/icon.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"
#include "ui/tables/item_form.h"

#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>

namespace ui::tables {

using namespace Qt::StringLiterals;
using kit::theme;
using kit::Token;

namespace {

constexpr int kBadgeColumn = 34; // before the field
constexpr int kRowHeight = 28;

QRectF fieldOf(const QRect& rect, Type type)
{
    const auto badge =
        std::max(theme().px(kBadgeColumn * 1.0), kit::typeBadgeWidth(typeName(type)) + theme().px(8.0));
    return QRectF(rect).adjusted(badge, theme().px(3.0), -theme().px(10.0), -theme().px(3.0));
}

const FormRow* rowAt(const QModelIndex& index)
{
    return static_cast<const ItemTreeModel*>(index.model())->value(index);
}

}

void ItemFieldDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* row = rowAt(index);
    if (!row)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, theme().c(Token::Sel));
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(option.rect, theme().c(Token::Hover));
    if (index.column() == ItemTreeModel::Name)
        paintName(*painter, option, *row);
    else
        paintValue(*painter, option, *row);
    painter->restore();
}

void ItemFieldDelegate::paintName(
    QPainter& painter, const QStyleOptionViewItem& option, const FormRow& row) const
{
    if (row.changed)
        painter.fillRect(
            QRect(0, option.rect.top() + theme().px(3), theme().px(2), option.rect.height() - theme().px(6)),
            theme().text(kit::Hue::Tbl));
    painter.setFont(theme().font(kit::TextRole::Value));
    painter.setPen(theme().c(row.element ? Token::T3 : Token::T1));
    const auto rect = QRectF(option.rect).adjusted(theme().px(2.0), 0, -theme().px(6.0), 0);
    painter.drawText(rect, Qt::AlignVCenter | Qt::AlignLeft,
        painter.fontMetrics().elidedText(row.name, Qt::ElideMiddle, static_cast<int>(rect.width())));
}

void ItemFieldDelegate::paintValue(
    QPainter& painter, const QStyleOptionViewItem& option, const FormRow& row) const
{
    auto field = fieldOf(option.rect, row.type);
    kit::paintType(painter, QPointF(option.rect.left(), option.rect.center().y() + 0.5), typeName(row.type));
    if (row.entries >= 0) {
        painter.setFont(theme().font(kit::TextRole::Secondary));
        painter.setPen(theme().c(Token::T3));
        painter.drawText(
            field, Qt::AlignVCenter | Qt::AlignLeft, ItemForm::tr("%n entries", nullptr, row.entries));
        return;
    }
    if (row.locked) {
        const auto side = theme().px(12.0);
        kit::paintIcon(painter, QRectF(field.right() - side, field.center().y() - side / 2, side, side),
            u"lock"_s, theme().c(Token::T3));
        field.setRight(field.right() - side - theme().px(6.0));
    }
    const auto wrong = row.type == Type::Null ? QString() : problemIn({row.type, row.text, {}, {}});
    painter.setPen(QPen(!wrong.isEmpty() ? theme().c(Token::T1) : theme().c(Token::Line2), 1));
    if (!wrong.isEmpty())
        painter.setPen(QPen(theme().text(kit::Hue::Err), 1));
    else if (row.changed)
        painter.setPen(QPen(theme().line(kit::Hue::Tbl), 1));
    painter.setBrush(row.changed ? theme().tint(kit::Hue::Tbl) : theme().c(Token::Field));
    painter.drawRoundedRect(field.adjusted(0.5, 0.5, -0.5, -0.5), theme().px(5.0), theme().px(5.0));
    auto text = field.adjusted(theme().px(7.0), 0, -theme().px(7.0), 0);
    painter.setFont(theme().font(kit::TextRole::Value));
    if (row.type == Type::Bool) {
        const bool on = row.text == u"true"_s;
        const QRectF track(
            text.left(), text.center().y() - theme().px(6.5), theme().px(22.0), theme().px(13.0));
        painter.setPen(Qt::NoPen);
        painter.setBrush(on ? theme().fill(kit::Hue::Tbl) : theme().c(Token::Line3));
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2);
        painter.setBrush(theme().c(on ? Token::Inv : Token::Panel));
        const auto knob = track.height() - theme().px(4.0);
        painter.drawEllipse(
            QRectF(on ? track.right() - knob - theme().px(2.0) : track.left() + theme().px(2.0),
                track.top() + theme().px(2.0), knob, knob));
        text.setLeft(track.right() + theme().px(6.0));
    }
    const auto shown = row.type == Type::Null ? u"null"_s : QString(row.text).replace(u'\n', u' ');
    const auto fitted =
        painter.fontMetrics().elidedText(shown, Qt::ElideRight, static_cast<int>(text.width()));
    painter.setPen(theme().c(row.locked ? Token::T2 : Token::T1));
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft, fitted);
    if (row.old.isEmpty())
        return;
    text.setLeft(text.left() + painter.fontMetrics().horizontalAdvance(fitted) + theme().px(7.0));
    auto struck = painter.font();
    struck.setStrikeOut(true);
    painter.setFont(struck);
    painter.setPen(theme().c(Token::T3));
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
        painter.fontMetrics().elidedText(row.old, Qt::ElideRight, static_cast<int>(text.width())));
}

QSize ItemFieldDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {theme().px(100), theme().px(kRowHeight)};
}

QWidget* ItemFieldDelegate::createEditor(
    QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const
{
    auto* line = new QLineEdit(parent);
    line->setObjectName(u"valueEditor"_s);
    line->setAccessibleName(index.siblingAtColumn(ItemTreeModel::Name).data().toString());
    line->setProperty("mono", true);
    kit::setSmall(line);
    return line;
}

void ItemFieldDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const
{
    auto* line = static_cast<QLineEdit*>(editor);
    const auto text = index.data(Qt::EditRole).toString();
    if (line->text() != text)
        line->setText(text);
}

void ItemFieldDelegate::updateEditorGeometry(
    QWidget* editor, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (const auto* row = rowAt(index))
        editor->setGeometry(fieldOf(option.rect, row->type).toAlignedRect().adjusted(0, -1, 0, 1));
}

bool ItemFieldDelegate::editorEvent(
    QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const auto* row = rowAt(index);
    if (event->type() != QEvent::MouseButtonRelease || !row || index.column() != ItemTreeModel::Value)
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    const auto at = static_cast<QMouseEvent*>(event)->pos();
    const auto field = fieldOf(option.rect, row->type);
    if (at.x() < field.left()) {
        Q_EMIT typeClicked(index, at);
        return true;
    }
    if (row->type == Type::Bool && !row->locked) {
        model->setData(index, row->text == u"true"_s ? u"false"_s : u"true"_s, Qt::EditRole);
        return true;
    }
    if (index.flags().testFlag(Qt::ItemIsEditable) && field.contains(at)) {
        if (auto* view = qobject_cast<QAbstractItemView*>(parent()))
            view->edit(index);
        return true;
    }
    return QStyledItemDelegate::editorEvent(event, model, option, index);
}

}
