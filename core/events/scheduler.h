#pragma once

#include "core/aws/timed_work.h"
#include "core/events/dispatcher.h"

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace core::events {

// Fires rules with schedules on the chamber's clock. When the clock was moved forward over many moments, the
// first sixty of a rule fire and the rest are skipped, which its track says. What fell due while the chamber
// was closed fires when it opens, as if the clock were moved then. Any thread.
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

    void plan(); // under the mutex
    void remember();
    std::optional<Micros> fireDue();
    void fire(const Rule& rule, Micros moment, std::size_t skipped);
    std::vector<std::pair<std::string, Micros>> takeDue(
        Micros now, std::map<std::string, std::size_t>& skipped);

    const aws::Host& m_host;
    RuleBook& m_rules;
    Dispatcher& m_dispatcher;
    std::mutex m_mutex;
    bool m_awake = false;
    std::optional<Micros> m_from; // until when an earlier run fired; only before the first plan
    bool m_isNew = false; // the plan is not remembered yet
    std::map<std::string, Plan> m_plans; // by the rule's key
    aws::TimedWork m_work;
};

}
