#include "ui/tables/table_commands.h"

#include "ui/bridge/engine_client.h"

#include <nlohmann/json.hpp>

#include <QUndoStack>

#include <utility>

namespace ui::tables {

namespace {

// A CallCommand whose first redo has already happened.
class MadeCommand : public bridge::CallCommand {
public:
    using CallCommand::CallCommand;
    void redo() override
    {
        if (std::exchange(m_made, true))
            CallCommand::redo();
    }

private:
    bool m_made = false;
};

core::Result<> callAll(core::aws::Caller& caller, const std::string& region, const QList<bridge::Call>& calls)
{
    core::aws::CallOptions options;
    options.region = region;
    for (const auto& call : calls) {
        auto reply = caller.call(call.service.toStdString(), call.action.toStdString(), *call.input, options);
        if (!reply)
            return core::fail(std::move(reply).error());
    }
    return {};
}

}

void makeChange(shell::AreaContext& context, QObject* receiver, TableChange change, ChangeDone done)
{
    auto& engine = context.engine;
    const auto work = [&caller = engine.engine().caller, region = engine.engine().region,
                          forward = change.forward] { return callAll(caller, region, forward); };
    engine.runInOrder(
        receiver, work, [&context, receiver, change, done = std::move(done)](const core::Result<>& result) {
            if (result) {
                context.undo.push(new MadeCommand(context.engine, change.text, change.forward, change.back,
                    receiver, [done](const core::Result<>& later, bool undone) {
                        done(later, undone ? Moment::Undone : Moment::Redone);
                    }));
            }
            done(result, Moment::First);
        });
}

}
