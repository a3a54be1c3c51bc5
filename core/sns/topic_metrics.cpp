#include "core/sns/topic_metrics.h"

#include "core/aws/json_text.h"
#include "core/base/arn.h"

#include <nlohmann/json.hpp>

#include <array>

namespace core::sns {

using nlohmann::json;

namespace {

constexpr std::string_view kSpace = "AWS/SNS";

bool isPost(const aws::Delivery& delivery)
{
    return delivery.action == "POST";
}

// Of an endpoint that is asked to confirm nothing is counted.
bool isNotification(const aws::Delivery& delivery)
{
    if (!isPost(delivery))
        return true;
    const auto input = json::parse(delivery.input, nullptr, false);
    return input.is_object()
        && input.value("/headers/x-amz-sns-message-type"_json_pointer, std::string()) == "Notification";
}

}

void TopicMetrics::add(
    std::string_view region, std::string_view topic, std::span<const aws::MetricSample> samples) const
{
    if (m_host.metrics)
        m_host.metrics->add(region, kSpace, std::array{aws::MetricDimension{"TopicName", topic}}, samples,
            m_host.clock.now());
}

void TopicMetrics::published(const Topic& topic, const std::vector<Message>& messages) const
{
    for (const auto& message : messages)
        add(topic.region, topic.name,
            std::array{aws::MetricSample{"NumberOfMessagesPublished"},
                aws::MetricSample{"PublishSize", static_cast<double>(message.size()), "Bytes"}});
}

void TopicMetrics::filteredOut(
    const Topic& topic, const Subscription& subscription, const Message& message) const
{
    const std::string all = "NumberOfNotificationsFilteredOut";
    auto why = all;
    if (subscription.attribute("FilterPolicyScope") == "MessageBody") {
        const auto body = aws::parseJson(message.textFor(subscription.protocol));
        why += body && body->is_object() ? "-MessageBody" : "-InvalidMessageBody";
    } else {
        why += message.attributes.empty() ? "-NoMessageAttributes" : "-MessageAttributes";
    }
    add(topic.region, topic.name, std::array{aws::MetricSample{all}, aws::MetricSample{why}});
}

void TopicMetrics::ended(const aws::Delivery& delivery, aws::DeliveryEnd end) const
{
    if (end == aws::DeliveryEnd::Delivered)
        return addOne(delivery, "NumberOfNotificationsDelivered");
    if (!isPost(delivery))
        addOne(delivery, "NumberOfNotificationsFailed");
    if (end == aws::DeliveryEnd::Redriven)
        addOne(delivery, "NumberOfNotificationsRedrivenToDlq");
    if (end == aws::DeliveryEnd::NotRedriven)
        addOne(delivery, "NumberOfNotificationsFailedToRedriveToDlq");
}

void TopicMetrics::postFailed(const aws::Delivery& delivery) const
{
    addOne(delivery, "NumberOfNotificationsFailed");
}

void TopicMetrics::addOne(const aws::Delivery& delivery, std::string_view name) const
{
    if (!m_host.metrics || !isNotification(delivery))
        return;
    const auto guard = json::parse(delivery.guard, nullptr, false);
    const auto topic = Arn::parse(guard.is_object() ? guard.value("topic", "") : std::string());
    if (topic)
        add(topic->region, topic->resource, std::array{aws::MetricSample{name}});
}

}
