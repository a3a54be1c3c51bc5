#pragma once

#include "core/trace/track.h"
#include "ui/map/map_graph.h"

#include <QSet>

namespace ui::map {

// One request as a resource served it.
struct Run {
    QString trackId;
    QString time;
    qint64 duration = -1; // microseconds; -1 while it runs
    bool cold = false;
    bool failed = false;
};

// What a resource did in the last minutes of the chamber's clock.
struct NodeTraffic {
    double rate = 0; // requests a second, in the last minute
    int requests = 0; // in the window
    int errors = 0;
    QList<double> spark; // requests in each part of the window
    qint64 p50 = -1; // microseconds; -1 for none
    qint64 p95 = -1;
    QList<Run> runs; // the latest first, a few
};

// The way of one track over the map: an edge each hop, in the order of their starts.
struct TrackPath {
    QString id;
    quint64 sequence = 0;
    bool finished = false;
    QList<Edge> hops;
};

struct Traffic {
    QHash<QString, NodeTraffic> nodes;
    QHash<QString, double> rates; // "from>to": requests a second
    QList<Edge> observed;
    QList<TrackPath> paths; // newest first
    QStringList places; // where requests came from
};

constexpr int kWindowSeconds = 300;

QString rateKey(const Edge& edge);
// "0.4/s", "0/s".
QString rateText(double rate);

// `tracks` newest first; `now` on the chamber's clock. Any thread.
Traffic readTraffic(const std::vector<core::trace::Track>& tracks, const QList<bridge::Resource>& resources,
    core::Micros now);

}
