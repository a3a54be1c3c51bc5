#include "core/s3/notification.h"

#include "core/aws/queue_access.h"
#include "core/aws/topic_access.h"
#include "core/base/arn.h"
#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/base/time_format.h"
#include "core/s3/errors.h"
#include "core/s3/request_parts.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace core::s3 {

using nlohmann::json;

namespace {

// Every event of S3; those of features that are not here never happen.
constexpr std::string_view kEvents[] = {"s3:ReducedRedundancyLostObject", "s3:ObjectCreated:*",
    "s3:ObjectCreated:Put", "s3:ObjectCreated:Post", "s3:ObjectCreated:Copy",
    "s3:ObjectCreated:CompleteMultipartUpload", "s3:ObjectRemoved:*", "s3:ObjectRemoved:Delete",
    "s3:ObjectRemoved:DeleteMarkerCreated", "s3:ObjectRestore:*", "s3:ObjectRestore:Post",
    "s3:ObjectRestore:Completed", "s3:ObjectRestore:Delete", "s3:Replication:*",
    "s3:Replication:OperationFailedReplication", "s3:Replication:OperationNotTracked",
    "s3:Replication:OperationMissedThreshold", "s3:Replication:OperationReplicatedAfterThreshold",
    "s3:LifecycleTransition", "s3:IntelligentTiering", "s3:ObjectAcl:Put", "s3:LifecycleExpiration:*",
    "s3:LifecycleExpiration:Delete", "s3:LifecycleExpiration:DeleteMarkerCreated", "s3:ObjectTagging:*",
    "s3:ObjectTagging:Put", "s3:ObjectTagging:Delete"};

bool covers(std::string_view wanted, std::string_view event)
{
    return wanted == event
        || (wanted.ends_with('*') && event.starts_with(wanted.substr(0, wanted.size() - 1)));
}

Result<> takeFilter(const json& given, Notice& notice)
{
    const auto rules = given.value("Filter", json::object()).value("Key", json::object());
    for (const auto& rule : rules.value("FilterRules", json::array())) {
        const auto written = rule.value("Name", "");
        const auto name = toLower(written);
        const auto value = rule.value("Value", "");
        if (name != "prefix" && name != "suffix")
            return fail(invalidArgument("filter rule name must be either prefix or suffix", written, value));
        if (value.size() > 1024)
            return fail(
                invalidArgument("Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation",
                    written, value));
        auto& into = name == "prefix" ? notice.prefix : notice.suffix;
        if (!into.empty())
            return fail(invalidArgument(
                "Cannot specify more than one " + name + " rule in a filter.", written, value));
        into = value;
        notice.hasFilter = true;
    }
    return {};
}

bool isFunction(const Arn& arn)
{
    return arn.service == "lambda" && arn.resource.starts_with("function:");
}

Result<> checkTarget(const std::string& target, const std::string& member)
{
    const auto arn = Arn::parse(target);
    const bool right = member == "QueueArn" ? !aws::queueUrlOf(target).empty()
        : member == "TopicArn"              ? aws::isTopicArn(target)
                                            : arn && isFunction(*arn);
    if (!right)
        return fail(invalidArgument("The ARN could not be parsed", member, target));
    if (member == "QueueArn" && aws::isFifoQueue(target))
        return fail(invalidArgument("FIFO SQS queues are not supported.", member, target));
    if (member == "TopicArn" && aws::isFifoTopic(target))
        return fail(invalidArgument("FIFO SNS topics are not supported.", member, target));
    return {};
}

// `member` names the target: LambdaFunctionArn, QueueArn, TopicArn.
Result<Notice> readNotice(const json& given, const char* member)
{
    Notice notice;
    notice.id = given.value("Id", "");
    if (notice.id.empty())
        notice.id = newUuid();
    notice.target = given.at(member);
    CORE_CHECK(checkTarget(notice.target, member));
    for (const auto& event : given.at("Events")) {
        const auto name = event.get<std::string>();
        if (std::find(std::begin(kEvents), std::end(kEvents), name) == std::end(kEvents))
            return fail(invalidArgument(
                "The event '" + name + "' is not supported for notifications", "Event", name));
        notice.events.push_back(name);
    }
    CORE_CHECK(takeFilter(given, notice));
    return notice;
}

bool shareEvent(const Notice& a, const Notice& b)
{
    return std::any_of(a.events.begin(), a.events.end(), [&](const std::string& one) {
        return std::any_of(b.events.begin(), b.events.end(),
            [&](const std::string& other) { return covers(one, other) || covers(other, one); });
    });
}

// Two rules that could both be meant: one prefix begins the other, and one suffix ends the other.
bool overlap(const Notice& a, const Notice& b)
{
    const bool prefixes = a.prefix.starts_with(b.prefix) || b.prefix.starts_with(a.prefix);
    const bool suffixes = a.suffix.ends_with(b.suffix) || b.suffix.ends_with(a.suffix);
    return prefixes && suffixes && shareEvent(a, b);
}

Result<> checkTogether(const std::vector<Notice>& notices)
{
    std::set<std::string> ids;
    for (const auto& notice : notices) {
        if (!ids.insert(notice.id).second)
            return fail(invalidArgument(
                "Same ID used for multiple configurations. IDs must be unique", "Id", notice.id));
    }
    for (std::size_t i = 0; i < notices.size(); ++i) {
        for (std::size_t j = i + 1; j < notices.size(); ++j) {
            if (!overlap(notices[i], notices[j]))
                continue;
            const bool filtered = notices[i].hasFilter || notices[j].hasFilter;
            return fail(invalidArgument(filtered ? "Configuration is ambiguously defined. Cannot have "
                                                   "overlapping suffixes in two rules if the "
                                                   "prefixes are overlapping for the same event type."
                                                 : "Configurations overlap. Configurations on the same "
                                                   "bucket cannot share a common event type.",
                "Id", notices[j].id));
        }
    }
    return {};
}

// As a form's text: "red flower.jpg" is "red+flower.jpg"; slashes stay.
std::string encodedKey(const std::string& key)
{
    auto text = percentEncode(key, true);
    text = replaceAll(text, "%20", "+");
    text = replaceAll(text, "~", "%7E");
    return replaceAll(text, "%2A", "*");
}

}

