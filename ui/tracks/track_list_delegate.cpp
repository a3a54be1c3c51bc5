#include "ui/tracks/track_list_delegate.h"

#include "ui/bridge/track_row.h"
#include "ui/kit/icon.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QPainter>

#include <algorithm>

namespace ui::tracks {

using namespace Qt::StringLiterals;
using kit::theme;
using kit::Token;

TrackListDelegate::TrackListDelegate(QObject* parent)
    : RowDelegate(parent, Cell::Text, 40)
{
}

void TrackListDelegate::paintContent(
    QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto row = index.data(kTrackRole).value<bridge::TrackRow>();
    const auto scale = std::max<qint64>(m_scale, 1);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto rect = content(option);
    const qreal half = rect.height() / 2;
    const QRectF above(rect.left(), rect.top() + theme().px(2), rect.width(), half - theme().px(1));
    const QRectF below(rect.left(), rect.top() + half, rect.width(), half - theme().px(2));
    kit::paintMethod(painter,
        QRectF(above.left(), above.center().y() - theme().px(8), theme().px(44), theme().px(16)), row.method);
    painter.setFont(theme().font(kit::TextRole::Value));
    const auto status = row.status ? QString::number(row.status) : QString();
    painter.setPen(theme().text(kit::hueOfStatus(row.status)));
    painter.drawText(above, Qt::AlignRight | Qt::AlignVCenter, status);
    qreal right = above.right() - theme().px(34);
    if (row.cold) {
        const qreal side = theme().px(12.0);
        kit::paintIcon(painter, QRectF(right - side, above.center().y() - side / 2, side, side), u"snow"_s,
            theme().text(kit::Hue::Cold));
        right -= side + theme().px(6);
    }
    const QRectF path(
        above.left() + theme().px(52), above.top(), right - above.left() - theme().px(56), above.height());
    painter.setPen(theme().c(Token::T1));
    painter.drawText(path, Qt::AlignVCenter,
        painter.fontMetrics().elidedText(row.path, Qt::ElideRight, int(path.width())));
    painter.setFont(theme().font(kit::TextRole::Number));
    painter.setPen(theme().c(Token::T3));
    painter.drawText(below, Qt::AlignVCenter, row.time);
    painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, bridge::milliseconds(row.duration));
    const qreal left = below.left() + theme().px(88);
    const qreal room = below.width() - theme().px(88 + 70);
    const auto width =
        std::max(theme().px(4.0), room * double(std::max<qint64>(row.duration, 0)) / double(scale));
    kit::paintSpectrum(
        painter, QRectF(left, below.center().y() - theme().px(2), width, theme().px(4)), {row.parts, 1});
}

}
