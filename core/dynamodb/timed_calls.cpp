#include "core/dynamodb/timed_calls.h"

#include <utility>

namespace core::dynamodb {

void TimedCalls::at(const std::string& name, Micros moment, std::function<void()> call)
{
    // Timers are destroyed outside the lock: that waits for a call, which takes it.
    Waiting before;
    std::lock_guard guard(m_mutex);
    const auto number = ++m_last;
    auto timer = m_clock.at(moment, [this, name, number, call = std::move(call)] {
        call();
        forget(name, number);
    });
    before = std::exchange(m_waiting[name], Waiting{number, std::move(timer)});
}

void TimedCalls::forget(const std::string& name, std::uint64_t number)
{
    Waiting gone;
    std::lock_guard guard(m_mutex);
    const auto found = m_waiting.find(name);
    if (found == m_waiting.end() || found->second.number != number)
        return;
    gone = std::move(found->second);
    m_waiting.erase(found);
}

void TimedCalls::cancelAll()
{
    std::map<std::string, Waiting> waiting;
    std::lock_guard guard(m_mutex);
    waiting.swap(m_waiting);
}

std::size_t TimedCalls::count() const
{
    std::lock_guard guard(m_mutex);
    return m_waiting.size();
}

}
