#pragma once

#include "core/aws/delivery_queue.h"
#include "core/aws/record_store.h"
#include "core/sns/deduplication.h"
#include "core/sns/envelope.h"
#include "core/sns/topic_metrics.h"

#include <vector>

namespace core::sns {

using Topics = aws::RecordStore<Topic>;
using Subscriptions = aws::RecordStore<Subscription>;

// Brings what is published to the subscribers of its topic: what each gets lies in the store before its
// sender hears of it, and is then given to queues and functions, and, by another queue, to http endpoints, so
// that a slow one of these keeps only others of them waiting. Any thread.
class Publisher {
public:
    Publisher(const aws::Host& host, const Subscriptions& subscriptions, Signer& signer);

    // Waits until what the messages lead to is durable. In a FIFO topic a message that was published before
    // gets the id and number of the first, and goes nowhere.
    Result<> publish(const Topic& topic, std::vector<Message>& messages, trace::SpanScope& span);
    // The confirmation that an http endpoint is asked for.
    Result<> askToConfirm(const Topic& topic, const Subscription& subscription, trace::SpanScope& span);

    void resume();
    void close();

private:
    struct Outgoing {
        aws::Delivery delivery;
        bool toEndpoint = false;
        std::size_t message = 0;
    };

    Result<> sendPost(const aws::Delivery& delivery, trace::SpanScope& span) const;
    Result<> address(const Topic& topic, std::size_t index, const Message& message, EnvelopeWriter& writer,
        trace::SpanScope& span, std::vector<Outgoing>& outgoing);
    Outgoing ready(aws::Delivery delivery, const Subscription& subscription, std::size_t message,
        const trace::SpanScope& span);
    Result<> keep(const Topic& topic, std::vector<Message>& messages, const std::vector<Outgoing>& outgoing,
        trace::SpanScope& span);

    const aws::Host& m_host;
    const Subscriptions& m_subscriptions;
    Signer& m_signer;
    const TopicMetrics m_metrics;
    aws::DeliveryQueue m_queue;
    aws::DeliveryQueue m_endpoints;
};

}
