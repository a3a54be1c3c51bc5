#include "ui/map/map_items.h"

#include "ui/kit/icon.h"
#include "ui/kit/paint.h"
#include "ui/kit/panes.h"
#include "ui/kit/theme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace ui::map {

using namespace Qt::StringLiterals;
using kit::Hue;
using kit::TextRole;
using kit::theme;
using kit::Token;

namespace {

constexpr int kFlight = 900; // milliseconds over one edge
constexpr int kMostOnEdge = 20;
constexpr qreal kStill = 0.6; // where a droplet stands with reduced motion

qreal px(qreal pixels)
{
    return theme().px(pixels);
}

void drawText(QPainter& painter, const QRectF& rect, const QString& text, TextRole role, const QColor& ink,
    Qt::Alignment align = Qt::AlignLeft | Qt::AlignVCenter)
{
    const auto font = theme().font(role);
    painter.setFont(font);
    painter.setPen(ink);
    painter.drawText(rect, int(align), QFontMetricsF(font).elidedText(text, Qt::ElideRight, rect.width()));
}

}

NodeItem::NodeItem(Node node)
    : m_node(std::move(node))
    , m_detail(m_node.detail)
{
    setToolTip(m_node.detail.isEmpty() ? m_node.title : m_node.title + u'\n' + m_node.detail);
    setZValue(2);
}

void NodeItem::setTraffic(const NodeTraffic& traffic, const QString& detail)
{
    m_traffic = traffic;
    m_detail = detail;
    update();
}

void NodeItem::setState(bool selected, bool lit, bool focused)
{
    m_selected = selected;
    m_lit = lit;
    m_focused = focused;
    update();
}

QRectF NodeItem::card() const
{
    const auto width = m_node.lane == Lane::Visitors ? kVisitorsWidth : kNodeSize.width();
    return {0, 0, px(width), px(kNodeSize.height())};
}

QRectF NodeItem::boundingRect() const
{
    return card().adjusted(-px(4), -px(10), px(12), px(4));
}

QPointF NodeItem::left() const
{
    return mapToScene(card().left(), card().center().y());
}

QPointF NodeItem::right() const
{
    return mapToScene(card().right(), card().center().y());
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    painter->setRenderHint(QPainter::Antialiasing);
    const bool marked = m_selected || m_lit;
    const auto ink = marked ? theme().fill(m_node.hue) : theme().c(Token::Line2);
    const qreal width = m_selected ? px(2) : px(1);
    painter->setPen(QPen(ink, width));
    painter->setBrush(theme().c(Token::Panel));
    painter->drawRoundedRect(card().adjusted(0.5, 0.5, -0.5, -0.5), px(8), px(8));
    if (m_node.lane == Lane::Visitors)
        paintVisitors(*painter);
    else
        paintResource(*painter);
    paintErrors(*painter);
    if (m_focused)
        kit::paintFocus(*painter, card().adjusted(-px(3), -px(3), px(3), px(3)), px(10));
}

void NodeItem::paintVisitors(QPainter& painter) const
{
    const auto width = card().width();
    kit::paintIcon(
        painter, QRectF((width - px(16)) / 2, px(9), px(16), px(16)), m_node.icon, theme().c(Token::T2));
    const QRectF line(px(4), px(28), width - px(8), px(16));
    drawText(painter, line, m_detail, TextRole::Control, theme().c(Token::T1), Qt::AlignCenter);
    drawText(painter, line.translated(0, px(19)), rateText(m_traffic.rate), TextRole::Value,
        theme().c(Token::T2), Qt::AlignCenter);
}

