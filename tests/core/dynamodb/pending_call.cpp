#include "tests/core/dynamodb/pending_call.h"

#include <nlohmann/json.hpp>

namespace tests {

using namespace core;

namespace {

class Submitted final : public store::Write {
public:
    explicit Submitted(std::unique_ptr<aws::PendingWrite> write)
        : m_write(std::move(write))
    {
    }
    Result<> apply(store::Transaction& transaction) override { return m_write->apply(transaction); }
    void done(Result<> outcome) override
    {
        if (outcome)
            (void)m_write->answer();
        m_write.reset();
    }

private:
    std::unique_ptr<aws::PendingWrite> m_write;
};

class Holding final : public store::Write {
public:
    explicit Holding(std::future<void> released)
        : m_released(std::move(released))
    {
    }
    Result<> apply(store::Transaction&) override { return {}; }
    void done(Result<>) override { m_released.wait(); }

private:
    std::future<void> m_released;
};

class Passing final : public store::Write {
public:
    explicit Passing(std::promise<void>& passed)
        : m_passed(passed)
    {
    }
    Result<> apply(store::Transaction&) override
    {
        m_passed.set_value();
        return {};
    }
    void done(Result<>) override { }

private:
    std::promise<void>& m_passed;
};

}

PendingCall::PendingCall(dynamodb::DynamoDbService& service, const char* action, const nlohmann::json& input)
{
    context.now = service.host().clock.now();
    request.setInput(input);
    for (std::size_t i = 0; i < service.actionCount(); ++i) {
        if (service.action(i).name != action)
            continue;
        if (auto prepared = service.prepare(service.action(i), request); !prepared) {
            write = fail(prepared.error());
            return;
        }
        auto outcome = service.run(i, context, request);
        if (outcome)
            write = std::get<std::unique_ptr<aws::PendingWrite>>(std::move(*outcome));
        else
            write = fail(outcome.error());
    }
}

std::unique_ptr<store::Write> PendingCall::submitted()
{
    return std::make_unique<Submitted>(std::move(*write));
}

HeldAnswers::HeldAnswers(store::Store& store)
    : m_store(store)
{
    m_store.submit(std::make_unique<Holding>(m_released.get_future()));
}

void HeldAnswers::release()
{
    if (m_isReleased)
        return;
    m_isReleased = true;
    m_released.set_value();
    (void)m_store.commit([](store::Transaction&) -> Result<> { return {}; });
}

void waitForCommits(store::Store& store)
{
    // The second cannot be in a group with what was before the first.
    for (int i = 0; i < 2; ++i) {
        std::promise<void> passed;
        auto future = passed.get_future();
        store.submit(std::make_unique<Passing>(passed));
        future.wait();
    }
}

}
