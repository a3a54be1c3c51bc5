#include "ui/bridge/track_feed.h"

#include "ui/bridge/engine_client.h"
#include "ui/bridge/event_bridge.h"

namespace ui::bridge {

namespace {

struct Read {
    QList<TrackRow> rows;
    quint64 total = 0;
};

}

TrackFeed::TrackFeed(EngineClient& engine, EventBridge& events, int most, QObject* parent)
    : QObject(parent)
    , m_engine(engine)
    , m_most(most)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(250);
    connect(&m_timer, &QTimer::timeout, this, &TrackFeed::reload);
    connect(&events, &EventBridge::tracksChanged, this, [this] {
        if (!m_timer.isActive() && !m_held)
            m_timer.start();
    });
    reload();
}

void TrackFeed::setHeld(bool held)
{
    m_held = held;
    if (!held)
        reload();
}

void TrackFeed::reload()
{
    if (m_reading) {
        m_timer.start();
        return;
    }
    m_reading = true;
    m_engine.run(
        this,
        [&tracer = m_engine.engine().tracer, most = m_most] {
            Read read;
            for (const auto& track : tracer.latest(static_cast<std::size_t>(most)))
                read.rows.append(trackRow(track));
            read.total = tracer.total();
            return read;
        },
        [this](const Read& read) {
            m_reading = false;
            m_rows = read.rows;
            m_total = read.total;
            Q_EMIT changed();
        });
}

}
