#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// What a bucket tells of its objects, and to whom. Pure.
namespace core::s3 {

inline constexpr std::string_view kNotificationSpace = "s3/notifications"; // configurations by bucket

// To a function, a queue or a topic.
struct Notice {
    std::string id;
    std::string target; // ARN
    std::vector<std::string> events; // "s3:ObjectCreated:*"
    std::string prefix;
    std::string suffix;
    bool hasFilter = false;

    bool wants(std::string_view event, std::string_view key) const;
};

struct NotificationConfig {
    std::vector<Notice> functions;
    std::vector<Notice> queues;
    std::vector<Notice> topics;
    bool eventBridge = false;

    bool empty() const { return functions.empty() && queues.empty() && topics.empty() && !eventBridge; }
    std::string text() const;
    static NotificationConfig parse(std::string_view text);
};

// A NotificationConfiguration as PutBucketNotificationConfiguration gets it. Errors: InvalidArgument for an
// unknown event, a filter, ids or ARNs that are wrong, and rules that overlap.
Result<NotificationConfig> readNotificationConfig(const nlohmann::json& given);
nlohmann::json describe(const NotificationConfig& config);

// One change of one object.
struct ObjectChange {
    std::string event; // "ObjectCreated:Put"
    std::string reason; // as EventBridge says it: "PutObject"
    std::string bucket;
    std::string owner; // account of the bucket
    std::string region;
    std::string key;
    std::uint64_t size = 0;
    std::string etag;
    Micros at = 0;
    std::string sequencer;
    std::string requestId;
    std::string accessKeyId; // of who did it, "" for nobody
    std::string account;

    bool isRemoval() const { return event.starts_with("ObjectRemoved"); }
};

// What a queue or a topic gets when a bucket is told to notify it.
std::string testEvent(std::string_view bucket, Micros now, std::string_view requestId);
inline constexpr const char* kTopicSubject = "Amazon S3 Notification";
// {"Records": [...]} of version 2.1.
std::string notificationEvent(const ObjectChange& change, std::string_view configurationId);
// An entry of PutEvents.
nlohmann::json bridgeEntry(const ObjectChange& change);

}
