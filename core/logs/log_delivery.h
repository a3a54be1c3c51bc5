#pragma once

#include "core/aws/delivery_queue.h"
#include "core/logs/log_store.h"

#include <span>
#include <string>

namespace core::logs {

// Brings the events that a group's subscription filters let through to their functions. What is to be told
// is committed with the events, and delivered beside the requests. Any thread.
class LogDelivery {
public:
    explicit LogDelivery(const aws::Host& host);

    // That the function is there and lets CloudWatch Logs invoke it. Error: InvalidParameterException. Waits.
    Result<> checkFunction(
        const std::string& functionArn, const GroupRef& ref, const std::string& account) const;
    // Queues what the group's filters want of these events, in the transaction that keeps them; gives how
    // many deliveries that makes. notice() once that is durable.
    int note(store::Transaction& transaction, const GroupRef& ref, const std::string& stream,
        std::span<const LogEvent> events, const std::string& account, Micros now);
    void notice() { m_queue.notice(); }
    aws::DeliveryQueue& queue() { return m_queue; }

private:
    Result<> allow(const aws::Delivery& delivery, trace::SpanScope& span) const;

    const aws::Host& m_host;
    aws::DeliveryQueue m_queue; // last: it calls back
};

}
