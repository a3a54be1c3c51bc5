#include "ui/map/map_canvas.h"

#include "ui/kit/controls.h"
#include "ui/kit/theme.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QRegularExpression>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace ui::map {

using namespace Qt::StringLiterals;
using kit::theme;
using kit::Token;

namespace {

constexpr int kFrame = 33; // milliseconds
constexpr int kHop = 420; // milliseconds from one edge of a track to the next
constexpr qreal kZoomStep = 1.15;
constexpr qreal kLeast = 0.4;
constexpr qreal kMost = 2.5;
constexpr qreal kMargin = 20;

qreal px(qreal pixels)
{
    return theme().px(pixels);
}

}

MapCanvas::MapCanvas(QWidget* parent)
    : QGraphicsView(parent)
{
    setObjectName(u"mapCanvas"_s);
    setAccessibleName(tr("Map of resources"));
    setAccessibleDescription(tr("Arrows walk along resources, Enter opens one, L shows them as a list."));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setTransformationAnchor(QGraphicsView::AnchorViewCenter);
    setViewportUpdateMode(QGraphicsView::MinimalViewportUpdate);
    setScene(new QGraphicsScene(this));
    scene()->setItemIndexMethod(QGraphicsScene::NoIndex);
    m_frames.setInterval(kFrame);
    connect(&m_frames, &QTimer::timeout, this, [this] {
        m_droplets->forget();
        if (m_droplets->isEmpty())
            m_frames.stop();
    });
    connect(&theme(), &kit::Theme::changed, this, &MapCanvas::rebuild);
    rebuild();
    m_zoomBar = new ZoomBar(this);
    placeZoomBar();
}

void MapCanvas::placeZoomBar()
{
    m_zoomBar->adjustSize();
    m_zoomBar->move(theme().px(14), height() - m_zoomBar->height() - theme().px(14));
    m_zoomBar->raise();
}

void MapCanvas::setGraph(const Graph& graph)
{
    m_graph = graph;
    rebuild();
}

void MapCanvas::rebuild()
{
    m_frames.stop();
    scene()->clear();
    m_nodes.clear();
    m_edges.clear();
    m_titles.clear();
    placeNodes();
    placeEdges();
    m_droplets = new DropletItem;
    scene()->addItem(m_droplets);
    auto area = scene()->itemsBoundingRect();
    area.setTop(0);
    area.setLeft(0);
    area.adjust(0, 0, px(kMargin), px(kMargin));
    scene()->setSceneRect(area);
    m_droplets->setArea(area);
    setTraffic(m_traffic);
    light();
    if (m_fits)
        fitQuietly();
    viewport()->update();
}

void MapCanvas::placeNodes()
{
    const auto places = positions(m_graph);
    int lane = -1;
    for (const auto& node : m_graph.nodes) {
        auto* item = new NodeItem(node);
        const auto place = places.value(node.key);
        item->setPos(px(place.x()), px(place.y()));
        scene()->addItem(item);
        m_nodes.insert(node.key, item);
        if (int(node.lane) != lane)
            m_titles.append({QPointF(px(place.x()), px(26.0)), titleOf(node.lane)});
        lane = int(node.lane);
    }
}

void MapCanvas::placeEdges()
{
    for (const auto& edge : m_graph.edges) {
        auto* item = new EdgeItem(edge, *m_nodes.value(edge.from), *m_nodes.value(edge.to));
        scene()->addItem(item);
        m_edges.insert(rateKey(edge), item);
    }
}

void MapCanvas::setTraffic(const Traffic& traffic)
{
    m_traffic = traffic;
    for (auto* item : std::as_const(m_nodes)) {
        auto detail = item->node().detail;
        // The icon says already that it is a function, and a node has no room for "Python 3.12, 128 MB".
        if (item->node().lane == Lane::Functions)
            detail = detail.section(u", "_s, 1).remove(QRegularExpression(u" [0-9.]+(?=,)"_s));
        if (item->node().lane == Lane::Visitors)
            detail = traffic.places.size() == 1 ? *traffic.places.begin()
                                                : tr("%n place(s)", nullptr, int(traffic.places.size()));
        item->setTraffic(traffic.nodes.value(item->node().key), detail);
    }
}

void MapCanvas::setSelected(const QString& key)
{
    m_selected = m_nodes.contains(key) ? key : QString();
    light();
}

