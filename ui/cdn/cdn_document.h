#pragma once

#include "core/http/message.h"
#include "core/trace/track.h"
#include "ui/bridge/engine_client.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

namespace ui::bridge {
class EventBridge;
}

namespace ui::cdn {

struct DistributionRow {
    QString id;
    QString title; // the comment, else the id
    QString domain;
    bool enabled = true;
    friend bool operator==(const DistributionRow&, const DistributionRow&) = default;
};

struct EdgeRow {
    QString id;
    QString city;
    double latitude = 0;
    double longitude = 0;
    qint64 requests = 0;
    qint64 hits = 0;
    qint64 originRequests = 0;
    qint64 bytesServed = 0;
    qint64 bytesFromOrigin = 0;
    qint64 bytesStored = 0;
    double hitRatio() const { return requests ? double(hits) / double(requests) : 0; }
};

struct EntryRow {
    QString edge;
    QString path;
    QString key;
    QString variant;
    QString state; // "fresh", "stale", "error"
    QString reason;
    int status = 200;
    qint64 age = 0;
    qint64 lifetime = 0;
    qint64 size = 0;
    qint64 hits = 0;
};

struct InvalidationRow {
    QString id;
    QString paths;
    QString time;
    QString status;
};

// What an invalidation would remove.
struct Matches {
    int entries = 0;
    int edges = 0;
    int stale = 0;
};

struct ViewerCall {
    QString city;
    QString method = QStringLiteral("GET");
    QString path = QStringLiteral("/");
    QList<std::pair<QString, QString>> headers = {};
    QByteArray body = {};
    int repeat = 1;
    bool everyCity = false;
};

// One simulated request and what the edge decided.
struct ViewerAnswer {
    ViewerCall call;
    core::Result<core::http::Response> response;
    core::trace::Track track = {}; // empty id when none was found
    QString edge = {}; // "GRU"
    core::Micros network = 0; // simulated: between city, edge and, where it was asked, the origin
    core::Micros took = 0;
    int sent = 1;
};

// The distribution that the CDN area shows: what exists, its edges and entries, kept current by the chamber's
// events. Holds the truth of the area; views only read it. UI thread.
class CdnDocument : public QObject {
    Q_OBJECT

public:
    CdnDocument(bridge::EngineClient& engine, bridge::EventBridge& events, QObject* parent = nullptr);

    const QList<DistributionRow>& distributions() const { return m_distributions; }
    const DistributionRow* current() const;
    const QList<EdgeRow>& edges() const { return m_edges; }
    const QList<EntryRow>& entries() const { return m_entries; }
    const QList<InvalidationRow>& invalidations() const { return m_invalidations; }
    double originLatitude() const { return m_originLatitude; }
    double originLongitude() const { return m_originLongitude; }
    QString originRegion() const { return m_originRegion; }
    bool loaded() const { return m_loaded; }

    Matches matches(const QString& pattern) const;
    void open(const QString& distributionId);
    void send(const ViewerCall& call);
    void invalidate(const QString& pattern);
    void emptyCaches();
    void reload();

Q_SIGNALS:
    void distributionsChanged();
    void edgesChanged();
    void entriesChanged();
    void invalidationsChanged();
    void answered(const ui::cdn::ViewerAnswer& answer);
    void failed(const QString& what, const core::Error& error);

private:
    void reloadDistributions();
    void reloadCaches();
    void reloadInvalidations();
    void show(const nlohmann::json& edges);

    bridge::EngineClient& m_engine;
    QString m_currentId;
    bool m_loaded = false;
    QList<DistributionRow> m_distributions;
    QList<EdgeRow> m_edges;
    QList<EntryRow> m_entries;
    QList<InvalidationRow> m_invalidations;
    double m_originLatitude = 0;
    double m_originLongitude = 0;
    QString m_originRegion;
    QTimer m_soon;
};

}
