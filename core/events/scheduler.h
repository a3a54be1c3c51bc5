#pragma once

#include "core/events/dispatcher.h"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace core::events {

// Fires rules with schedules on the chamber's clock. When the clock was moved forward over many moments, the
// first sixty of a rule fire and the rest are skipped, which its track says; what fell due while the chamber
// was closed does not fire. Any thread.
class Scheduler {
public:
    static constexpr int kMostAtOnce = 60;

    Scheduler(const aws::Host& host, RuleBook& rules, Dispatcher& dispatcher);
    ~Scheduler();

    // Once the chamber serves.
    void resume();
    // After rules were made, changed or removed.
    void sync();
    // Fires nothing more and waits for what runs.
    void close();

private:
    struct Plan {
        std::string print; // schedule and anchor: a change begins anew
        Micros next = 0;
    };
    struct Running;

    void plan(); // under the mutex
    void arm();
    void noticeTime();
    void run(Running& running);
    void fire(const Rule& rule, Micros moment, std::size_t skipped);
    std::vector<std::pair<std::string, Micros>> takeDue(
        Micros now, std::map<std::string, std::size_t>& skipped);

    const aws::Host& m_host;
    RuleBook& m_rules;
    Dispatcher& m_dispatcher;
    std::mutex m_arming; // one look for the next moment at a time; taken first
    std::mutex m_mutex;
    std::condition_variable m_idle;
    bool m_awake = false;
    bool m_holding = false;
    bool m_running = false;
    bool m_again = false;
    std::map<std::string, Plan> m_plans; // by the rule's key
    std::unique_ptr<ClockTimer> m_timer;
};

}