void MapCanvas::setTrack(const QList<Edge>& hops)
{
    m_track = hops;
    light();
}

// A selected track lights its way; without one a selected resource lights its connections.
void MapCanvas::light()
{
    QSet<QString> passed;
    for (auto* item : std::as_const(m_edges)) {
        const auto& edge = item->edge();
        const bool touches = !m_selected.isEmpty() && (edge.from == m_selected || edge.to == m_selected);
        item->setLit(m_track.isEmpty() ? touches : m_track.contains(edge));
    }
    for (const auto& hop : m_track)
        passed << hop.from << hop.to;
    for (auto it = m_nodes.begin(); it != m_nodes.end(); ++it) {
        const bool selected = it.key() == m_selected;
        it.value()->setState(selected, passed.contains(it.key()), selected && hasFocus());
    }
}

QList<Edge> MapCanvas::litEdges() const
{
    QList<Edge> found;
    for (const auto& edge : m_graph.edges) {
        if (const auto* item = m_edges.value(rateKey(edge)); item && item->lit())
            found.append(edge);
    }
    return found;
}

void MapCanvas::showEnded(const QList<TrackPath>& paths)
{
    if (!isVisible())
        return;
    for (const auto& path : paths) {
        for (qsizetype i = 0; i < path.hops.size(); ++i) {
            if (const auto* edge = m_edges.value(rateKey(path.hops[i])))
                m_droplets->add(*edge, int(i) * kHop);
        }
    }
    // With reduced motion droplets stand still: they need to be painted only when one comes or goes.
    m_frames.setInterval(theme().reducedMotion() ? kHop : kFrame);
    if (!m_droplets->isEmpty())
        m_frames.start();
}

void MapCanvas::select(const QString& key)
{
    if (key == m_selected)
        return;
    setSelected(key);
    if (auto* item = m_nodes.value(key))
        ensureVisible(item, 20, 20);
    Q_EMIT nodeSelected(m_selected);
}

// The nearest node in a direction: distance along it counts once, distance beside it twice.
void MapCanvas::step(QPointF direction)
{
    const auto* current = m_nodes.value(m_selected);
    if (!current) {
        if (!m_graph.nodes.isEmpty())
            select(m_graph.nodes.first().key);
        return;
    }
    const auto from = current->sceneBoundingRect().center();
    QString best;
    qreal nearest = 0;
    for (const auto& node : m_graph.nodes) {
        const auto delta = m_nodes.value(node.key)->sceneBoundingRect().center() - from;
        const auto along = QPointF::dotProduct(delta, direction);
        const auto beside = std::abs(delta.x() * direction.y()) + std::abs(delta.y() * direction.x());
        const auto cost = along + 2 * beside;
        if (along > 1 && (direction.x() != 0 || beside < px(kNodeSize.width()))
            && (best.isEmpty() || cost < nearest)) {
            best = node.key;
            nearest = cost;
        }
    }
    if (!best.isEmpty())
        select(best);
}

void MapCanvas::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return step({-1, 0});
    case Qt::Key_Right:
        return step({1, 0});
    case Qt::Key_Up:
        return step({0, -1});
    case Qt::Key_Down:
        return step({0, 1});
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!m_selected.isEmpty())
            Q_EMIT nodeOpened(m_selected);
        return;
    case Qt::Key_Escape:
        return select({});
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoom(1);
    case Qt::Key_Minus:
        return zoom(-1);
    case Qt::Key_0:
        return fit();
    default:
        QGraphicsView::keyPressEvent(event);
    }
}

NodeItem* MapCanvas::nodeAt(QPoint position) const
{
    for (auto* item : items(position)) {
        auto* node = qgraphicsitem_cast<NodeItem*>(item);
        if (node && node->card().contains(node->mapFromScene(mapToScene(position))))
            return node;
    }
    return nullptr;
}

void MapCanvas::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return QGraphicsView::mousePressEvent(event);
    auto* node = nodeAt(event->position().toPoint());
    select(node ? node->node().key : QString());
}

void MapCanvas::mouseDoubleClickEvent(QMouseEvent* event)
{
    if (auto* node = nodeAt(event->position().toPoint()))
        Q_EMIT nodeOpened(node->node().key);
}

