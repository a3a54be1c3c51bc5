#include "core/events/dispatcher.h"

#include "core/base/arn.h"
#include "core/events/target_delivery.h"

#include <nlohmann/json.hpp>

namespace core::events {

using nlohmann::json;

Dispatcher::Dispatcher(const aws::Host& host, RuleBook& rules)
    : m_host(host)
    , m_rules(rules)
    , m_queue(
          host, "events", "events/deliveries", [this](const aws::Delivery& delivery, trace::SpanScope& span) {
              return allowTarget(m_host, delivery, span);
          })
{
}

Result<> Dispatcher::take(
    const json& event, const std::string& region, const std::string& bus, trace::SpanScope& span)
{
    return take(event, region, bus, span, Hop::First);
}

Result<> Dispatcher::take(
    const json& event, const std::string& region, const std::string& bus, trace::SpanScope& span, Hop hop)
{
    std::vector<aws::Delivery> deliveries;
    std::size_t looked = 0;
    for (const auto& rule : m_rules.rulesOf(region, bus)) {
        if (!rule->isEnabled() || !rule->match)
            continue;
        ++looked;
        if (rule->match->matches(event)) {
            span.step("Rule " + rule->name + " matches", rule->pattern, trace::Verdict::Pass);
            CORE_CHECK(address(*rule, event, span, deliveries, hop));
        }
    }
    if (deliveries.empty())
        span.step("No target gets the event",
            std::to_string(looked) + (looked == 1 ? " rule" : " rules") + " of event bus " + bus
                + " looked at it");
    return keep(deliveries);
}

Result<> Dispatcher::fire(const Rule& rule, const json& event, trace::SpanScope& span)
{
    std::vector<aws::Delivery> deliveries;
    CORE_CHECK(address(rule, event, span, deliveries, Hop::First));
    if (rule.targets.empty())
        span.step("No target gets the event", "The rule has no targets");
    return keep(deliveries);
}

Result<> Dispatcher::address(const Rule& rule, const json& event, trace::SpanScope& span,
    std::vector<aws::Delivery>& deliveries, Hop hop)
{
    for (const auto& target : rule.targets) {
        if (targetKindOf(target.arn) == TargetKind::Bus) {
            CORE_CHECK(forward(rule, target, event, span, hop));
            continue;
        }
        auto delivery = deliveryTo(rule, target, event);
        delivery.id = m_queue.newId();
        delivery.traceHeader = span.recording() ? span.traceHeader() : "";
        delivery.accepted = m_host.clock.now();
        delivery.due = delivery.accepted;
        deliveries.push_back(std::move(delivery));
    }
    return {};
}

// The same event, at once: its deliveries are kept with those of this bus.
Result<> Dispatcher::forward(
    const Rule& rule, const Target& target, const json& event, trace::SpanScope& span, Hop hop)
{
    const auto arn = Arn::parse(target.arn);
    const auto bus = arn->resource.substr(std::string_view("event-bus/").size());
    if (hop == Hop::Second) {
        span.step("Not sent to event bus " + bus, "An event goes from one bus to another once, as on AWS",
            trace::Verdict::Warn);
        return {};
    }
    if (!m_rules.bus(arn->region, rule.account, bus)) {
        span.step("Event bus " + bus + " does not exist", target.arn, trace::Verdict::Fail);
        return {};
    }
    span.step("Sent to event bus " + bus, "by rule " + rule.name, trace::Verdict::Pass);
    return take(event, arn->region, bus, span, Hop::Second);
}

Result<> Dispatcher::keep(const std::vector<aws::Delivery>& deliveries)
{
    if (deliveries.empty())
        return {};
    CORE_CHECK(m_host.store.commit([&](store::Transaction& transaction) -> Result<> {
        for (const auto& delivery : deliveries)
            m_queue.put(transaction, delivery);
        return {};
    }));
    m_queue.notice();
    return {};
}

}
