#include "ui/api/api_command.h"

#include "ui/bridge/engine_client.h"

#include <QUndoStack>

namespace ui::api {

ApiCommand::ApiCommand(bridge::EngineClient& engine, QObject* receiver, Change change, Done done)
    : QUndoCommand(change.text)
    , m_engine(&engine)
    , m_receiver(receiver)
    , m_change(std::move(change))
    , m_done(std::move(done))
{
}

void ApiCommand::run(
    bridge::EngineClient& engine, QUndoStack& undo, QObject* receiver, Change change, Done done)
{
    const auto forward = change.forward;
    const auto apiId = change.apiId;
    start(engine, receiver, apiId, forward,
        [&engine, &undo, receiver, change = std::move(change), done = std::move(done)](
            const core::Result<>& result) mutable {
            if (result)
                undo.push(new ApiCommand(engine, receiver, std::move(change), done));
            done(result, false);
        });
}

void ApiCommand::start(bridge::EngineClient& engine, QObject* receiver, const QString& apiId,
    const Work& work, std::function<void(const core::Result<>&)> then)
{
    engine.runInOrder(
        receiver,
        [&caller = engine.engine().caller, region = engine.engine().region, apiId = apiId.toStdString(),
            work]() -> core::Result<> { return work(ApiWriter(caller, region, apiId)); },
        std::move(then));
}

void ApiCommand::redo()
{
    if (m_made)
        m_made = false;
    else
        again(m_change.forward, false);
}

void ApiCommand::undo()
{
    again(m_change.back, true);
}

void ApiCommand::again(const Work& work, bool undone)
{
    if (!m_engine)
        return;
    auto* receiver = m_receiver ? m_receiver.data() : static_cast<QObject*>(m_engine.data());
    start(*m_engine, receiver, m_change.apiId, work,
        [done = m_done, guard = m_receiver, undone](const core::Result<>& result) {
            if (guard)
                done(result, undone);
        });
}

}
