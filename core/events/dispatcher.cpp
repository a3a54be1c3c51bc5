#include "core/events/dispatcher.h"

#include "core/aws/function_access.h"
#include "core/events/input_transform.h"

#include <nlohmann/json.hpp>

namespace core::events {

using nlohmann::json;

Dispatcher::Dispatcher(const aws::Host& host, RuleBook& rules)
    : m_host(host)
    , m_rules(rules)
    , m_queue(host, "events", "events/deliveries",
          [this](const aws::Delivery& delivery, trace::SpanScope& span) { return allow(delivery, span); })
{
}

Result<> Dispatcher::take(
    const json& event, const std::string& region, const std::string& bus, trace::SpanScope& span)
{
    std::vector<aws::Delivery> deliveries;
    std::size_t looked = 0;
    for (const auto& rule : m_rules.rulesOf(region, bus)) {
        if (!rule->isEnabled() || !rule->match)
            continue;
        ++looked;
        if (rule->match->matches(event)) {
            span.step("Rule " + rule->name + " matches", rule->pattern, trace::Verdict::Pass);
            address(*rule, event, span, deliveries);
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
    address(rule, event, span, deliveries);
    if (deliveries.empty())
        span.step("No target gets the event", "The rule has no targets");
    return keep(deliveries);
}

void Dispatcher::address(
    const Rule& rule, const json& event, trace::SpanScope& span, std::vector<aws::Delivery>& deliveries)
{
    for (const auto& target : rule.targets) {
        const auto wanted = json::parse(target.json);
        const auto policy = wanted.value("RetryPolicy", json::object());
        aws::Delivery delivery;
        delivery.id = m_queue.newId();
        delivery.service = "lambda";
        delivery.action = "Invoke";
        delivery.input = json{{"FunctionName", target.arn}, {"InvocationType", "Event"}}.dump();
        delivery.payload = targetInput(wanted, event, {rule.arn(), rule.name});
        delivery.region = rule.region;
        delivery.title = "Rule " + rule.name + " to " + target.arn;
        delivery.guard =
            json{{"function", target.arn}, {"rule", rule.arn()}, {"account", rule.account}}.dump();
        delivery.traceHeader = span.recording() ? span.traceHeader() : "";
        delivery.maxAttempts = policy.value("MaximumRetryAttempts", delivery.maxAttempts);
        delivery.maxAge = policy.value("MaximumEventAgeInSeconds", delivery.maxAge / kSecond) * kSecond;
        delivery.accepted = m_host.clock.now();
        delivery.due = delivery.accepted;
        deliveries.push_back(std::move(delivery));
    }
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

Result<> Dispatcher::allow(const aws::Delivery& delivery, trace::SpanScope& span)
{
    const auto guard = json::parse(delivery.guard);
    const auto function = guard.at("function").get<std::string>();
    std::string why;
    const auto access = aws::askFunctionAccess(m_host.caller, function,
        {"events.amazonaws.com", guard.at("rule"), guard.at("account")},
        {.region = delivery.region, .from = "events", .quiet = true}, why);
    if (access == aws::FunctionAccess::Allowed) {
        span.step("EventBridge may invoke " + function, why, trace::Verdict::Pass);
        return {};
    }
    return fail(ErrorKind::Denied, "AccessDeniedException", why);
}

}
