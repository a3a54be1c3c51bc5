#pragma once

#include "ui/cdn/cdn_document.h"

#include <QPainterPath>
#include <QPixmap>
#include <QPointF>
#include <QTimer>
#include <QWidget>

namespace ui::cdn {

// Patterson's projection, cropped to 77° N and 56° S, as the land outline was drawn: 0…1000 by 0…425.1.
QPointF projected(double latitude, double longitude);

// The world with its edges: a dot's size is its requests, its colour and number its hit ratio; arcs lead to
// the origin, droplets show the last request sent from here. Arrow keys and clicks select an edge; the edges
// are also a table in the entries below, so nothing is told by the picture alone.
class WorldMap : public QWidget {
    Q_OBJECT

public:
    explicit WorldMap(QWidget* parent = nullptr);
    void setEdges(
        const QList<EdgeRow>& edges, double originLatitude, double originLongitude, const QString& region);
    // Droplets from a city to an edge and, when it asked, on to the origin.
    void showRequest(const QString& city, const QString& edge, bool toOrigin);
    QString selectedEdge() const { return m_selected; }
    QSize minimumSizeHint() const override { return {320, 180}; }

Q_SIGNALS:
    void edgeSelected(const QString& edge); // "" for none

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    QPointF at(double latitude, double longitude) const;
    QPainterPath arc(const QPointF& from, const QPointF& to) const;
    QPointF edgePoint(const QString& edge) const;
    qreal radius(const EdgeRow& edge) const;
    int edgeAt(const QPointF& point) const;
    void paintLand(QPainter& painter);
    void paintArcs(QPainter& painter);
    void paintEdges(QPainter& painter);
    void paintRequest(QPainter& painter);
    void paintLegend(QPainter& painter);
    QRectF labelRect(
        QPainter& painter, const EdgeRow& edge, QList<QRectF>& taken, const QString& words) const;
    void select(const QString& edge);
    void layoutMap();

    QPainterPath m_land;
    QPixmap m_landPixmap;
    qreal m_scale = 1;
    QPointF m_offset;
    QList<EdgeRow> m_edges;
    QPointF m_origin;
    QString m_region;
    QString m_selected;
    QString m_city;
    QString m_requestEdge;
    bool m_toOrigin = false;
    qreal m_progress = 1;
    QTimer m_animation;
};

}
