#include "ui/bridge/call_command.h"

#include "ui/bridge/engine_client.h"

#include <nlohmann/json.hpp>

namespace ui::bridge {

Call::Call(QString callService, QString callAction, nlohmann::json callInput)
    : service(std::move(callService))
    , action(std::move(callAction))
    , input(std::make_shared<const nlohmann::json>(std::move(callInput)))
{
}

CallCommand::CallCommand(EngineClient& engine, const QString& text, QList<Call> forward, QList<Call> back,
    QObject* receiver, Done done)
    : QUndoCommand(text)
    , m_engine(&engine)
    , m_forward(std::move(forward))
    , m_back(std::move(back))
    , m_receiver(receiver)
    , m_done(std::move(done))
{
}

void CallCommand::redo()
{
    start(m_forward, false);
}

void CallCommand::undo()
{
    start(m_back, true);
}

void CallCommand::start(const QList<Call>& calls, bool undone)
{
    if (!m_engine)
        return;
    const auto work = [&caller = m_engine->engine().caller, region = m_engine->engine().region,
                          calls]() -> core::Result<> {
        core::aws::CallOptions options;
        options.region = region;
        for (const auto& call : calls) {
            if (auto reply =
                    caller.call(call.service.toStdString(), call.action.toStdString(), *call.input, options);
                !reply)
                return core::fail(std::move(reply).error());
        }
        return {};
    };
    auto* receiver = m_receiver ? m_receiver.data() : static_cast<QObject*>(m_engine.data());
    m_engine->runInOrder(receiver, work, [done = m_done, undone](const core::Result<>& result) {
        if (done)
            done(result, undone);
    });
}

}
