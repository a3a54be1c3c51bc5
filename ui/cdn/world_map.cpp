#include "ui/cdn/world_map.h"

#include "core/base/geo.h"
#include "ui/kit/paint.h"
#include "ui/kit/theme.h"

#include <QFile>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QToolTip>

#include <cmath>
#include <numbers>

namespace ui::cdn {

using namespace Qt::StringLiterals;
using kit::Hue;
using kit::theme;
using kit::Token;

namespace {

constexpr QSizeF kWorld(1000, 425.1);

double pattersonY(double latitude)
{
    const double f = latitude * std::numbers::pi / 180;
    return 1.0148 * f + 0.23185 * std::pow(f, 5) - 0.14499 * std::pow(f, 7) + 0.02406 * std::pow(f, 9);
}

// The outline has the commands M, L and Z alone.
QPainterPath readLand()
{
    QPainterPath path;
    QFile file(u":/map/land-patterson.svg"_s);
    if (!file.open(QIODevice::ReadOnly))
        return path;
    const auto svg = QString::fromUtf8(file.readAll());
    const QRegularExpression command(u"([MLZ])(?:([-\\d.]+)[ ,]([-\\d.]+))?"_s);
    const auto from = svg.indexOf(u" d=\""_s) + 4;
    auto matches = command.globalMatch(svg.mid(from, svg.indexOf(u'"', from) - from));
    while (matches.hasNext()) {
        const auto match = matches.next();
        const QPointF point(match.captured(2).toDouble(), match.captured(3).toDouble());
        if (match.captured(1) == "M"_L1)
            path.moveTo(point);
        else if (match.captured(1) == "L"_L1)
            path.lineTo(point);
        else
            path.closeSubpath();
    }
    return path;
}

Hue hueOfRatio(const EdgeRow& edge)
{
    if (edge.requests == 0)
        return Hue::Obs;
    return edge.hitRatio() >= 0.8 ? Hue::Cdn : edge.hitRatio() >= 0.5 ? Hue::Warn : Hue::Err;
}

}

QPointF projected(double latitude, double longitude)
{
    const double unit = kWorld.width() / (2 * std::numbers::pi);
    return {(longitude + 180) / 360 * kWorld.width(), (pattersonY(77) - pattersonY(latitude)) * unit};
}

WorldMap::WorldMap(QWidget* parent)
    : QWidget(parent)
    , m_land(readLand())
{
    setObjectName(u"cdnWorldMap"_s);
    setAccessibleName(tr("Edges on the world map"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    m_animation.setInterval(33);
    connect(&m_animation, &QTimer::timeout, this, [this] {
        m_progress += 0.025;
        if (m_progress >= 1 || !isVisible())
            m_animation.stop();
        update();
    });
    connect(&theme(), &kit::Theme::changed, this, &WorldMap::layoutMap);
}

void WorldMap::setEdges(
    const QList<EdgeRow>& edges, double originLatitude, double originLongitude, const QString& region)
{
    m_edges = edges;
    m_origin = projected(originLatitude, originLongitude);
    m_region = region;
    update();
}

void WorldMap::showRequest(const QString& city, const QString& edge, bool toOrigin)
{
    m_city = city;
    m_requestEdge = edge;
    m_toOrigin = toOrigin;
    m_progress = theme().reducedMotion() ? 0.6 : 0;
    if (!theme().reducedMotion())
        m_animation.start();
    update();
}

QPointF WorldMap::at(double latitude, double longitude) const
{
    return projected(latitude, longitude) * m_scale + m_offset;
}

QPainterPath WorldMap::arc(const QPointF& from, const QPointF& to) const
{
    QPainterPath path(from);
    const auto middle = (from + to) / 2;
    const auto length = std::hypot(to.x() - from.x(), to.y() - from.y());
    path.quadTo(middle - QPointF(0, length * 0.22), to);
    return path;
}

QPointF WorldMap::edgePoint(const QString& edge) const
{
    for (const auto& row : m_edges) {
        if (row.id == edge)
            return at(row.latitude, row.longitude);
    }
    return {};
}

qreal WorldMap::radius(const EdgeRow& edge) const
{
    return theme().px(5.0) + theme().px(2.2) * std::log10(1.0 + double(edge.requests));
}

void WorldMap::layoutMap()
{
    const auto margin = theme().px(12);
    const QRectF room = QRectF(rect()).adjusted(margin, margin, -margin, -margin);
    m_scale = std::max(room.width() / kWorld.width(), 0.05);
    if (kWorld.height() * m_scale > room.height() * 1.12)
        m_scale = room.height() * 1.12 / kWorld.height();
    m_offset = room.center() - QPointF(kWorld.width(), kWorld.height()) * m_scale / 2;
    m_landPixmap = {};
    update();
}

void WorldMap::resizeEvent(QResizeEvent*)
{
    layoutMap();
}

void WorldMap::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme().c(Token::Canvas));
    painter.setRenderHint(QPainter::Antialiasing);
    paintLand(painter);
    paintArcs(painter);
    paintEdges(painter);
    paintRequest(painter);
    paintLegend(painter);
    if (hasFocus())
        kit::paintFocus(painter, rect(), 0);
}

void WorldMap::paintLand(QPainter& painter)
{
    if (m_landPixmap.isNull()) {
        m_landPixmap = QPixmap(size() * devicePixelRatioF());
        m_landPixmap.setDevicePixelRatio(devicePixelRatioF());
        m_landPixmap.fill(Qt::transparent);
        QPainter land(&m_landPixmap);
        land.setRenderHint(QPainter::Antialiasing);
        land.translate(m_offset);
        land.scale(m_scale, m_scale);
        QPen coast(theme().c(Token::LandLine), 1);
        coast.setCosmetic(true);
        land.setPen(coast);
        land.setBrush(theme().c(Token::Land));
        land.drawPath(m_land);
    }
    painter.drawPixmap(0, 0, m_landPixmap);
}

void WorldMap::paintArcs(QPainter& painter)
{
    const auto origin = m_origin * m_scale + m_offset;
    painter.setBrush(Qt::NoBrush);
    for (const auto& edge : m_edges) {
        if (edge.originRequests == 0)
            continue;
        painter.setPen(QPen(theme().c(Token::Line3), theme().px(1.25)));
        painter.drawPath(arc(at(edge.latitude, edge.longitude), origin));
    }
}

// The first of four places around the dot that no other label has.
QRectF WorldMap::labelRect(
    QPainter& painter, const EdgeRow& edge, QList<QRectF>& taken, const QString& words) const
{
    const auto centre = at(edge.latitude, edge.longitude);
    const auto gap = radius(edge) + theme().px(4);
    const QSizeF size(painter.fontMetrics().horizontalAdvance(words) + 2, painter.fontMetrics().height());
    const QList<QRectF> places{{{centre.x() + gap, centre.y() - size.height() / 2}, size},
        {{centre.x() - gap - size.width(), centre.y() - size.height() / 2}, size},
        {{centre.x() - size.width() / 2, centre.y() - gap - size.height()}, size},
        {{centre.x() - size.width() / 2, centre.y() + gap}, size}};
    for (const auto& place : places) {
        const bool free = std::none_of(
            taken.begin(), taken.end(), [&](const QRectF& other) { return other.intersects(place); });
        if (free && QRectF(rect()).contains(place)) {
            taken.append(place);
            return place;
        }
    }
    return places.first();
}

void WorldMap::paintEdges(QPainter& painter)
{
    QList<QRectF> taken;
    for (const auto& edge : m_edges) {
        const auto r = radius(edge);
        taken.append(QRectF(at(edge.latitude, edge.longitude) - QPointF(r, r), QSizeF(2 * r, 2 * r)));
    }
    const auto origin = m_origin * m_scale + m_offset;
    for (const auto& edge : m_edges) {
        const auto centre = at(edge.latitude, edge.longitude);
        const auto hue = hueOfRatio(edge);
        const auto r = radius(edge);
        auto fill = theme().fill(hue);
        painter.setPen(QPen(fill, theme().px(1.6)));
        fill.setAlphaF(0.22F);
        painter.setBrush(fill);
        painter.drawEllipse(centre, r, r);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().fill(hue));
        painter.drawEllipse(centre, theme().px(1.8), theme().px(1.8));
        if (edge.id == m_selected) {
            painter.setPen(QPen(theme().c(Token::Focus), theme().px(2.0)));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(centre, r + theme().px(3.5), r + theme().px(3.5));
        }
        painter.setFont(theme().font(kit::TextRole::Number));
        const auto ratio = edge.requests ? tr("%1 %").arg(qRound(edge.hitRatio() * 100)) : tr("idle");
        const auto label = labelRect(painter, edge, taken, edge.id + u' ' + ratio);
        painter.setPen(theme().c(Token::T1));
        painter.drawText(label, Qt::AlignVCenter | Qt::AlignLeft, edge.id);
        painter.setPen(edge.requests ? theme().text(hue) : theme().c(Token::T3));
        painter.drawText(label, Qt::AlignVCenter | Qt::AlignRight, ratio);
    }
    if (m_region.isEmpty())
        return;
    const auto side = theme().px(9.0);
    painter.setPen(QPen(theme().c(Token::T1), theme().px(2.0)));
    painter.setBrush(theme().c(Token::Canvas));
    painter.drawRoundedRect(QRectF(origin - QPointF(side / 2, side / 2), QSizeF(side, side)), 2, 2);
    painter.setFont(theme().font(kit::TextRole::Caption));
    painter.setPen(theme().c(Token::T3));
    painter.drawText(origin + QPointF(theme().px(6), theme().px(26)), tr("Origin, %1").arg(m_region));
}

