#pragma once

#include "core/base/subscription.h"
#include "ui/bridge/engine.h"

#include <QList>
#include <QMetaType>
#include <QObject>
#include <QSet>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <mutex>

namespace ui::bridge {

// A resource that an action changed, whoever called it.
struct ResourceChange {
    QString service; // "dynamodb"
    QString action; // "PutItem"
    QString region;
    QString resource; // "Books"
    bool data = false; // items, objects, invocations; false: what exists and how it is configured
    friend bool operator==(const ResourceChange&, const ResourceChange&) = default;
};

// The one subscriber to the core's events. Bursts become one signal every 66 ms; nothing ticks while nothing
// happens. Signals come on the UI thread.
//
//   connect(&context.events, &EventBridge::resourcesChanged, this, [this](const auto& changes) {…});
//   context.events.watch(this, "dynamodb", [this](const ResourceChange& change) {…});
class EventBridge : public QObject {
    Q_OBJECT

public:
    explicit EventBridge(const Engine& engine, QObject* parent = nullptr);

    // Each change of one service, for as long as the receiver lives.
    void watch(QObject* receiver, const QString& service, std::function<void(const ResourceChange&)> changed);

Q_SIGNALS:
    void resourcesChanged(const QList<ui::bridge::ResourceChange>& changes);
    void tracksChanged(const QStringList& ids);

private:
    void resourceChanged(const core::aws::ResourceChanged& event);
    void trackChanged(const core::trace::TrackChange& event);
    void wake();
    void drain();

    QTimer m_timer;
    std::mutex m_mutex;
    bool m_woken = false;
    QList<ResourceChange> m_changes;
    QStringList m_tracks;
    QSet<QString> m_trackIds;
    core::Subscription m_resourceSubscription;
    core::Subscription m_trackSubscription;
};

}

Q_DECLARE_METATYPE(ui::bridge::ResourceChange)
