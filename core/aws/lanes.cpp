#include "core/aws/detail/call.h"

#include "core/base/log.h"

#include <future>

namespace core::aws {

namespace {

Result<> applyGuarded(PendingWrite& write, store::Transaction& transaction)
{
    try {
        return write.apply(transaction);
    } catch (const std::exception& error) {
        return fail(internalFailure("apply", error.what()));
    }
}

Result<Reply> answerGuarded(PendingWrite& write)
{
    try {
        return write.answer();
    } catch (const std::exception& error) {
        return fail(internalFailure("answer", error.what()));
    }
}

// A write whose answer goes out over HTTP from the committer's answering thread.
class HttpWrite final : public store::Write {
public:
    HttpWrite(FrontDoor::Impl& door, std::unique_ptr<Call> call, std::unique_ptr<PendingWrite> write,
        http::Responder responder)
        : m_door(door)
        , m_call(std::move(call))
        , m_write(std::move(write))
        , m_responder(std::move(responder))
    {
    }

    Result<> apply(store::Transaction& transaction) override { return applyGuarded(*m_write, transaction); }

    void done(Result<> outcome) override
    {
        Result<Reply> result =
            outcome ? answerGuarded(*m_write) : Result<Reply>(fail(std::move(outcome).error()));
        m_responder.send(m_door.answer(*m_call, std::move(result)));
    }

private:
    FrontDoor::Impl& m_door;
    std::unique_ptr<Call> m_call;
    std::unique_ptr<PendingWrite> m_write;
    http::Responder m_responder;
};

// A write that a thread waits for.
class AwaitedWrite final : public store::Write {
public:
    AwaitedWrite(PendingWrite& write, std::promise<Result<>> durable)
        : m_write(write)
        , m_durable(std::move(durable))
    {
    }

    Result<> apply(store::Transaction& transaction) override { return applyGuarded(m_write, transaction); }
    void done(Result<> outcome) override { m_durable.set_value(std::move(outcome)); }

private:
    PendingWrite& m_write;
    std::promise<Result<>> m_durable;
};

Error busy()
{
    return {ErrorKind::Throttled, "ServiceUnavailable",
        "The chamber has too many requests in work. Please try again."};
}

// Travels through std::function, which wants to copy.
struct Waiting {
    std::unique_ptr<Call> call;
    http::Responder responder;
};

}

void FrontDoor::Impl::dispatch(std::unique_ptr<Call> call, http::Responder responder)
{
    if (auto prepared = ready(*call); !prepared)
        return responder.send(answer(*call, fail(std::move(prepared).error())));
    if (call->action->lane != Lane::Blocking)
        return run(std::move(call), std::move(responder));
    auto waiting = std::make_shared<Waiting>(Waiting{std::move(call), std::move(responder)});
    const bool taken =
        pool.post([this, waiting] { run(std::move(waiting->call), std::move(waiting->responder)); });
    if (!taken)
        waiting->responder.send(answer(*waiting->call, fail(busy())));
}

void FrontDoor::Impl::run(std::unique_ptr<Call> call, http::Responder responder)
{
    auto outcome = runAction(*call);
    if (!outcome)
        return responder.send(answer(*call, fail(std::move(outcome).error())));
    if (auto* reply = std::get_if<Reply>(&*outcome))
        return responder.send(encoded(*call, answer(*call, std::move(*reply))));
    auto write = std::get<std::unique_ptr<PendingWrite>>(*std::move(outcome));
    store.submit(std::make_unique<HttpWrite>(*this, std::move(call), std::move(write), std::move(responder)));
}

Result<Reply> FrontDoor::Impl::runHere(Call& call)
{
    CORE_CHECK(ready(call));
    return finishHere(call);
}

Result<Reply> FrontDoor::Impl::runInProcess(Call& call)
{
    CORE_CHECK(prepare(call));
    return finishHere(call);
}

Result<Reply> FrontDoor::Impl::finishHere(Call& call)
{
    CORE_TRY(auto outcome, runAction(call));
    if (auto* reply = std::get_if<Reply>(&outcome))
        return std::move(*reply);
    auto write = std::get<std::unique_ptr<PendingWrite>>(std::move(outcome));
    std::promise<Result<>> promise;
    auto durable = promise.get_future();
    store.submit(std::make_unique<AwaitedWrite>(*write, std::move(promise)));
    CORE_CHECK(durable.get());
    return answerGuarded(*write);
}

}