bool Notice::wants(std::string_view event, std::string_view key) const
{
    const auto full = "s3:" + std::string(event);
    return key.starts_with(prefix) && key.ends_with(suffix)
        && std::any_of(
            events.begin(), events.end(), [&](const std::string& one) { return covers(one, full); });
}

std::string NotificationConfig::text() const
{
    const auto listed = [](const std::vector<Notice>& notices) {
        json list = json::array();
        for (const auto& notice : notices)
            list.push_back({{"id", notice.id}, {"function", notice.target}, {"events", notice.events},
                {"prefix", notice.prefix}, {"suffix", notice.suffix}, {"filter", notice.hasFilter}});
        return list;
    };
    return json{{"functions", listed(functions)}, {"queues", listed(queues)}, {"topics", listed(topics)},
        {"eventBridge", eventBridge}}
        .dump();
}

NotificationConfig NotificationConfig::parse(std::string_view text)
{
    const auto given = json::parse(text);
    NotificationConfig config;
    given.at("eventBridge").get_to(config.eventBridge);
    const auto take = [](const json& list, std::vector<Notice>& notices) {
        for (const auto& notice : list)
            notices.push_back({notice.at("id"), notice.at("function"), notice.at("events"),
                notice.at("prefix"), notice.at("suffix"), notice.at("filter")});
    };
    take(given.at("functions"), config.functions);
    take(given.value("queues", json::array()), config.queues);
    take(given.value("topics", json::array()), config.topics);
    return config;
}

Result<NotificationConfig> readNotificationConfig(const json& given)
{
    NotificationConfig config;
    config.eventBridge = given.contains("EventBridgeConfiguration");
    for (const auto& one : given.value("LambdaFunctionConfigurations", json::array())) {
        CORE_TRY(auto notice, readNotice(one, "LambdaFunctionArn"));
        config.functions.push_back(std::move(notice));
    }
    for (const auto& one : given.value("QueueConfigurations", json::array())) {
        CORE_TRY(auto notice, readNotice(one, "QueueArn"));
        config.queues.push_back(std::move(notice));
    }
    for (const auto& one : given.value("TopicConfigurations", json::array())) {
        CORE_TRY(auto notice, readNotice(one, "TopicArn"));
        config.topics.push_back(std::move(notice));
    }
    auto all = config.functions;
    all.insert(all.end(), config.queues.begin(), config.queues.end());
    all.insert(all.end(), config.topics.begin(), config.topics.end());
    CORE_CHECK(checkTogether(all));
    return config;
}

