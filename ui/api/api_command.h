#pragma once

#include "core/base/result.h"
#include "ui/api/api_writer.h"

#include <QPointer>
#include <QString>
#include <QUndoCommand>

#include <functional>

class QUndoStack;

namespace ui::bridge {
class EngineClient;
}

namespace ui::api {

// A change of a REST API that was made already and can be undone and redone: both ways call AWS's actions on
// the pool, in order. A way that fails tells `done`.
class ApiCommand : public QUndoCommand {
public:
    using Work = std::function<core::Result<>(const ApiWriter&)>;
    using Done = std::function<void(const core::Result<>& result, bool undone)>;

    struct Change {
        QString text; // "Delete /books"
        QString apiId;
        Work forward;
        Work back;
    };

    // Makes the change; what worked goes on the undo stack, what failed only to `done`.
    static void run(
        bridge::EngineClient& engine, QUndoStack& undo, QObject* receiver, Change change, Done done);

    void redo() override;
    void undo() override;

private:
    ApiCommand(bridge::EngineClient& engine, QObject* receiver, Change change, Done done);
    static void start(bridge::EngineClient& engine, QObject* receiver, const QString& apiId, const Work& work,
        std::function<void(const core::Result<>&)> then);
    void again(const Work& work, bool undone);

    QPointer<bridge::EngineClient> m_engine;
    QPointer<QObject> m_receiver;
    Change m_change;
    Done m_done;
    bool m_made = true; // the first redo() has happened before the push
};

}