void WorldMap::paintRequest(QPainter& painter)
{
    const auto* city = core::geo::findCity(m_city.toStdString());
    if (!city || m_requestEdge.isEmpty())
        return;
    const auto from = at(city->place.latitude, city->place.longitude);
    const auto edge = edgePoint(m_requestEdge);
    auto path =
        std::hypot(from.x() - edge.x(), from.y() - edge.y()) > 2 ? arc(from, edge) : QPainterPath(from);
    if (m_toOrigin)
        path.connectPath(arc(edge, m_origin * m_scale + m_offset));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme().fill(Hue::Cdn), theme().px(1.75)));
    painter.drawPath(path);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().c(Token::T1));
    painter.drawEllipse(from, theme().px(2.5), theme().px(2.5));
    if (m_progress < 1 && path.length() > 1)
        kit::paintDroplets(painter, path, m_progress, theme().fill(Hue::Cdn));
    painter.setFont(theme().font(kit::TextRole::Caption));
    painter.setPen(theme().c(Token::T2));
    painter.drawText(from + QPointF(theme().px(8), theme().px(16)), tr("Your request, %1").arg(m_city));
}

void WorldMap::paintLegend(QPainter& painter)
{
    const QList<std::pair<Hue, QString>> parts{{Hue::Cdn, tr("80 % and up")}, {Hue::Warn, tr("50 to 79 %")},
        {Hue::Err, tr("below 50 %")}, {Hue::Obs, tr("Dot size is requests")}};
    painter.setFont(theme().font(kit::TextRole::Caption));
    qreal right = width() - theme().px(12);
    const qreal y = height() - theme().px(18);
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        const auto wide = painter.fontMetrics().horizontalAdvance(part->second);
        right -= wide;
        painter.setPen(theme().c(Token::T2));
        painter.drawText(QRectF(right, y - 8, wide + 2, 16), Qt::AlignVCenter, part->second);
        if (part->first != Hue::Obs) {
            right -= theme().px(10);
            painter.setPen(QPen(theme().fill(part->first), 1.4));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(QPointF(right, y), theme().px(3.5), theme().px(3.5));
            right -= theme().px(16);
        } else {
            right -= theme().px(12);
        }
    }
}

