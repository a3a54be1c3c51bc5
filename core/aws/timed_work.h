#pragma once

#include "core/aws/service.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace core::aws {

// Work of a service beside its requests: rounds on the pool, one at a time, when something is to be done or a
// moment of the chamber's clock has come. Any thread; the owner outlives it and calls close() before what a
// round uses goes away.
class TimedWork {
public:
    // Does what is due and gives the chamber's moment of the next round, if any; what lies in the past means
    // at once.
    using Round = std::function<std::optional<Micros>()>;

    TimedWork(const Host& host, Round round);
    ~TimedWork();

    // Nothing begins before: once the chamber serves.
    void resume();
    // There is something to do; asked during a round, another follows.
    void notice();
    // Begins nothing more and waits for what runs.
    void close();
    bool isClosing() const; // a long round asks between its parts

private:
    struct Running;

    void run(Running& running);

    const Host& m_host;
    const Round m_round;
    mutable std::mutex m_mutex;
    std::condition_variable m_idle;
    bool m_awake = false;
    bool m_closing = false;
    bool m_running = false;
    bool m_again = false;
    std::unique_ptr<ClockTimer> m_timer;
};

}
