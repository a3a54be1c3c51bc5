#include "ui/tracks/span_delegate.h"

#include "ui/bridge/track_row.h"
#include "ui/kit/icon.h"
#include "ui/kit/theme.h"
#include "ui/tracks/span_tree.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>

namespace ui::tracks {

using core::trace::SpanKind;
using kit::Hue;
using kit::theme;
using kit::Token;

namespace {

Hue hueOf(const core::trace::Span& span)
{
    return span.kind == SpanKind::ColdStart ? Hue::Cold
                                            : kit::hueOfService(QString::fromStdString(span.service));
}

void paintHatched(QPainter& painter, const QRectF& bar)
{
    QPainterPath clip;
    clip.addRoundedRect(bar, 3, 3);
    painter.save();
    painter.setClipPath(clip);
    painter.fillRect(bar, theme().tint(Hue::Cold));
    painter.setPen(QPen(theme().fill(Hue::Cold), theme().px(1.4)));
    const qreal step = theme().px(6.0);
    for (qreal x = bar.left() - bar.height(); x < bar.right(); x += step)
        painter.drawLine(QPointF(x, bar.bottom()), QPointF(x + bar.height(), bar.top()));
    painter.restore();
    painter.setPen(QPen(theme().fill(Hue::Cold), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(bar, 3, 3);
}

void paintBar(QPainter& painter, const QRectF& bar, const SpanRow& row)
{
    const auto hue = hueOf(row.span);
    if (row.span.kind == SpanKind::ColdStart)
        return paintHatched(painter, bar);
    if (row.span.kind == SpanKind::Network) {
        painter.setPen(QPen(theme().fill(hue), 1.2, Qt::DashLine));
        painter.setBrush(Qt::NoBrush);
    } else if (row.leaf) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().fill(hue));
    } else {
        painter.setPen(QPen(theme().line(hue), 1));
        painter.setBrush(theme().tint(hue));
    }
    painter.drawRoundedRect(bar, 3, 3);
}

}

void SpanNameDelegate::paintContent(
    QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    auto rect = content(option);
    const qreal side = theme().px(14.0);
    const auto hue = static_cast<Hue>(index.data(kit::ToneRole).toInt());
    kit::paintIcon(painter, QRectF(rect.left(), rect.center().y() - side / 2, side, side),
        index.data(kit::IconNameRole).toString(), theme().text(hue));
    rect.setLeft(rect.left() + side + theme().px(7));
    painter.setFont(theme().font(kit::TextRole::Secondary));
    painter.setPen(theme().c(Token::T1));
    const auto text =
        painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideMiddle, int(rect.width()));
    painter.drawText(rect, Qt::AlignVCenter, text);
}

void SpanDelegate::paintContent(
    QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto row = index.data(kSpanRole).value<SpanRow>();
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF room = option.rect;
    const auto usable = room.width() * kBarRoom;
    painter.setPen(theme().c(Token::Line1));
    for (qint64 at = 0; at <= row.trackLength; at += rulerStep(row.trackLength)) {
        const auto x = room.left() + usable * double(at) / double(row.trackLength);
        painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()));
    }
    const auto duration = std::max<qint64>(row.span.duration, 0);
    QRectF bar(room.left() + usable * double(row.span.start) / double(row.trackLength),
        room.center().y() - theme().px(5.5),
        std::max(theme().px(3.0), usable * double(duration) / double(row.trackLength)), theme().px(11.0));
    paintBar(painter, bar, row);
    painter.setFont(theme().font(kit::TextRole::Number));
    painter.setPen(theme().c(Token::T2));
    painter.drawText(QRectF(bar.right() + theme().px(6), room.top(), theme().px(90), room.height()),
        Qt::AlignVCenter, bridge::milliseconds(row.span.duration));
}

RulerHeader::RulerHeader(QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setStretchLastSection(true);
    setSectionsMovable(false);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

void RulerHeader::setLength(qint64 micros)
{
    m_length = std::max<qint64>(micros, 1);
    viewport()->update();
}

qint64 rulerStep(qint64 length)
{
    qint64 step = 1;
    for (qint64 unit = 1;; unit *= 10) {
        for (const qint64 factor : {1, 2, 5}) {
            step = unit * factor;
            if (length / step < 7)
                return step;
        }
    }
}

void RulerHeader::paintSection(QPainter* painter, const QRect& rect, int section) const
{
    if (section + 1 != count())
        return QHeaderView::paintSection(painter, rect, section);
    painter->save();
    painter->fillRect(rect, theme().c(Token::Panel));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme().c(Token::Line1));
    painter->setFont(theme().font(kit::TextRole::Number));
    for (qint64 at = 0; at <= m_length; at += rulerStep(m_length)) {
        const auto x = rect.left() + rect.width() * kBarRoom * double(at) / double(m_length);
        painter->setPen(theme().c(Token::T3));
        painter->drawText(QRectF(x + theme().px(4), rect.top(), theme().px(80), rect.height()),
            Qt::AlignVCenter, at == 0 ? QStringLiteral("0") : bridge::milliseconds(at));
    }
    painter->restore();
}

}
