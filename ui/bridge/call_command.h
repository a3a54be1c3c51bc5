#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <QList>
#include <QPointer>
#include <QString>
#include <QUndoCommand>

#include <functional>
#include <memory>

namespace ui::bridge {

class EngineClient;

// An action with its input.
struct Call {
    Call(QString service, QString action, nlohmann::json input);
    QString service;
    QString action;
    std::shared_ptr<const nlohmann::json> input;
};

// A change of the chamber that can be undone: `forward` runs on push and redo, `back` on undo; the calls of a
// list run one after the other and stop at the first error. Nothing waits; `done` comes on the UI thread
// after each direction.
//
//   context.undo.push(new CallCommand(context.engine, tr("Delete %1").arg(name),
//       {{"dynamodb", "DeleteTable", {{"TableName", name}}}}, {{"dynamodb", "CreateTable", description}},
//       [this](const core::Result<>& result, bool undone) {…}));
class CallCommand : public QUndoCommand {
public:
    using Done = std::function<void(const core::Result<>& result, bool undone)>;

    // `done` is dropped when `receiver` dies.
    CallCommand(EngineClient& engine, const QString& text, QList<Call> forward, QList<Call> back,
        QObject* receiver = nullptr, Done done = {});

    void redo() override;
    void undo() override;

private:
    void start(const QList<Call>& calls, bool undone);

    QPointer<EngineClient> m_engine;
    QList<Call> m_forward;
    QList<Call> m_back;
    QPointer<QObject> m_receiver;
    Done m_done;
};

}
