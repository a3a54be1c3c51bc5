#pragma once

#include "core/aws/delivery_queue.h"
#include "core/events/rule_book.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace core::events {

// Brings events to the targets of rules: what matches lies in the store before its sender hears of it, and is
// then given to Lambda as an asynchronous event. A function whose resource policy does not let EventBridge
// invoke it does not get it. Any thread.
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
    void address(const Rule& rule, const nlohmann::json& event, trace::SpanScope& span,
        std::vector<aws::Delivery>& deliveries);
    Result<> keep(const std::vector<aws::Delivery>& deliveries);
    Result<> allow(const aws::Delivery& delivery, trace::SpanScope& span);

    const aws::Host& m_host;
    RuleBook& m_rules;
    aws::DeliveryQueue m_queue;
};

}
