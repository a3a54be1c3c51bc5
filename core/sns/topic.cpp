#include "core/sns/topic.h"

#include "core/aws/json_text.h"
#include "core/aws/policy.h"
#include "core/aws/topic_access.h"
#include "core/base/arn.h"
#include "core/sns/delivery_policy.h"
#include "core/sns/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <set>

namespace core::sns {

using nlohmann::json;

namespace {

constexpr std::size_t kLongestName = 256;
constexpr std::size_t kLongestDisplayName = 100;

bool isBoolean(std::string_view value)
{
    return value == "true" || value == "false";
}

// Kept and shown: nobody is told how deliveries went but the tracks.
bool isFeedback(std::string_view name)
{
    for (const std::string_view protocol : {"Application", "Firehose", "HTTP", "Lambda", "SQS"}) {
        if (!name.starts_with(protocol))
            continue;
        name.remove_prefix(protocol.size());
        return name == "SuccessFeedbackRoleArn" || name == "FailureFeedbackRoleArn"
            || name == "SuccessFeedbackSampleRate";
    }
    return false;
}

Result<> checkAttribute(const std::string& name, const std::string& value, const Topic& topic)
{
    static const std::set<std::string, std::less<>> plain{
        "DisplayName", "KmsMasterKeyId", "TracingConfig", "FifoThroughputScope"};
    const auto refused = [&](const std::string& why) { return fail(errors::invalid(name + why)); };
    if (name == "ArchivePolicy" && !value.empty())
        return refused(": Cloud Chamber keeps no archive of messages");
    if (name == "Policy" && !aws::PolicyDocument::parse(value, aws::PolicyDocument::Kind::Resource))
        return refused(" Error: null");
    if (name == "DeliveryPolicy" && !value.empty())
        return checkDeliveryPolicy(value, name);
    if (name == "SignatureVersion" && value != "1" && value != "2")
        return refused(": Invalid value [" + value + "]. Please use 1 or 2");
    if (name == "DisplayName" && value.size() > kLongestDisplayName)
        return refused("");
    if (name == "TracingConfig" && value != "Active" && value != "PassThrough")
        return refused(": Invalid value [" + value + "]. Please use Active or PassThrough");
    if (name == "ContentBasedDeduplication" || name == "FifoThroughputScope") {
        const bool right =
            name == "FifoThroughputScope" ? value == "Topic" || value == "MessageGroup" : isBoolean(value);
        if (!topic.isFifo() || !right)
            return refused("");
        return {};
    }
    const bool known = plain.contains(name) || isFeedback(name) || name == "ArchivePolicy" || name == "Policy"
        || name == "DeliveryPolicy" || name == "SignatureVersion";
    if (!known)
        return fail(errors::invalid("AttributeName"));
    return {};
}

}

std::string Topic::arn() const
{
    return Arn{"sns", region, account, name}.text();
}

bool Topic::isFifo() const
{
    return aws::isFifoTopic(name);
}

std::string Topic::attribute(const std::string& wanted) const
{
    const auto found = attributes.find(wanted);
    return found == attributes.end() ? std::string() : found->second;
}

std::string recordKey(const Topic& topic)
{
    return topic.region + '/' + topic.account + '/' + topic.name;
}

std::string encode(const Topic& topic)
{
    return aws::writeJson({{"name", topic.name}, {"region", topic.region}, {"account", topic.account},
        {"attributes", topic.attributes}, {"tags", topic.tags}, {"deleted", topic.deletedSubscriptions}});
}

bool decode(std::string_view text, Topic& topic)
{
    const auto given = json::parse(text, nullptr, false);
    if (!given.is_object())
        return false;
    topic = {given.at("name"), given.at("region"), given.at("account"), given.at("attributes"),
        given.at("tags"), given.at("deleted")};
    return true;
}

std::string topicKeyOf(std::string_view text)
{
    if (!aws::isTopicArn(text))
        return {};
    const auto arn = Arn::parse(text);
    return arn->region + '/' + arn->account + '/' + arn->resource;
}

Result<> checkTopicName(std::string_view name, bool fifo)
{
    auto stem = name;
    if (fifo && stem.ends_with(".fifo"))
        stem.remove_suffix(5);
    const bool right = !stem.empty() && name.size() <= kLongestName && (!fifo || stem.size() < name.size())
        && std::all_of(stem.begin(), stem.end(),
            [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; });
    if (!right)
        return fail(errors::invalid("Topic Name"));
    return {};
}

Result<> takeAttribute(const std::string& name, const std::string& value, Topic& topic)
{
    // An emptied policy is the first one again.
    if (name == "Policy" && value.empty()) {
        topic.attributes.erase(name);
        return {};
    }
    CORE_CHECK(checkAttribute(name, value, topic));
    if (value.empty())
        topic.attributes.erase(name);
    else
        topic.attributes[name] = value;
    return {};
}

json effectiveDelivery(const Topic& topic)
{
    return effectiveTopicPolicy(topic.attribute("DeliveryPolicy"));
}

json shownAttributes(const Topic& topic)
{
    json shown = topic.attributes;
    shown["TopicArn"] = topic.arn();
    shown["Owner"] = topic.account;
    shown["DisplayName"] = topic.attribute("DisplayName");
    shown["EffectiveDeliveryPolicy"] = effectiveDelivery(topic).dump();
    shown["SubscriptionsDeleted"] = std::to_string(topic.deletedSubscriptions);
    if (!topic.attributes.contains("Policy"))
        shown["Policy"] = defaultPolicy(topic);
    if (topic.isFifo()) {
        shown["FifoTopic"] = "true";
        shown.emplace("ContentBasedDeduplication", "false");
    }
    return shown;
}

std::string defaultPolicy(const Topic& topic)
{
    const nlohmann::ordered_json statement = {{"Sid", "__default_statement_ID"}, {"Effect", "Allow"},
        {"Principal", {{"AWS", "*"}}},
        {"Action",
            {"SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:AddPermission", "SNS:RemovePermission",
                "SNS:DeleteTopic", "SNS:Subscribe", "SNS:ListSubscriptionsByTopic", "SNS:Publish"}},
        {"Resource", topic.arn()}, {"Condition", {{"StringEquals", {{"AWS:SourceOwner", topic.account}}}}}};
    return nlohmann::ordered_json{{"Version", "2008-10-17"}, {"Id", "__default_policy_ID"},
        {"Statement", nlohmann::ordered_json::array({statement})}}
        .dump();
}

}
