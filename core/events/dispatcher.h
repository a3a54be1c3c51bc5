#pragma once

#include "core/aws/delivery_queue.h"
#include "core/events/rule_book.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace core::events {

// Brings events to the targets of rules: what matches lies in the store before its sender hears of it, and is
// then given to functions (as an asynchronous event), queues, topics, log groups and other buses. A function,
// a queue or a topic whose policy does not let EventBridge in does not get it. Any thread.
class Dispatcher {
public:
    Dispatcher(const aws::Host& host, RuleBook& rules);

    // Takes one event on a bus: matches its rules, and waits until what they lead to is durable.
    Result<> take(const nlohmann::json& event, const std::string& region, const std::string& bus,
        trace::SpanScope& span);
    // The targets of one rule, whatever its pattern: a schedule.
    Result<> fire(const Rule& rule, const nlohmann::json& event, trace::SpanScope& span);

    aws::DeliveryQueue& queue() { return m_queue; }

private:
    enum class Hop { First, Second }; // of an event that a rule sent to another bus

    Result<> take(const nlohmann::json& event, const std::string& region, const std::string& bus,
        trace::SpanScope& span, Hop hop);
    Result<> address(const Rule& rule, const nlohmann::json& event, trace::SpanScope& span,
        std::vector<aws::Delivery>& deliveries, Hop hop);
    Result<> forward(
        const Rule& rule, const Target& target, const nlohmann::json& event, trace::SpanScope& span, Hop hop);
    Result<> keep(const std::vector<aws::Delivery>& deliveries);

    const aws::Host& m_host;
    RuleBook& m_rules;
    aws::DeliveryQueue m_queue;
};

}
