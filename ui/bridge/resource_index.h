#pragma once

#include "ui/bridge/event_bridge.h"

#include <QList>
#include <QObject>
#include <QTimer>

namespace ui::bridge {

class EngineClient;

// Something that exists in the chamber, in a line.
struct Resource {
    QString kind; // "table", "function", "api", "bucket", "distribution"
    QString name; // as AWS calls it: table, function and bucket name; id of an api or a distribution
    QString title; // what a person calls it: an api's name, else `name`
    QString detail; // "Python 3.12, 256 MB"
    QString service; // "lambda"
    friend bool operator==(const Resource&, const Resource&) = default;
};

// "python3.12" as a person writes it: "Python 3.12"; "Node 22"; others as they are.
QString runtimeName(const QString& runtime);

// What exists, kept current by the core's events; read by quiet list calls. UI thread only.
class ResourceIndex : public QObject {
    Q_OBJECT

public:
    ResourceIndex(EngineClient& engine, EventBridge& events, QObject* parent = nullptr);

    QList<Resource> resources() const; // sorted by kind, then title
    const Resource* find(const QString& kind, const QString& name) const;
    void reload();

Q_SIGNALS:
    void changed();

private:
    void reloadService(const QString& service);
    void replace(const QString& service, QList<Resource> resources);

    EngineClient& m_engine;
    QHash<QString, QList<Resource>> m_byService;
    QSet<QString> m_stale;
    QTimer m_timer;
};

}