namespace {

json describeNotice(const Notice& notice, const char* member)
{
    json one = {{"Id", notice.id}, {member, notice.target}, {"Events", notice.events}};
    if (notice.hasFilter) {
        auto& rules = one["Filter"]["Key"]["FilterRules"];
        if (!notice.prefix.empty())
            rules.push_back({{"Name", "Prefix"}, {"Value", notice.prefix}});
        if (!notice.suffix.empty())
            rules.push_back({{"Name", "Suffix"}, {"Value", notice.suffix}});
    }
    return one;
}

}

json describe(const NotificationConfig& config)
{
    json output = json::object();
    for (const auto& notice : config.functions)
        output["LambdaFunctionConfigurations"].push_back(describeNotice(notice, "LambdaFunctionArn"));
    for (const auto& notice : config.queues)
        output["QueueConfigurations"].push_back(describeNotice(notice, "QueueArn"));
    for (const auto& notice : config.topics)
        output["TopicConfigurations"].push_back(describeNotice(notice, "TopicArn"));
    if (config.eventBridge)
        output["EventBridgeConfiguration"] = json::object();
    return output;
}

std::string testEvent(std::string_view bucket, Micros now, std::string_view requestId)
{
    return json{{"Service", "Amazon S3"}, {"Event", "s3:TestEvent"}, {"Time", iso8601Millis(now)},
        {"Bucket", bucket}, {"RequestId", requestId}, {"HostId", base64(sha256(requestId))}}
        .dump();
}

std::string notificationEvent(const ObjectChange& change, std::string_view configurationId)
{
    json object = {{"key", encodedKey(change.key)}, {"sequencer", change.sequencer}};
    if (!change.isRemoval()) {
        object["size"] = change.size;
        object["eTag"] = change.etag;
    }
    const auto principal = change.accessKeyId.empty() ? "Anonymous" : "AWS:" + change.accessKeyId;
    const json record = {{"eventVersion", "2.1"}, {"eventSource", "aws:s3"}, {"awsRegion", change.region},
        {"eventTime", iso8601Millis(change.at)}, {"eventName", change.event},
        {"userIdentity", {{"principalId", principal}}},
        {"requestParameters", {{"sourceIPAddress", "127.0.0.1"}}},
        {"responseElements",
            {{"x-amz-request-id", change.requestId}, {"x-amz-id-2", base64(sha256(change.requestId))}}},
        {"s3",
            {{"s3SchemaVersion", "1.0"}, {"configurationId", configurationId},
                {"bucket",
                    {{"name", change.bucket}, {"arn", "arn:aws:s3:::" + change.bucket},
                        {"ownerIdentity", {{"principalId", canonicalId(change.owner)}}}}},
                {"object", std::move(object)}}}};
    return json{{"Records", {record}}}.dump(-1, ' ', false, json::error_handler_t::replace);
}

json bridgeEntry(const ObjectChange& change)
{
    json object = {{"key", change.key}, {"sequencer", change.sequencer}};
    json detail = {{"version", "0"}, {"bucket", {{"name", change.bucket}}}, {"request-id", change.requestId},
        {"requester", change.account}, {"source-ip-address", "127.0.0.1"}, {"reason", change.reason}};
    if (change.isRemoval()) {
        detail["deletion-type"] = "Permanently Deleted";
    } else {
        object["size"] = change.size;
        object["etag"] = change.etag;
    }
    detail["object"] = std::move(object);
    return {{"Source", "aws.s3"}, {"DetailType", change.isRemoval() ? "Object Deleted" : "Object Created"},
        {"Resources", {"arn:aws:s3:::" + change.bucket}},
        {"Time", static_cast<double>(change.at / kMillisecond) / 1000},
        {"Detail", detail.dump(-1, ' ', false, json::error_handler_t::replace)}};
}

}
