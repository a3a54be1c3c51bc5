#include "ui/kit/chamber_style.h"

#include "ui/kit/icon.h"
#include "ui/kit/theme.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace ui::kit {

using namespace Qt::StringLiterals;

namespace {

constexpr int kTooltipDelayMs = 500;

void paintClose(QPainter& painter, const QStyleOption& option)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const bool over = option.state & (QStyle::State_Raised | QStyle::State_Sunken);
    QRectF box(0, 0, theme().px(16.0), theme().px(16.0));
    box.moveCenter(QRectF(option.rect).center());
    if (over) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().c(Token::Hover));
        painter.drawRoundedRect(box, theme().px(4.0), theme().px(4.0));
    }
    const auto inset = theme().px(2.0);
    paintIcon(
        painter, box.adjusted(inset, inset, -inset, -inset), u"x"_s, theme().c(over ? Token::T1 : Token::T3));
    painter.restore();
}

}

ChamberStyle::ChamberStyle()
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
{
}

void ChamberStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption* option, QPainter* painter, const QWidget* widget) const
{
    if (element == PE_IndicatorTabClose)
        paintClose(*painter, *option);
    else
        QProxyStyle::drawPrimitive(element, option, painter, widget);
}

int ChamberStyle::pixelMetric(PixelMetric metric, const QStyleOption* option, const QWidget* widget) const
{
    switch (metric) {
    case PM_TabCloseIndicatorWidth:
    case PM_TabCloseIndicatorHeight:
        return theme().px(18);
    case PM_LineEditIconSize:
        return theme().px(14);
    case PM_LineEditIconMargin:
        return theme().px(6);
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ChamberStyle::styleHint(
    StyleHint hint, const QStyleOption* option, const QWidget* widget, QStyleHintReturn* data) const
{
    if (hint == SH_ToolTip_WakeUpDelay)
        return kTooltipDelayMs;
    return QProxyStyle::styleHint(hint, option, widget, data);
}

QIcon ChamberStyle::standardIcon(
    StandardPixmap pixmap, const QStyleOption* option, const QWidget* widget) const
{
    if (pixmap == SP_LineEditClearButton)
        return icon(u"x"_s, Token::T2);
    return QProxyStyle::standardIcon(pixmap, option, widget);
}

}
