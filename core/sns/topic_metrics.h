#pragma once

#include "core/aws/delivery_queue.h"
#include "core/aws/metric_book.h"
#include "core/sns/subscription.h"
#include "core/sns/topic.h"

#include <string_view>

namespace core::sns {

// What CloudWatch shows of topics (AWS/SNS). Owned by the publisher. Any thread.
class TopicMetrics {
public:
    explicit TopicMetrics(const aws::Host& host)
        : m_host(host)
    {
    }

    void published(const Topic& topic, const std::vector<Message>& messages) const;
    void filteredOut(const Topic& topic, const Subscription& subscription, const Message& message) const;
    void ended(const aws::Delivery& delivery, aws::DeliveryEnd end) const;
    // An attempt at an http endpoint: each counts, as AWS does it.
    void postFailed(const aws::Delivery& delivery) const;

private:
    void add(
        std::string_view region, std::string_view topic, std::span<const aws::MetricSample> samples) const;
    void addOne(const aws::Delivery& delivery, std::string_view name) const;

    const aws::Host& m_host;
};

}