void NodeItem::paintResource(QPainter& painter) const
{
    kit::paintTile(painter, QRectF(px(9), px(10), px(24), px(24)), m_node.icon, m_node.hue);
    const auto textWidth = card().width() - px(41 + 8);
    drawText(painter, QRectF(px(41), px(7), textWidth, px(16)), m_node.title, TextRole::PaneTitle,
        theme().c(Token::T1));
    drawText(painter, QRectF(px(41), px(22), textWidth, px(15)), m_detail, TextRole::Caption,
        theme().c(Token::T2));
    const QList<double> none{0.0, 0.0};
    kit::Sparkline::paint(painter, QRectF(px(10), px(44), px(80), px(18)),
        m_traffic.spark.isEmpty() ? none : m_traffic.spark, m_node.hue);
    drawText(painter, QRectF(px(96), px(45), card().width() - px(96 + 9), px(18)), rateText(m_traffic.rate),
        TextRole::Value, theme().c(Token::T1), Qt::AlignRight | Qt::AlignVCenter);
}

void NodeItem::paintErrors(QPainter& painter) const
{
    if (m_traffic.errors == 0)
        return;
    const auto text = m_traffic.errors > 99 ? u"99+"_s : QString::number(m_traffic.errors);
    painter.setFont(theme().font(TextRole::TypeBadge));
    const auto width = std::max(px(17), QFontMetricsF(painter.font()).horizontalAdvance(text) + px(8));
    const QRectF bubble(card().right() + px(7) - width, -px(7), width, px(17));
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().fill(Hue::Err));
    painter.drawRoundedRect(bubble, px(8.5), px(8.5));
    painter.setPen(theme().c(Token::Panel));
    painter.drawText(bubble, Qt::AlignCenter, text);
}

EdgeItem::EdgeItem(Edge edge, const NodeItem& from, const NodeItem& to)
    : m_edge(std::move(edge))
    , m_hue(to.node().hue)
{
    const bool forward = from.right().x() < to.left().x();
    const auto start = from.right();
    const auto end = forward ? to.left() : to.right();
    // Within a lane and backwards the curve bows out at the right.
    const auto bend = forward ? std::max(px(24), (end.x() - start.x()) / 2) : px(40);
    m_path.moveTo(start);
    m_path.cubicTo(start + QPointF(bend, 0), end + QPointF(forward ? -bend : bend, 0), end);
}

void EdgeItem::setLit(bool lit)
{
    m_lit = lit;
    setZValue(lit ? 1 : 0);
    update();
}

QRectF EdgeItem::boundingRect() const
{
    return m_path.boundingRect().adjusted(-px(5), -px(5), px(5), px(5));
}

void EdgeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    painter->setRenderHint(QPainter::Antialiasing);
    const auto ink = m_lit ? theme().fill(m_hue) : theme().c(Token::Line3);
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(ink, m_lit ? px(1.75) : px(1.25)));
    painter->drawPath(m_path);
    painter->setBrush(theme().c(Token::Canvas));
    painter->setPen(QPen(ink, px(1)));
    painter->drawEllipse(m_path.pointAtPercent(0), px(2.5), px(2.5));
    painter->drawEllipse(m_path.pointAtPercent(1), px(2.5), px(2.5));
}

DropletItem::DropletItem()
{
    setZValue(3);
    m_time.start();
}

void DropletItem::setArea(const QRectF& area)
{
    prepareGeometryChange();
    m_area = area;
}

void DropletItem::clear()
{
    m_droplets.clear();
    update();
}

void DropletItem::add(const EdgeItem& edge, int after)
{
    const auto key = rateKey(edge.edge());
    const auto there = std::count_if(
        m_droplets.begin(), m_droplets.end(), [&](const Droplet& each) { return each.edge == key; });
    if (there < kMostOnEdge)
        m_droplets.append({key, edge.path(), edge.hue(), edge.lit(), m_time.elapsed() + after});
}

void DropletItem::forget()
{
    const auto now = m_time.elapsed();
    m_droplets.removeIf([now](const Droplet& each) { return now - each.start > kFlight; });
    update();
}

void DropletItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*)
{
    const auto now = m_time.elapsed();
    for (const auto& each : m_droplets) {
        const auto at = double(now - each.start) / kFlight;
        if (at < 0 || at > 1)
            continue;
        const auto ink = each.lit ? theme().fill(each.hue) : theme().fill(Hue::Obs);
        kit::paintDroplets(*painter, each.path, theme().reducedMotion() ? kStill : at, ink);
    }
}

}
