#pragma once

#include "core/apigateway/call_context.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace core::apigateway {

// Runs `work` on the pool and waits for it at most `timeout` of real time. nullopt: it still runs, its result
// is dropped when it comes, as a function outlives a gateway's patience. A full pool runs nothing and gives
// `refused`.
template <typename Value>
std::optional<Value> waitAtMost(WorkPool& pool, Micros timeout, std::function<Value()> work, Value refused)
{
    struct Shared {
        std::mutex mutex;
        std::condition_variable ready;
        std::optional<Value> value;
    };
    auto shared = std::make_shared<Shared>();
    const bool posted = pool.post([shared, work = std::move(work)] {
        auto value = work();
        {
            std::lock_guard guard(shared->mutex);
            shared->value = std::move(value);
        }
        shared->ready.notify_one();
    });
    if (!posted)
        return refused;
    std::unique_lock lock(shared->mutex);
    if (!shared->ready.wait_for(
            lock, std::chrono::microseconds(timeout), [&] { return shared->value.has_value(); }))
        return std::nullopt;
    return std::move(shared->value);
}

}
