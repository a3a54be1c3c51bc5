#include "core/project/topic_types.h"

#include "core/base/ids.h"
#include "core/project/template.h"

#include <nlohmann/json.hpp>

#include <array>

namespace core::project {

using nlohmann::json;

namespace {

constexpr auto kTopicProperties = std::to_array<std::string_view>({
    "TopicName",
    "DisplayName",
    "FifoTopic",
    "ContentBasedDeduplication",
    "SignatureVersion",
    "Subscription[].Protocol",
    "Subscription[].Endpoint",
    "Tags[].Key",
    "Tags[].Value",
});

constexpr auto kSubscriptionProperties = std::to_array<std::string_view>({
    "TopicArn",
    "Protocol",
    "Endpoint",
    "RawMessageDelivery",
    "FilterPolicy.**",
    "FilterPolicyScope",
    "RedrivePolicy.**",
    "DeliveryPolicy.**",
});

constexpr auto kPolicyProperties = std::to_array<std::string_view>({"Topics[]", "PolicyDocument.**"});

constexpr auto kEventProperties =
    std::to_array<std::string_view>({"Topic", "FilterPolicy.**", "FilterPolicyScope", "RedrivePolicy.**"});

// Attributes are texts: a template's flags and documents are written out.
std::string textOf(const json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump();
}

json attributesIn(const json& properties, std::span<const std::string_view> names)
{
    json attributes = json::object();
    for (const auto name : names) {
        if (properties.contains(name))
            attributes[std::string(name)] = textOf(properties.at(std::string(name)));
    }
    return attributes;
}

Result<json> subscribe(ImportContext& context, const std::string& topic, const json& subscription)
{
    static constexpr auto kAttributes = std::to_array<std::string_view>(
        {"RawMessageDelivery", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy", "DeliveryPolicy"});
    for (const auto* needed : {"Protocol", "Endpoint"}) {
        if (!subscription.contains(needed))
            return fail(templateError(std::string("property ") + needed + " is missing"));
    }
    return context.call("sns", "Subscribe",
        {{"TopicArn", topic}, {"Protocol", subscription.at("Protocol")},
            {"Endpoint", subscription.at("Endpoint")},
            {"Attributes", attributesIn(subscription, kAttributes)}, {"ReturnSubscriptionArn", true}});
}

Result<Created> createTopic(ImportContext& context, const std::string& logicalId, const json& properties)
{
    static constexpr auto kAttributes = std::to_array<std::string_view>(
        {"DisplayName", "FifoTopic", "ContentBasedDeduplication", "SignatureVersion"});
    const auto attributes = attributesIn(properties, kAttributes);
    const bool fifo = attributes.value("FifoTopic", "") == "true";
    const auto name = properties.value(
        "TopicName", context.name + "-" + logicalId + "-" + randomUpper(12) + (fifo ? ".fifo" : ""));
    CORE_TRY(const auto output,
        context.call("sns", "CreateTopic",
            {{"Name", name}, {"Attributes", attributes}, {"Tags", properties.value("Tags", json::array())}}));
    const auto arn = output.at("TopicArn").get<std::string>();
    for (const auto& subscription : properties.value("Subscription", json::array()))
        CORE_CHECK(subscribe(context, arn, subscription));
    return Created{arn, {{"TopicArn", arn}, {"TopicName", name}}};
}

Result<Created> createSubscription(ImportContext& context, const std::string&, const json& properties)
{
    if (!properties.contains("TopicArn"))
        return fail(templateError("property TopicArn is missing"));
    CORE_TRY(const auto output, subscribe(context, properties.at("TopicArn"), properties));
    const auto arn = output.at("SubscriptionArn").get<std::string>();
    return Created{arn, {{"Arn", arn}}};
}

Result<Created> createTopicPolicy(
    ImportContext& context, const std::string& logicalId, const json& properties)
{
    for (const auto& topic : properties.value("Topics", json::array()))
        CORE_CHECK(context.call("sns", "SetTopicAttributes",
            {{"TopicArn", topic}, {"AttributeName", "Policy"},
                {"AttributeValue", properties.value("PolicyDocument", json::object()).dump()}}));
    return Created{logicalId, {{"Id", logicalId}}};
}

constexpr auto kTypes = std::to_array<ResourceType>({
    {"AWS::SNS::Topic", kTopicProperties, createTopic},
    {"AWS::SNS::Subscription", kSubscriptionProperties, createSubscription},
    {"AWS::SNS::TopicPolicy", kPolicyProperties, createTopicPolicy},
});

}

std::span<const ResourceType> topicTypes()
{
    return kTypes;
}

std::span<const std::string_view> topicEventProperties()
{
    return kEventProperties;
}

Result<> addTopicEvents(
    ImportContext& context, const json& functionProperties, const std::string& functionArn)
{
    const auto events = functionProperties.value("Events", json::object());
    for (const auto& [name, event] : events.items()) {
        if (event.value("Type", "") != "SNS")
            continue;
        auto wanted = event.value("Properties", json::object());
        if (!wanted.contains("Topic"))
            return fail(templateError("event " + name + ": property Topic is missing"));
        const auto topic = wanted.at("Topic").get<std::string>();
        CORE_CHECK(context.call("lambda", "AddPermission",
            {{"FunctionName", functionArn}, {"StatementId", "sns-" + randomLower(10)},
                {"Action", "lambda:InvokeFunction"}, {"Principal", "sns.amazonaws.com"},
                {"SourceArn", topic}}));
        wanted.erase("Topic");
        wanted["Protocol"] = "lambda";
        wanted["Endpoint"] = functionArn;
        CORE_CHECK(subscribe(context, topic, wanted));
    }
    return {};
}

}
