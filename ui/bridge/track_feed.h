#pragma once

#include "ui/bridge/track_row.h"

#include <QObject>
#include <QTimer>

namespace ui::bridge {

class EngineClient;
class EventBridge;

// The latest tracks as rows, newest first, kept current by the core's events; read on the pool at most four
// times a second. UI thread.
class TrackFeed : public QObject {
    Q_OBJECT

public:
    TrackFeed(EngineClient& engine, EventBridge& events, int most, QObject* parent = nullptr);

    const QList<TrackRow>& rows() const { return m_rows; }
    quint64 total() const { return m_total; }
    // Holding keeps the rows as they are, whatever happens meanwhile.
    void setHeld(bool held);
    bool held() const { return m_held; }
    void reload();

Q_SIGNALS:
    void changed();

private:
    EngineClient& m_engine;
    int m_most;
    bool m_held = false;
    bool m_reading = false;
    QList<TrackRow> m_rows;
    quint64 m_total = 0;
    QTimer m_timer;
};

}
