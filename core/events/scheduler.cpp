#include "core/events/scheduler.h"

#include "core/base/ids.h"
#include "core/base/log.h"
#include "core/base/text.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::events {

using nlohmann::json;

namespace {

constexpr std::string_view kSeen = "events/seen";
constexpr std::string_view kMoment = "moment";

json scheduledEvent(const Rule& rule, Micros moment)
{
    return {{"version", "0"}, {"id", newUuid()}, {"detail-type", "Scheduled Event"}, {"source", "aws.events"},
        {"account", rule.account}, {"time", iso8601(moment)}, {"region", rule.region},
        {"resources", {rule.arn()}}, {"detail", json::object()}};
}

}

Scheduler::Scheduler(const aws::Host& host, RuleBook& rules, Dispatcher& dispatcher)
    : m_host(host)
    , m_rules(rules)
    , m_dispatcher(dispatcher)
    , m_work(host, [this] { return fireDue(); })
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
        // What was never remembered has not fired: an earlier run may have ended before it came to that.
        const auto kept = m_host.store.get(kSeen, kMoment);
        m_from = kept ? parseInteger(*kept) : 0;
    }
    m_work.resume();
    sync();
}

// The moment before which everything has fired, so that the next run knows where to go on.
void Scheduler::remember()
{
    Micros seen = m_host.clock.now();
    {
        const std::lock_guard guard(m_mutex);
        for (const auto& [key, plan] : m_plans)
            seen = std::min(seen, plan.next - 1);
    }
    const auto kept = m_host.store.commit([&](store::Transaction& transaction) -> Result<> {
        transaction.createKeyspace(kSeen);
        transaction.put(kSeen, kMoment, std::to_string(seen));
        return {};
    });
    if (!kept)
        log::warning("events", "the moment of the latest schedule is not kept: " + kept.error().message);
}

void Scheduler::sync()
{
    {
        const std::lock_guard guard(m_mutex);
        if (!m_awake)
            return;
        plan();
    }
    m_work.notice();
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
        } else {
            const auto from = m_from ? std::max(*m_from, rule->anchor) : now;
            if (const auto next = rule->moments->next(from, rule->anchor))
                plans[rule->key()] = {print, *next};
        }
    }
    m_plans = std::move(plans);
    m_isNew = true;
    m_from.reset();
}

std::optional<Micros> Scheduler::fireDue()
{
    std::map<std::string, std::size_t> skipped;
    std::vector<std::pair<std::string, Micros>> due;
    bool isNew = false;
    {
        const std::lock_guard guard(m_mutex);
        isNew = std::exchange(m_isNew, false);
        due = takeDue(m_host.clock.now(), skipped);
    }
    for (const auto& [key, moment] : due) {
        if (const auto rule = m_rules.findRule(key); rule && rule->isEnabled())
            fire(*rule, moment, std::exchange(skipped[key], 0));
    }
    if (isNew || !due.empty())
        remember();
    std::optional<Micros> next;
    const std::lock_guard guard(m_mutex);
    for (const auto& [key, plan] : m_plans)
        next = std::min(next.value_or(plan.next), plan.next);
    return next;
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
        if (!next || !rule || !rule->moments) {
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
            "The clock passed more than " + std::to_string(kMostAtOnce) + " of them", trace::Verdict::Warn);
    if (const auto fired = m_dispatcher.fire(rule, scheduledEvent(rule, moment), span); !fired) {
        span.fail(fired.error());
        log::warning("events", "a scheduled event is lost: " + fired.error().message);
    }
}

void Scheduler::close()
{
    m_work.close();
}

}
