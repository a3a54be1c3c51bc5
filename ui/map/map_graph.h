#pragma once

#include "ui/bridge/resource_index.h"
#include "ui/kit/tone.h"

#include <QHash>
#include <QList>
#include <QPointF>
#include <QSizeF>
#include <QString>

namespace ui::map {

// Columns of the map, left to right.
enum class Lane { Visitors, Edge, Origins, Functions, Data };
constexpr int kLanes = 5;

// A resource on the map. A value.
struct Node {
    QString key; // "function/place-order"; "visitors" for who calls from outside
    QString kind; // as in bridge::Resource; "" for the visitors
    QString name;
    QString title;
    QString detail;
    QString icon;
    kit::Hue hue = kit::Hue::Obs;
    Lane lane = Lane::Visitors;
    friend bool operator==(const Node&, const Node&) = default;
};

struct Edge {
    QString from;
    QString to;
    friend bool operator==(const Edge&, const Edge&) = default;
    friend bool operator<(const Edge& a, const Edge& b)
    {
        return a.from != b.from ? a.from < b.from : a.to < b.to;
    }
};

struct Graph {
    QList<Node> nodes; // in their order: by lane, then from the top
    QList<Edge> edges; // sorted
    const Node* find(const QString& key) const;
    friend bool operator==(const Graph&, const Graph&) = default;
};

// What calls what by configuration: targets by the node that calls them.
using Facts = QHash<QString, QList<QString>>;

QString visitorsKey();
QString keyOf(const bridge::Resource& resource);
Lane laneOf(const QString& kind);
QString titleOf(Lane lane);

// The node that a CDN's origin domain means, by its name; "" for what is not in the chamber.
QString originTarget(const QString& domain);
// The function that an integration's uri invokes, as a node's key; "" for another kind of uri.
QString integrationTarget(const QString& uri);

// Resources with what is configured and what was observed, in an order with few crossings. Edges whose ends
// do not exist are left out.
Graph buildGraph(const QList<bridge::Resource>& resources, const Facts& facts, const QList<Edge>& observed);

// Where each node's top left corner is, unscaled; lanes without nodes take no room.
constexpr QSizeF kNodeSize(150, 70);
constexpr qreal kVisitorsWidth = 92;
QHash<QString, QPointF> positions(const Graph& graph);

}
