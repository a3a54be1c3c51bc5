#pragma once

#include "core/base/result.h"
#include "ui/bridge/engine.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

class QUndoStack;

namespace ui::bridge {
class EngineClient;
class EventBridge;
class ResourceIndex;
}

namespace ui::shell {

// What to open. A sample without a folder goes below the user's data folder and is imported on its first
// opening.
struct OpenRequest {
    QString folder; // of the chamber
    QString sample; // name of a sample to fill a new chamber with, "" for none
    std::optional<quint16> port = {}; // nothing takes the one of the settings
    QString host = {}; // "" takes the one of the settings
};

// An open chamber with all that the window needs of it; tests give an Engine of their own and an owner that
// keeps it. UI thread; the chamber itself is closed on another thread when the last owner lets go.
class Session : public QObject {
    Q_OBJECT

public:
    Session(bridge::Engine engine, QString name, std::shared_ptr<void> owner = {}, QObject* parent = nullptr);
    ~Session() override;

    const QString& name() const { return m_name; }
    QString folder() const;
    bridge::EngineClient& engine() { return *m_client; }
    bridge::EventBridge& events() { return *m_events; }
    bridge::ResourceIndex& resources() { return *m_resources; }
    QUndoStack& undo() { return *m_undo; }

    // Waits until every chamber that was let go is closed; the program's last act.
    static void finishClosing();

    // Why no SDK can reach the chamber; nothing when it listens.
    const std::optional<core::Error>& listenError() const { return m_listenError; }
    void setListenError(std::optional<core::Error> error) { m_listenError = std::move(error); }

private:
    QString m_name;
    std::shared_ptr<void> m_owner; // dies after everything that uses it
    std::optional<core::Error> m_listenError;
    std::unique_ptr<bridge::EngineClient> m_client;
    std::unique_ptr<bridge::EventBridge> m_events;
    std::unique_ptr<bridge::ResourceIndex> m_resources;
    std::unique_ptr<QUndoStack> m_undo;
};

// Opens a chamber on a thread of its own: store, port, and the import of a sample into a new one. Dropping it
// before it ends abandons it: what was opened is closed again.
class SessionOpening : public QObject {
    Q_OBJECT

public:
    explicit SessionOpening(const OpenRequest& request, QObject* parent = nullptr);
    ~SessionOpening() override;
    const OpenRequest& request() const { return m_request; }
    static QString defaultFolder(const QString& name);

Q_SIGNALS:
    void progressed(const QString& whatHappensNow);
    void opened(ui::shell::Session* session); // the receiver owns it
    void failed(const QString& code, const QString& message);

private:
    OpenRequest m_request;
};

}
