#include "core/sns/subscription.h"

#include "core/aws/json_text.h"
#include "core/aws/queue_access.h"
#include "core/aws/topic_access.h"
#include "core/base/arn.h"
#include "core/base/text.h"
#include "core/sns/delivery_policy.h"
#include "core/sns/errors.h"
#include "core/sns/topic.h"

#include <nlohmann/json.hpp>

#include <array>

namespace core::sns {

using nlohmann::json;

namespace {

constexpr std::array<std::string_view, 4> kProtocols{"sqs", "lambda", "http", "https"};
constexpr std::array<std::string_view, 5> kOutside{"email", "email-json", "sms", "application", "firehose"};

bool contains(std::span<const std::string_view> names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

FilterPolicy::Scope scopeOf(const Subscription& subscription)
{
    return subscription.attribute("FilterPolicyScope") == "MessageBody" ? FilterPolicy::Scope::Body
                                                                        : FilterPolicy::Scope::Attributes;
}

Result<> checkRedrive(const std::string& value, const std::string& place, const Subscription& subscription)
{
    const auto refuse = [&](const char* why) {
        return fail(errors::invalid(place + "RedrivePolicy: " + why));
    };
    const auto policy = aws::parseJson(value);
    if (!policy || !policy->is_object())
        return refuse("failed to parse JSON.");
    const auto target = policy->find("deadLetterTargetArn");
    if (target == policy->end() || !target->is_string()
        || aws::queueUrlOf(target->get<std::string>()).empty())
        return refuse("deadLetterTargetArn is an invalid arn");
    if (aws::isFifoTopic(subscription.topicArn) && !aws::isFifoQueue(target->get<std::string>()))
        return refuse("must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.");
    return {};
}

Result<> checkAttribute(const std::string& name, const std::string& value, const std::string& place,
    const Subscription& subscription)
{
    const auto refuse = [&](const std::string& why) { return fail(errors::invalid(place + why)); };
    if (name == "RawMessageDelivery") {
        if (!equalsIgnoreCase(value, "true") && !equalsIgnoreCase(value, "false"))
            return refuse(name + ": Invalid value [" + value + "]. Must be true or false.");
        if (equalsIgnoreCase(value, "true") && subscription.protocol == "lambda")
            return refuse("Delivery protocol [lambda] does not support raw message delivery.");
        return {};
    }
    if (name == "FilterPolicyScope") {
        if (value != "MessageAttributes" && value != "MessageBody")
            return refuse(
                name + ": Invalid value [" + value + "]. Please use either MessageBody or MessageAttributes");
        return {};
    }
    if (name == "RedrivePolicy")
        return value.empty() ? Result<>() : checkRedrive(value, place, subscription);
    if (name == "DeliveryPolicy")
        return value.empty() ? Result<>() : checkDeliveryPolicy(value, name);
    if (name == "FilterPolicy")
        return {}; // with its scope, once all are there
    if (name == "ReplayPolicy")
        return refuse("ReplayPolicy: Cloud Chamber keeps no archive of messages");
    return refuse("AttributeName");
}

}

std::string Subscription::attribute(const std::string& name) const
{
    const auto found = attributes.find(name);
    return found == attributes.end() ? std::string() : found->second;
}

std::string Subscription::deadLetterQueue() const
{
    const auto policy = aws::parseJson(attribute("RedrivePolicy"));
    return policy && policy->is_object() ? policy->value("deadLetterTargetArn", "") : std::string();
}

std::string recordKey(const Subscription& subscription)
{
    return topicKeyOf(subscription.topicArn) + '/' + subscription.id;
}

std::string encode(const Subscription& subscription)
{
    return aws::writeJson({{"topic", subscription.topicArn}, {"id", subscription.id},
        {"protocol", subscription.protocol}, {"endpoint", subscription.endpoint},
        {"owner", subscription.owner}, {"attributes", subscription.attributes},
        {"pending", subscription.pending}, {"authenticated", subscription.authenticated},
        {"guarded", subscription.guarded}, {"token", subscription.token}, {"made", subscription.tokenMade}});
}

bool decode(std::string_view text, Subscription& subscription)
{
    const auto given = json::parse(text, nullptr, false);
    if (!given.is_object())
        return false;
    subscription = {given.at("topic"), given.at("id"), given.at("protocol"), given.at("endpoint"),
        given.at("owner"), given.at("attributes"), given.at("pending"), given.at("authenticated"),
        given.at("guarded"), given.at("token"), given.at("made")};
    if (const auto policy = subscription.attribute("FilterPolicy"); !policy.empty()) {
        auto filter = FilterPolicy::parse(policy, scopeOf(subscription));
        if (!filter)
            return false;
        subscription.filter = *std::move(filter);
    }
    return true;
}

Result<std::string> subscriptionKeyOf(std::string_view arn)
{
    const auto parts = split(arn, ':');
    if (parts.size() < 6)
        return fail(errors::invalid("SubscriptionArn Reason: An ARN must have at least 6 elements, not "
            + std::to_string(parts.size())));
    const auto colon = arn.rfind(':');
    const auto topic = topicKeyOf(arn.substr(0, colon));
    if (topic.empty())
        return fail(errors::invalid("SubscriptionArn"));
    return topic + '/' + std::string(arn.substr(colon + 1));
}

Result<> checkEndpoint(const std::string& protocol, const std::string& endpoint, const std::string& topicArn)
{
    if (contains(kOutside, protocol))
        return fail(errors::invalid("Protocol Reason: Cloud Chamber does not deliver to " + protocol
            + ", for nothing leaves this computer: use sqs, lambda, http or https"));
    if (!contains(kProtocols, protocol))
        return fail(errors::invalid("Amazon SNS does not support this protocol string: " + protocol));
    if (endpoint.empty())
        return fail(errors::invalid("Endpoint"));
    const auto refuse = [](const std::string& why) {
        return fail(errors::invalid("Invalid parameter: Endpoint Reason: " + why));
    };
    const bool fifo = aws::isFifoTopic(topicArn);
    if (protocol == "sqs") {
        if (aws::queueUrlOf(endpoint).empty())
            return fail(errors::invalid("SQS endpoint ARN"));
        if (!fifo && aws::isFifoQueue(endpoint))
            return refuse("FIFO SQS Queues can not be subscribed to standard SNS topics");
        return {};
    }
    const auto arn = Arn::parse(endpoint);
    if (protocol == "lambda" && (!arn || arn->service != "lambda" || !arn->resource.starts_with("function:")))
        return fail(errors::invalid("Lambda endpoint ARN"));
    if (protocol != "lambda" && !endpoint.starts_with(protocol + "://"))
        return fail(errors::invalid("Endpoint must match the specified protocol"));
    return fifo ? refuse("Please use FIFO SQS queue") : Result<>();
}

Result<> takeAttributes(
    const std::map<std::string, std::string>& given, const std::string& place, Subscription& subscription)
{
    for (const auto& [name, value] : given) {
        CORE_CHECK(checkAttribute(name, value, place, subscription));
        if (value.empty())
            subscription.attributes.erase(name);
        else
            subscription.attributes[name] = name == "RawMessageDelivery" ? toLower(value) : value;
    }
    const auto policy = subscription.attribute("FilterPolicy");
    subscription.filter.reset();
    if (policy.empty())
        return {};
    auto filter = FilterPolicy::parse(policy, scopeOf(subscription));
    if (!filter)
        return fail(errors::invalid(place + "FilterPolicy: " + filter.error().message));
    subscription.filter = *std::move(filter);
    return {};
}

}
