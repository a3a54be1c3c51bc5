#pragma once

#include "ui/map/map_items.h"

#include <QFrame>
#include <QGraphicsView>
#include <QTimer>

class QLabel;

namespace ui::map {

class ZoomBar;

// The map as a drawing: lanes of nodes, edges and droplets. Arrows walk along nodes, Enter opens the one that
// is selected, a click selects, Escape clears. It shows what it is given and changes nothing. Its one timer
// runs only while a droplet is under way and someone can see it.
class MapCanvas : public QGraphicsView {
    Q_OBJECT

public:
    explicit MapCanvas(QWidget* parent = nullptr);

    void setGraph(const Graph& graph);
    void setTraffic(const Traffic& traffic);
    void setSelected(const QString& key);
    QString selected() const { return m_selected; }
    void setTrack(const QList<Edge>& hops); // lit; empty for none
    void showEnded(const QList<TrackPath>& paths);

    void zoom(int steps);
    void fit();
    int percent() const;
    QPoint centreOf(const QString& key) const; // in the viewport
    QList<Edge> litEdges() const;
    bool moving() const { return m_frames.isActive(); }

Q_SIGNALS:
    void nodeSelected(const QString& key);
    void nodeOpened(const QString& key);
    void zoomed();

protected:
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void rebuild();
    void placeZoomBar();
    void placeNodes();
    void placeEdges();
    void light();
    void select(const QString& key);
    void step(QPointF direction);
    void setScaleTo(qreal scale);
    void fitQuietly();
    NodeItem* nodeAt(QPoint position) const;

    Graph m_graph;
    Traffic m_traffic;
    QString m_selected;
    QList<Edge> m_track;
    QHash<QString, NodeItem*> m_nodes;
    QHash<QString, EdgeItem*> m_edges;
    QList<std::pair<QPointF, QString>> m_titles; // of lanes
    DropletItem* m_droplets = nullptr;
    ZoomBar* m_zoomBar = nullptr;
    QTimer m_frames;
    bool m_fits = true; // follows the window until a person zooms
};

// "− 100 % + fit" at the canvas's bottom left.
class ZoomBar : public QFrame {
    Q_OBJECT

public:
    explicit ZoomBar(MapCanvas* canvas);

private:
    QLabel* m_percent;
};

}