int WorldMap::edgeAt(const QPointF& point) const
{
    for (qsizetype i = 0; i < m_edges.size(); ++i) {
        const auto centre = at(m_edges[i].latitude, m_edges[i].longitude);
        if (std::hypot(centre.x() - point.x(), centre.y() - point.y())
            <= std::max(radius(m_edges[i]), theme().px(12.0)))
            return static_cast<int>(i);
    }
    return -1;
}

void WorldMap::select(const QString& edge)
{
    m_selected = edge;
    setAccessibleDescription(edge);
    update();
    Q_EMIT edgeSelected(edge);
}

void WorldMap::mousePressEvent(QMouseEvent* event)
{
    const int found = edgeAt(event->position());
    select(found < 0 || m_edges[found].id == m_selected ? QString() : m_edges[found].id);
}

void WorldMap::mouseMoveEvent(QMouseEvent* event)
{
    const int found = edgeAt(event->position());
    if (found < 0)
        return QToolTip::hideText();
    const auto& edge = m_edges[found];
    QToolTip::showText(event->globalPosition().toPoint(),
        tr("%1, %2\n%3 requests, %4 hits, %5 to the origin")
            .arg(edge.id, edge.city)
            .arg(edge.requests)
            .arg(edge.hits)
            .arg(edge.originRequests),
        this);
}

void WorldMap::keyPressEvent(QKeyEvent* event)
{
    int step = 0;
    if (event->key() == Qt::Key_Right || event->key() == Qt::Key_Down)
        step = 1;
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Up)
        step = -1;
    if (event->key() == Qt::Key_Escape)
        return select({});
    if (step == 0 || m_edges.isEmpty())
        return QWidget::keyPressEvent(event);
    int now = -1;
    for (qsizetype i = 0; i < m_edges.size(); ++i) {
        if (m_edges[i].id == m_selected)
            now = static_cast<int>(i);
    }
    const int count = static_cast<int>(m_edges.size());
    select(m_edges[now < 0 ? 0 : (now + step + count) % count].id);
}

}
