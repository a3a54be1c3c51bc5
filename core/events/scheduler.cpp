#include "core/events/scheduler.h"

#include "core/base/ids.h"
#include "core/base/log.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::events {

using nlohmann::json;

namespace {

json scheduledEvent(const Rule& rule, Micros moment)
{
    return {{"version", "0"}, {"id", newUuid()}, {"detail-type", "Scheduled Event"}, {"source", "aws.events"},
        {"account", rule.account}, {"time", iso8601(moment)}, {"region", rule.region},
        {"resources", {rule.arn()}}, {"detail", json::object()}};
}

}

// While it lives the scheduler counts as running; the pool may drop the work that holds it.
struct Scheduler::Running {
    explicit Running(Scheduler& its)
        : scheduler(its)
    {
    }
    ~Running()
    {
        if (isOver)
            return;
        const std::lock_guard guard(scheduler.m_mutex);
        scheduler.m_running = false;
        scheduler.m_idle.notify_all();
    }
    Scheduler& scheduler;
    bool isOver = false; // the scheduler may be gone by now
};

Scheduler::Scheduler(const aws::Host& host, RuleBook& rules, Dispatcher& dispatcher)
    : m_host(host)
    , m_rules(rules)
    , m_dispatcher(dispatcher)
{
}

Scheduler::~Scheduler()
{
    close();
}

void Scheduler::resume()
{
    {
        const std::lock_guard guard(m_mutex);
        m_awake = true;
    }
    sync();
}

void Scheduler::sync()
{
    {
        const std::lock_guard guard(m_mutex);
        if (!m_awake || m_holding)
            return;
        plan();
    }
    arm();
}

void Scheduler::plan()
{
    const auto now = m_host.clock.now();
    std::map<std::string, Plan> plans;
    for (const auto& rule : m_rules.allRules()) {
        if (!rule->isEnabled() || !rule->moments)
            continue;
        const auto print = rule->schedule + ' ' + std::to_string(rule->anchor);
        const auto before = m_plans.find(rule->key());
        if (before != m_plans.end() && before->second.print == print) {
            plans.insert(*before);
        } else if (const auto next = rule->moments->next(now, rule->anchor)) {
            plans[rule->key()] = {print, *next};
        }
    }
    m_plans = std::move(plans);
}

// One timer, for the next moment of all.
void Scheduler::arm()
{
    const std::lock_guard arming(m_arming);
    std::optional<Micros> next;
    {
        const std::lock_guard guard(m_mutex);
        for (const auto& [key, plan] : m_plans)
            next = next ? std::min(*next, plan.next) : plan.next;
        if (m_holding)
            return;
    }
    auto timer = next ? m_host.clock.at(*next, [this] { noticeTime(); }) : nullptr;
    const std::lock_guard guard(m_mutex);
    std::swap(m_timer, timer);
}

void Scheduler::noticeTime()
{
    {
        const std::lock_guard guard(m_mutex);
        m_again = true;
        if (m_running || m_holding)
            return;
        m_running = true;
    }
    auto running = std::make_shared<Running>(*this);
    if (m_host.pool.post([running] { running->scheduler.run(*running); }))
        return;
    // The pool is full of other work: comes back soon.
    running.reset();
    auto timer = m_host.clock.after(kSecond, [this] { noticeTime(); });
    const std::lock_guard guard(m_mutex);
    std::swap(m_timer, timer);
}

void Scheduler::run(Running& running)
{
    for (;;) {
        std::map<std::string, std::size_t> skipped;
        std::vector<std::pair<std::string, Micros>> due;
        {
            const std::lock_guard guard(m_mutex);
            if (m_holding)
                return;
            m_again = false;
            due = takeDue(m_host.clock.now(), skipped);
        }
        for (const auto& [key, moment] : due) {
            if (const auto rule = m_rules.findRule(key); rule && rule->isEnabled())
                fire(*rule, moment, std::exchange(skipped[key], 0));
        }
        arm();
        const std::lock_guard guard(m_mutex);
        if (!due.empty() || (m_again && !m_holding))
            continue;
        m_running = false;
        running.isOver = true;
        m_idle.notify_all();
        return;
    }
}

// Under the mutex. In order of their moments.
std::vector<std::pair<std::string, Micros>> Scheduler::takeDue(
    Micros now, std::map<std::string, std::size_t>& skipped)
{
    std::vector<std::pair<std::string, Micros>> due;
    for (auto plan = m_plans.begin(); plan != m_plans.end();) {
        const auto rule = m_rules.findRule(plan->first);
        std::optional<Micros> next = plan->second.next;
        for (int count = 0; rule && rule->moments && next && *next <= now; ++count) {
            if (count == kMostAtOnce) {
                skipped[plan->first] = 1;
                next = rule->moments->next(now, rule->anchor);
                break;
            }
            due.emplace_back(plan->first, *next);
            next = rule->moments->next(*next, rule->anchor);
        }
        if (!next || !rule) {
            plan = m_plans.erase(plan);
            continue;
        }
        plan->second.next = *next;
        ++plan;
    }
    std::stable_sort(
        due.begin(), due.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return due;
}

void Scheduler::fire(const Rule& rule, Micros moment, std::size_t skipped)
{
    auto span = m_host.tracer.open({"SCHEDULE", rule.name, "schedule " + rule.name, "events", "schedule"});
    span.setResource(rule.name);
    span.step(
        "Rule " + rule.name + " is due", rule.schedule + " at " + iso8601(moment), trace::Verdict::Pass);
    if (skipped > 0)
        span.step("Later moments are skipped",
            "The clock was moved over more than " + std::to_string(kMostAtOnce) + " of them",
            trace::Verdict::Warn);
    if (const auto fired = m_dispatcher.fire(rule, scheduledEvent(rule, moment), span); !fired) {
        span.fail(fired.error());
        log::warning("events", "a scheduled event is lost: " + fired.error().message);
    }
}

void Scheduler::close()
{
    std::unique_ptr<ClockTimer> timer;
    std::unique_lock lock(m_mutex);
    m_holding = true;
    timer.swap(m_timer);
    m_idle.wait(lock, [this] { return !m_running; });
    lock.unlock();
}

}