void MapCanvas::wheelEvent(QWheelEvent* event)
{
    if (!(event->modifiers() & Qt::ControlModifier))
        return QGraphicsView::wheelEvent(event);
    if (event->angleDelta().y() != 0)
        zoom(event->angleDelta().y() > 0 ? 1 : -1);
    event->accept();
}

void MapCanvas::resizeEvent(QResizeEvent* event)
{
    QGraphicsView::resizeEvent(event);
    if (m_fits)
        fitQuietly();
    if (m_zoomBar)
        placeZoomBar();
}

void MapCanvas::focusInEvent(QFocusEvent* event)
{
    QGraphicsView::focusInEvent(event);
    light();
}

void MapCanvas::focusOutEvent(QFocusEvent* event)
{
    QGraphicsView::focusOutEvent(event);
    light();
}

void MapCanvas::hideEvent(QHideEvent* event)
{
    QGraphicsView::hideEvent(event);
    m_frames.stop();
    m_droplets->clear();
}

void MapCanvas::zoom(int steps)
{
    m_fits = false;
    setScaleTo(transform().m11() * std::pow(kZoomStep, steps));
}

void MapCanvas::setScaleTo(qreal scale)
{
    const auto bounded = std::clamp(scale, kLeast, kMost);
    setTransform(QTransform::fromScale(bounded, bounded));
    Q_EMIT zoomed();
}

void MapCanvas::fit()
{
    m_fits = true;
    fitQuietly();
}

void MapCanvas::fitQuietly()
{
    const auto area = sceneRect();
    if (area.isEmpty())
        return;
    const auto room = QSizeF(size());
    setScaleTo(std::min({1.0, room.width() / area.width(), room.height() / area.height()}));
}

int MapCanvas::percent() const
{
    return int(std::lround(transform().m11() * 100));
}

QPoint MapCanvas::centreOf(const QString& key) const
{
    const auto* item = m_nodes.value(key);
    return item ? mapFromScene(item->mapToScene(item->card().center())) : QPoint();
}

void MapCanvas::drawBackground(QPainter* painter, const QRectF& rect)
{
    painter->fillRect(rect, theme().c(Token::Canvas));
    const auto pitch = px(24);
    painter->setPen(QPen(theme().c(Token::Line1), px(1.5), Qt::SolidLine, Qt::RoundCap));
    QList<QPointF> dots;
    for (auto x = std::floor(rect.left() / pitch) * pitch; x < rect.right(); x += pitch) {
        for (auto y = std::floor(rect.top() / pitch) * pitch; y < rect.bottom(); y += pitch)
            dots.append({x, y});
    }
    painter->drawPoints(dots.constData(), int(dots.size()));
    painter->setFont(theme().font(kit::TextRole::Caption));
    painter->setPen(theme().c(Token::T2));
    for (const auto& [place, title] : m_titles)
        painter->drawText(place, title);
}

ZoomBar::ZoomBar(MapCanvas* canvas)
    : QFrame(canvas)
    , m_percent(kit::label({}, u"number"_s))
{
    setObjectName(u"mapZoomBar"_s);
    setFrameShape(QFrame::NoFrame);
    setAutoFillBackground(true);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(2, 2, 2, 2);
    layout->setSpacing(2);
    auto* out = kit::iconButton(u"minus"_s, tr("Zoom out"));
    auto* in = kit::iconButton(u"plus"_s, tr("Zoom in"));
    auto* whole = kit::iconButton(u"fit"_s, tr("Fit the map into the window"));
    out->setObjectName(u"mapZoomOut"_s);
    in->setObjectName(u"mapZoomIn"_s);
    whole->setObjectName(u"mapFit"_s);
    m_percent->setObjectName(u"mapZoom"_s);
    m_percent->setAlignment(Qt::AlignCenter);
    m_percent->setMinimumWidth(theme().px(48));
    layout->addWidget(out);
    layout->addWidget(m_percent);
    layout->addWidget(in);
    layout->addWidget(whole);
    connect(out, &QToolButton::clicked, canvas, [canvas] { canvas->zoom(-1); });
    connect(in, &QToolButton::clicked, canvas, [canvas] { canvas->zoom(1); });
    connect(whole, &QToolButton::clicked, canvas, &MapCanvas::fit);
    const auto showPercent = [this, canvas] { m_percent->setText(tr("%1 %").arg(canvas->percent())); };
    connect(canvas, &MapCanvas::zoomed, this, showPercent);
    showPercent();
}

}
