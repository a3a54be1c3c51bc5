#pragma once

#include "core/base/clock.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace core::dynamodb {

// Calls at moments of the chamber's clock, one waiting under each name; one that came is forgotten. The calls
// run on the clock's thread and must not block. Any thread.
class TimedCalls {
public:
    explicit TimedCalls(Clock& clock)
        : m_clock(clock)
    {
    }
    ~TimedCalls() { cancelAll(); }
    TimedCalls(const TimedCalls&) = delete;
    TimedCalls& operator=(const TimedCalls&) = delete;

    void at(const std::string& name, Micros moment, std::function<void()> call);
    // What is under way has returned then, unless it asks itself.
    void cancelAll();
    std::size_t count() const; // that wait

private:
    struct Waiting {
        std::uint64_t number = 0;
        std::unique_ptr<ClockTimer> timer;
    };
    void forget(const std::string& name, std::uint64_t number);

    Clock& m_clock;
    mutable std::mutex m_mutex;
    std::uint64_t m_last = 0;
    std::map<std::string, Waiting> m_waiting;
};

}
