#include "core/s3/shapes.h"

namespace core::s3::shapes {

namespace {

using aws::In;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr auto kExact = aws::Fidelity::Exact;
constexpr auto kSimple = aws::Fidelity::Simplified;

constexpr Member kRuleMembers[] = {{"Name", &aws::kString}, {"Value", &aws::kString}};
constexpr Shape kRule{.members = kRuleMembers};
constexpr Shape kRules{.type = Type::List, .element = &kRule, .elementName = "FilterRule", .flattened = true};
constexpr Member kKeyMembers[] = {{"FilterRules", &kRules, false, kExact, {}, In::Body, "FilterRule"}};
constexpr Shape kKey{.members = kKeyMembers};
constexpr Member kFilterMembers[] = {{"Key", &kKey, false, kExact, {}, In::Body, "S3Key"}};
constexpr Shape kFilter{.members = kFilterMembers};
constexpr Shape kEvents{
    .type = Type::List, .element = &aws::kString, .elementName = "Event", .flattened = true};
constexpr Member kFunctionMembers[] = {
    {"Id", &aws::kString},
    {"LambdaFunctionArn", &aws::kString, true, kExact, {}, In::Body, "CloudFunction"},
    {"Events", &kEvents, true, kSimple,
        "events of tags, ACLs, versions, restores and replication never happen", In::Body, "Event"},
    {"Filter", &kFilter, false, kSimple, "AWS's wording for a rule that stands twice is not known"},
};
constexpr Shape kFunction{.members = kFunctionMembers};
constexpr Shape kFunctions{.type = Type::List, .element = &kFunction, .flattened = true};
constexpr Member kQueueMembers[] = {
    {"Id", &aws::kString},
    {"QueueArn", &aws::kString, true, kExact, {}, In::Body, "Queue"},
    {"Events", &kEvents, true, kSimple,
        "events of tags, ACLs, versions, restores and replication never happen", In::Body, "Event"},
    {"Filter", &kFilter, false, kSimple, "AWS's wording for a rule that stands twice is not known"},
};
constexpr Shape kQueue{.members = kQueueMembers};
constexpr Shape kQueues{.type = Type::List, .element = &kQueue, .flattened = true};
constexpr Member kTopicMembers[] = {
    {"Id", &aws::kString},
    {"TopicArn", &aws::kString, true, kExact, {}, In::Body, "Topic"},
    {"Events", &kEvents, true, kSimple,
        "events of tags, ACLs, versions, restores and replication never happen", In::Body, "Event"},
    {"Filter", &kFilter, false, kSimple, "AWS's wording for a rule that stands twice is not known"},
};
constexpr Shape kTopic{.members = kTopicMembers};
constexpr Shape kTopics{.type = Type::List, .element = &kTopic, .flattened = true};
constexpr Shape kBridge{};
constexpr Member kConfigurationMembers[] = {
    {"TopicConfigurations", &kTopics, false, kExact, {}, In::Body, "TopicConfiguration"},
    {"QueueConfigurations", &kQueues, false, kExact, {}, In::Body, "QueueConfiguration"},
    {"LambdaFunctionConfigurations", &kFunctions, false, kExact, {}, In::Body, "CloudFunctionConfiguration"},
    {"EventBridgeConfiguration", &kBridge},
};
constexpr Shape kConfiguration{.members = kConfigurationMembers};

constexpr Member kOwnerMember{
    "ExpectedBucketOwner", &aws::kString, false, kExact, {}, In::Header, "x-amz-expected-bucket-owner"};
constexpr Member kPutMembers[] = {
    {"Bucket", &aws::kString, true, kExact, {}, In::Path},
    {"NotificationConfiguration", &kConfiguration, true, kExact, {}, In::Payload},
    kOwnerMember,
    {"SkipDestinationValidation", &aws::kBoolean, false, kExact, {}, In::Header,
        "x-amz-skip-destination-validation"},
};
constexpr Member kGetMembers[] = {{"Bucket", &aws::kString, true, kExact, {}, In::Path}, kOwnerMember};

}

const Shape kPutNotifications{.members = kPutMembers};
const Shape kGetNotifications{.members = kGetMembers};
const Shape kNotifications{.members = kConfigurationMembers};

}
