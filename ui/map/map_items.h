#pragma once

#include "ui/map/map_traffic.h"

#include <QElapsedTimer>
#include <QGraphicsItem>
#include <QPainterPath>

namespace ui::map {

// A resource as a card of 150 by 70. Owned by the scene.
class NodeItem : public QGraphicsItem {
public:
    enum { Type = UserType + 1 };
    explicit NodeItem(Node node);

    const Node& node() const { return m_node; }
    void setTraffic(const NodeTraffic& traffic, const QString& detail);
    void setState(bool selected, bool lit, bool focused);
    int type() const override { return Type; }
    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;
    QRectF card() const; // without the count bubble and the border
    QPointF left() const; // where edges end and start, in the scene
    QPointF right() const;

private:
    void paintVisitors(QPainter& painter) const;
    void paintResource(QPainter& painter) const;
    void paintErrors(QPainter& painter) const;

    Node m_node;
    NodeTraffic m_traffic;
    QString m_detail;
    bool m_selected = false;
    bool m_lit = false;
    bool m_focused = false;
};

// What calls what.
class EdgeItem : public QGraphicsItem {
public:
    EdgeItem(Edge edge, const NodeItem& from, const NodeItem& to);

    const Edge& edge() const { return m_edge; }
    const QPainterPath& path() const { return m_path; }
    kit::Hue hue() const { return m_hue; }
    void setLit(bool lit);
    bool lit() const { return m_lit; }
    QRectF boundingRect() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    Edge m_edge;
    QPainterPath m_path;
    kit::Hue m_hue;
    bool m_lit = false;
};

// All droplets under way in one item: a droplet is one request on one edge. It has no timer of its own.
class DropletItem : public QGraphicsItem {
public:
    DropletItem();

    void setArea(const QRectF& area);
    void clear();
    // `after`: milliseconds until it starts. Above twenty on an edge no more are shown.
    void add(const EdgeItem& edge, int after);
    void forget(); // those that have arrived
    bool isEmpty() const { return m_droplets.isEmpty(); }
    QRectF boundingRect() const override { return m_area; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    struct Droplet {
        QString edge;
        QPainterPath path;
        kit::Hue hue;
        bool lit;
        qint64 start;
    };
    QRectF m_area;
    QList<Droplet> m_droplets;
    QElapsedTimer m_time;
};

}
