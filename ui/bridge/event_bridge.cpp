#include "ui/bridge/event_bridge.h"

#include <QMetaObject>

namespace ui::bridge {

namespace {

constexpr int kIntervalMs = 66;
constexpr qsizetype kMostTracks = 2'000; // of one interval; the views ask for the latest anyway

}

EventBridge::EventBridge(const Engine& engine, QObject* parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kIntervalMs);
    connect(&m_timer, &QTimer::timeout, this, &EventBridge::drain);
    m_resourceSubscription = engine.changes.subscribe([this](const auto& event) { resourceChanged(event); });
    m_trackSubscription =
        engine.tracer.changes().subscribe([this](const auto& event) { trackChanged(event); });
}

void EventBridge::watch(
    QObject* receiver, const QString& service, std::function<void(const ResourceChange&)> changed)
{
    connect(this, &EventBridge::resourcesChanged, receiver,
        [service, changed = std::move(changed)](const QList<ResourceChange>& changes) {
            for (const auto& change : changes) {
                if (change.service == service)
                    changed(change);
            }
        });
}

void EventBridge::resourceChanged(const core::aws::ResourceChanged& event)
{
    const ResourceChange change{QString::fromStdString(event.service), QString::fromStdString(event.action),
        QString::fromStdString(event.region), QString::fromStdString(event.resource), event.data};
    std::lock_guard guard(m_mutex);
    // A thousand PutItems of one table are one change.
    if (!m_changes.contains(change))
        m_changes.append(change);
    wake();
}

void EventBridge::trackChanged(const core::trace::TrackChange& event)
{
    auto id = QString::fromStdString(event.id);
    std::lock_guard guard(m_mutex);
    if (m_tracks.size() < kMostTracks && !m_trackIds.contains(id)) {
        m_trackIds.insert(id);
        m_tracks.append(std::move(id));
    }
    wake();
}

void EventBridge::wake()
{
    if (m_woken)
        return;
    m_woken = true;
    QMetaObject::invokeMethod(
        this, [this] { m_timer.start(); }, Qt::QueuedConnection);
}

void EventBridge::drain()
{
    QList<ResourceChange> changes;
    QStringList tracks;
    {
        std::lock_guard guard(m_mutex);
        changes.swap(m_changes);
        tracks.swap(m_tracks);
        m_trackIds.clear();
        m_woken = false;
    }
    if (!changes.isEmpty())
        Q_EMIT resourcesChanged(changes);
    if (!tracks.isEmpty())
        Q_EMIT tracksChanged(tracks);
}

}
