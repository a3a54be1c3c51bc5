#pragma once

#include "ui/map/map_traffic.h"

#include <nlohmann/json_fwd.hpp>

#include <QObject>
#include <QTimer>

namespace ui::bridge {
class EngineClient;
class EventBridge;
}

namespace ui::map {

// The chamber as a graph with its traffic: resources from the index, what is configured to call what by quiet
// AWS calls, what did by the latest tracks, which are read on the pool at most four times a second. While
// there is traffic the rates are read again every two seconds, so that they fall. UI thread.
class MapDocument : public QObject {
    Q_OBJECT

public:
    MapDocument(bridge::EngineClient& engine, bridge::EventBridge& events, bridge::ResourceIndex& resources,
        QObject* parent = nullptr);

    const Graph& graph() const { return m_graph; }
    const Traffic& traffic() const { return m_traffic; }
    bool read() const { return m_read; } // false until the first answer came
    const TrackPath* path(const QString& trackId) const;
    // Rates are only kept falling for someone who looks.
    void setWatched(bool watched);

Q_SIGNALS:
    void graphChanged();
    void trafficChanged();
    // Tracks that have ended since the last reading.
    void tracksEnded(const QList<ui::map::TrackPath>& paths);

private:
    void reloadFacts();
    void readOrigins(const QString& key, const nlohmann::json& answer);
    void readIntegrations(const QString& key, const nlohmann::json& answer);
    void setFacts(const QString& key, const QList<QString>& targets);
    void reloadTraffic();
    void take(const Traffic& traffic);
    void rebuild();

    bridge::EngineClient& m_engine;
    bridge::ResourceIndex& m_resources;
    Graph m_graph;
    Facts m_facts;
    Traffic m_traffic;
    QList<Edge> m_observed; // also from tracks that are forgotten by now
    QSet<quint64> m_open; // sequences seen while they ran
    quint64 m_last = 0;
    bool m_read = false;
    bool m_reading = false;
    bool m_watched = false;
    QTimer m_factsSoon;
    QTimer m_trafficSoon;
    QTimer m_fall;
};

}
