#include "core/sqs/queue.h"

#include "core/aws/json_text.h"
#include "core/base/arn.h"
#include "core/base/text.h"
#include "core/sqs/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace core::sqs {

using nlohmann::json;

namespace {

struct NumberRule {
    std::string_view name;
    std::int64_t least;
    std::int64_t most;
};

constexpr std::array<NumberRule, 6> kNumbers{{
    {"DelaySeconds", 0, 900},
    {"KmsDataKeyReusePeriodSeconds", 60, 86'400},
    {"MaximumMessageSize", 1024, 1'048'576},
    {"MessageRetentionPeriod", 60, 1'209'600},
    {"ReceiveMessageWaitTimeSeconds", 0, 20},
    {"VisibilityTimeout", 0, 43'200},
}};

struct WordRule {
    std::string_view name;
    std::array<std::string_view, 2> words;
    bool onlyFifo;
};

constexpr std::array<WordRule, 4> kWords{{
    {"ContentBasedDeduplication", {"true", "false"}, true},
    {"DeduplicationScope", {"queue", "messageGroup"}, true},
    {"FifoThroughputLimit", {"perQueue", "perMessageGroupId"}, true},
    {"SqsManagedSseEnabled", {"true", "false"}, false},
}};

constexpr std::array<std::string_view, 4> kDocuments{
    "KmsMasterKeyId", "Policy", "RedriveAllowPolicy", "RedrivePolicy"};
constexpr std::array<std::string_view, 6> kShown{"QueueArn", "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed", "CreatedTimestamp",
    "LastModifiedTimestamp"};

template <typename Rules> auto ruleNamed(const Rules& rules, std::string_view name)
{
    return std::find_if(rules.begin(), rules.end(), [&](const auto& rule) { return rule.name == name; });
}

bool contains(const auto& names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

Error badRedrive(const std::string& value, std::string_view reason)
{
    return errors::invalidValue(value, "RedrivePolicy", reason);
}

// The number may come as text, as AWS takes it.
std::optional<std::int64_t> numberIn(const json& policy, const char* member)
{
    const auto found = policy.find(member);
    if (found == policy.end())
        return std::nullopt;
    if (found->is_string())
        return parseInteger(found->get_ref<const std::string&>());
    return found->is_number_integer() ? std::optional(found->get<std::int64_t>()) : std::nullopt;
}

Result<> checkRedrive(const std::string& value)
{
    const auto policy = aws::parseJson(value);
    if (!policy || !policy->is_object())
        return fail(badRedrive(value, "Redrive policy is not a valid JSON map."));
    if (!policy->contains("deadLetterTargetArn"))
        return fail(
            badRedrive(value, "Redrive policy does not contain mandatory attribute: deadLetterTargetArn."));
    if (!policy->contains("maxReceiveCount"))
        return fail(
            badRedrive(value, "Redrive policy does not contain mandatory attribute: maxReceiveCount."));
    const auto& target = policy->at("deadLetterTargetArn");
    if (!target.is_string() || queueKeyOf(target.get<std::string>()).empty())
        return fail(badRedrive(value, "Invalid value for deadLetterTargetArn."));
    const auto count = numberIn(*policy, "maxReceiveCount");
    if (!count || *count < 1 || *count > 1000)
        return fail(badRedrive(value,
            "Invalid value for maxReceiveCount: " + policy->at("maxReceiveCount").dump()
                + ", valid values are from 1 to 1000 both inclusive."));
    return {};
}

Result<> checkRedriveAllow(const std::string& value)
{
    const auto refuse = [&] {
        return fail(errors::invalidValue(value, "RedriveAllowPolicy",
            "Amazon SQS can't create the redrive allow policy, as it's in an unsupported format."));
    };
    const auto policy = aws::parseJson(value);
    if (!policy || !policy->is_object() || !policy->contains("redrivePermission")
        || !policy->at("redrivePermission").is_string())
        return refuse();
    const auto permission = policy->at("redrivePermission").get<std::string>();
    const auto sources = policy->value("sourceQueueArns", json::array());
    if (permission != "allowAll" && permission != "denyAll" && permission != "byQueue")
        return refuse();
    if (!sources.is_array() || sources.size() > 10 || (permission == "byQueue") == sources.empty())
        return refuse();
    for (const auto& source : sources) {
        if (!source.is_string())
            return refuse();
    }
    return {};
}

Result<> checkDocument(const std::string& name, const std::string& value)
{
    if (value.empty())
        return {};
    if (name == "RedrivePolicy")
        return checkRedrive(value);
    if (name == "RedriveAllowPolicy")
        return checkRedriveAllow(value);
    if (name == "Policy") {
        const auto policy = aws::parseJson(value);
        if (!policy || !policy->is_object())
            return fail(errors::badAttribute(name));
    }
    return {};
}

Result<> takeOne(const std::string& name, const std::string& value, Queue& queue)
{
    if (const auto rule = ruleNamed(kNumbers, name); rule != kNumbers.end()) {
        const auto number = parseInteger(value);
        if (!number || *number < rule->least || *number > rule->most)
            return fail(errors::badAttribute(name));
        queue.attributes[name] = std::to_string(*number);
        return {};
    }
    if (const auto rule = ruleNamed(kWords, name); rule != kWords.end()) {
        if (rule->onlyFifo && !queue.isFifo())
            return fail(errors::unknownAttribute(name));
        if (!contains(rule->words, value))
            return fail(errors::badAttribute(name));
        queue.attributes[name] = value;
        return {};
    }
    if (!contains(kDocuments, name))
        return fail(errors::unknownAttribute(name));
    CORE_CHECK(checkDocument(name, value));
    if (value.empty())
        queue.attributes.erase(name);
    else
        queue.attributes[name] = value;
    return {};
}

}

std::string Queue::arn() const
{
    return Arn{"sqs", region, account, name}.text();
}

bool Queue::is(std::string_view attribute, std::string_view value) const
{
    const auto found = attributes.find(std::string(attribute));
    return found != attributes.end() && found->second == value;
}

std::int64_t Queue::number(const std::string& attribute) const
{
    const auto found = attributes.find(attribute);
    return found == attributes.end() ? 0 : parseInteger(found->second).value_or(0);
}

std::string Queue::text() const
{
    return aws::writeJson(
        {{"name", name}, {"region", region}, {"account", account}, {"id", id}, {"attributes", attributes},
            {"tags", tags}, {"created", created}, {"modified", modified}, {"purged", purged}});
}

Queue Queue::parse(std::string_view text)
{
    const auto given = json::parse(text);
    Queue queue;
    given.at("name").get_to(queue.name);
    given.at("region").get_to(queue.region);
    given.at("account").get_to(queue.account);
    given.at("id").get_to(queue.id);
    given.at("attributes").get_to(queue.attributes);
    given.at("tags").get_to(queue.tags);
    given.at("created").get_to(queue.created);
    given.at("modified").get_to(queue.modified);
    given.at("purged").get_to(queue.purged);
    return queue;
}

std::optional<Redrive> redriveOf(const Queue& queue)
{
    const auto found = queue.attributes.find("RedrivePolicy");
    if (found == queue.attributes.end())
        return std::nullopt;
    const auto policy = json::parse(found->second);
    return Redrive{policy.at("deadLetterTargetArn"), numberIn(policy, "maxReceiveCount").value_or(1)};
}

bool allowsSource(const Queue& target, const std::string& sourceArn)
{
    const auto found = target.attributes.find("RedriveAllowPolicy");
    if (found == target.attributes.end())
        return true;
    const auto policy = json::parse(found->second);
    const auto permission = policy.at("redrivePermission").get<std::string>();
    const auto sources = policy.value("sourceQueueArns", json::array());
    return permission == "allowAll"
        || (permission == "byQueue" && std::find(sources.begin(), sources.end(), sourceArn) != sources.end());
}

std::string queueKeyOf(std::string_view arn)
{
    const auto parsed = Arn::parse(arn);
    if (!parsed || parsed->service != "sqs" || parsed->resource.empty())
        return {};
    return parsed->region + '/' + parsed->account + '/' + parsed->resource;
}

Result<> takeAttributes(const std::map<std::string, std::string>& given, Queue& queue)
{
    for (const auto& [name, value] : given) {
        if (name == "FifoQueue") {
            if (!queue.isFifo() || value != "true")
                return fail(errors::unknownAttribute(name));
            continue;
        }
        CORE_CHECK(takeOne(name, value, queue));
    }
    const bool key = given.contains("KmsMasterKeyId") && !given.at("KmsMasterKeyId").empty();
    if (key && given.contains("SqsManagedSseEnabled") && given.at("SqsManagedSseEnabled") == "true")
        return fail(
            errors::invalidAttributeName("You can use one type of server-side encryption (SSE) at one "
                                         "time. You can either enable KMS SSE or SQS SSE."));
    if (key)
        queue.attributes["SqsManagedSseEnabled"] = "false";
    if (queue.is("FifoThroughputLimit", "perMessageGroupId")
        && !queue.is("DeduplicationScope", "messageGroup"))
        return fail(errors::invalidValue("The perMessageGroupId value is allowed only when the value for "
                                         "DeduplicationScope is messageGroup."));
    return {};
}

std::map<std::string, std::string> defaultAttributes(bool fifo)
{
    std::map<std::string, std::string> attributes{{"VisibilityTimeout", "30"},
        {"MaximumMessageSize", "1048576"}, {"MessageRetentionPeriod", "345600"}, {"DelaySeconds", "0"},
        {"ReceiveMessageWaitTimeSeconds", "0"}, {"SqsManagedSseEnabled", "true"}};
    if (fifo)
        attributes.insert({{"FifoQueue", "true"}, {"ContentBasedDeduplication", "false"},
            {"DeduplicationScope", "queue"}, {"FifoThroughputLimit", "perQueue"}});
    return attributes;
}

bool isAttribute(std::string_view name)
{
    return name == "FifoQueue" || contains(kDocuments, name) || contains(kShown, name)
        || ruleNamed(kNumbers, name) != kNumbers.end() || ruleNamed(kWords, name) != kWords.end();
}

}
