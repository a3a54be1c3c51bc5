#include "ui/map/map_graph.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <array>

namespace ui::map {

using namespace Qt::StringLiterals;

namespace {

constexpr qreal kLaneGap = 42;
constexpr qreal kRowPitch = 86;
constexpr qreal kTop = 44; // below the lanes' titles
constexpr qreal kLeft = 20;
constexpr int kPasses = 4;

using Columns = std::array<QList<Node>, kLanes>;
using Neighbours = QHash<QString, QList<QString>>;

QString text(const char* source)
{
    return QCoreApplication::translate("ui::map::Graph", source);
}

Node nodeOf(const bridge::Resource& resource)
{
    return {keyOf(resource), resource.kind, resource.name, resource.title, resource.detail,
        kit::iconOfService(resource.service), kit::hueOfService(resource.service), laneOf(resource.kind)};
}

Node visitors()
{
    return {visitorsKey(), {}, {}, text(QT_TRANSLATE_NOOP("ui::map::Graph", "Visitors")), {}, u"user"_s,
        kit::Hue::Obs, Lane::Visitors};
}

qreal yOf(qsizetype row, qsizetype count, qsizetype most)
{
    return (double(row) + double(most - count) / 2) * kRowPitch;
}

qsizetype longest(const Columns& columns)
{
    qsizetype most = 1;
    for (const auto& column : columns)
        most = std::max(most, column.size());
    return most;
}

QHash<QString, qreal> heights(const Columns& columns)
{
    QHash<QString, qreal> found;
    const auto most = longest(columns);
    for (const auto& column : columns) {
        for (qsizetype row = 0; row < column.size(); ++row)
            found.insert(column[row].key, yOf(row, column.size(), most));
    }
    return found;
}

// Each lane in order of the mean height of what its nodes are joined to.
void sortByBarycentre(Columns& columns, const Neighbours& neighbours)
{
    for (auto& column : columns) {
        const auto y = heights(columns);
        QHash<QString, qreal> wanted;
        for (const auto& node : column) {
            qreal sum = 0;
            const auto joined = neighbours.value(node.key);
            for (const auto& other : joined)
                sum += y.value(other);
            wanted.insert(node.key, joined.isEmpty() ? y.value(node.key) : sum / double(joined.size()));
        }
        std::stable_sort(column.begin(), column.end(),
            [&](const Node& a, const Node& b) { return wanted.value(a.key) < wanted.value(b.key); });
    }
}

QList<Edge> allEdges(const QHash<QString, Node>& nodes, const Facts& facts, const QList<Edge>& observed)
{
    QList<Edge> edges;
    QSet<QString> behind;
    const auto add = [&](const QString& from, const QString& to) {
        const Edge edge{from, to};
        if (from != to && nodes.contains(from) && nodes.contains(to) && !edges.contains(edge))
            edges.append(edge);
    };
    for (auto it = facts.begin(); it != facts.end(); ++it) {
        for (const auto& target : it.value()) {
            add(it.key(), target);
            if (nodes.contains(it.key()))
                behind.insert(target);
        }
    }
    for (const auto& node : nodes) {
        const bool entry = node.lane == Lane::Edge || (node.kind == "api"_L1 && !behind.contains(node.key));
        if (entry)
            add(visitorsKey(), node.key);
    }
    for (const auto& edge : observed)
        add(edge.from, edge.to);
    std::sort(edges.begin(), edges.end());
    return edges;
}

}

const Node* Graph::find(const QString& key) const
{
    const auto found = std::find_if(nodes.begin(), nodes.end(), [&](const Node& n) { return n.key == key; });
    return found == nodes.end() ? nullptr : &*found;
}

QString visitorsKey()
{
    return u"visitors"_s;
}

QString keyOf(const bridge::Resource& resource)
{
    return resource.kind + u'/' + resource.name;
}

Lane laneOf(const QString& kind)
{
    if (kind == "distribution"_L1)
        return Lane::Edge;
    if (kind == "api"_L1 || kind == "bucket"_L1)
        return Lane::Origins;
    return kind == "function"_L1 ? Lane::Functions : Lane::Data;
}

QString titleOf(Lane lane)
{
    switch (lane) {
    case Lane::Visitors:
        return text(QT_TRANSLATE_NOOP("ui::map::Graph", "Visitors"));
    case Lane::Edge:
        return text(QT_TRANSLATE_NOOP("ui::map::Graph", "Edge"));
    case Lane::Origins:
        return text(QT_TRANSLATE_NOOP("ui::map::Graph", "APIs and origins"));
    case Lane::Functions:
        return text(QT_TRANSLATE_NOOP("ui::map::Graph", "Functions"));
    case Lane::Data:
        break;
    }
    return text(QT_TRANSLATE_NOOP("ui::map::Graph", "Data"));
}

QString originTarget(const QString& domain)
{
    if (const auto at = domain.indexOf(".execute-api."_L1); at > 0)
        return u"api/"_s + domain.left(at);
    if (const auto at = domain.indexOf(".s3"_L1); at > 0)
        return u"bucket/"_s + domain.left(at);
    return {};
}

QString integrationTarget(const QString& uri)
{
    const auto mark = ":function:"_L1;
    const auto at = uri.indexOf(mark);
    if (at < 0)
        return {};
    const auto rest = uri.mid(at + mark.size());
    const auto end = std::find_if(rest.begin(), rest.end(), [](QChar c) { return c == u':' || c == u'/'; });
    return u"function/"_s + rest.left(end - rest.begin());
}

Graph buildGraph(const QList<bridge::Resource>& resources, const Facts& facts, const QList<Edge>& observed)
{
    Columns columns;
    QHash<QString, Node> nodes;
    for (const auto& resource : resources) {
        const auto node = nodeOf(resource);
        columns[std::size_t(node.lane)].append(node);
        nodes.insert(node.key, node);
    }
    const bool entered = std::any_of(nodes.begin(), nodes.end(),
        [](const Node& node) { return node.kind == "distribution"_L1 || node.kind == "api"_L1; });
    if (entered) {
        columns[0].append(visitors());
        nodes.insert(visitorsKey(), visitors());
    }
    Graph graph;
    graph.edges = allEdges(nodes, facts, observed);
    Neighbours neighbours;
    for (const auto& edge : graph.edges) {
        neighbours[edge.from].append(edge.to);
        neighbours[edge.to].append(edge.from);
    }
    for (int pass = 0; pass < kPasses; ++pass)
        sortByBarycentre(columns, neighbours);
    for (const auto& column : columns)
        graph.nodes += column;
    return graph;
}

QHash<QString, QPointF> positions(const Graph& graph)
{
    Columns columns;
    for (const auto& node : graph.nodes)
        columns[std::size_t(node.lane)].append(node);
    const auto y = heights(columns);
    QHash<QString, QPointF> found;
    qreal x = kLeft;
    for (const auto& column : columns) {
        if (column.isEmpty())
            continue;
        for (const auto& node : column)
            found.insert(node.key, QPointF(x, kTop + y.value(node.key)));
        x += (column.first().lane == Lane::Visitors ? kVisitorsWidth : kNodeSize.width()) + kLaneGap;
    }
    return found;
}

}
