#include "core/sns/shapes.h"

namespace core::sns::shapes {

namespace {

using aws::kBoolean;
using aws::kString;
using aws::kStringList;
using aws::kStringMap;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr auto kNo = aws::Fidelity::Unsupported;
constexpr auto kLess = aws::Fidelity::Simplified;

constexpr Member kTopicMember{"TopicArn", &kString, true};
constexpr Member kTokenMember{"NextToken", &kString};

constexpr Member kTagMembers[] = {{"Key", &kString, true}, {"Value", &kString, true}};
constexpr Shape kTag{.members = kTagMembers};
constexpr Shape kTags{.type = Type::List, .element = &kTag};

constexpr std::string_view kTopicAttributes =
    "ArchivePolicy is refused; feedback roles, keys and TracingConfig are kept and shown; AWS's words for "
    "values out of range are not known";
constexpr Member kCreateMembers[] = {
    {"Name", &kString, true},
    {"Attributes", &kStringMap, false, kLess, kTopicAttributes},
    {"Tags", &kTags},
    {"DataProtectionPolicy", &kString, false, kNo, "messages are not looked into for personal data"},
};
constexpr Member kListMembers[] = {kTokenMember};
constexpr Shape kTopic{.members = std::span(&kTopicMember, 1)};
constexpr Shape kTopicList{.type = Type::List, .element = &kTopic};
constexpr Member kListOutputMembers[] = {{"Topics", &kTopicList}, kTokenMember};
constexpr Member kAttributesOutputMembers[] = {{"Attributes", &kStringMap}};
constexpr Member kSetTopicMembers[] = {
    kTopicMember,
    {"AttributeName", &kString, true, kLess, kTopicAttributes},
    {"AttributeValue", &kString},
};

constexpr Member kAddMembers[] = {
    kTopicMember,
    {"Label", &kString, true},
    {"AWSAccountId", &kStringList, true, kLess,
        "written into the policy, which decides for S3 and EventBridge alone: every account may use every "
        "topic"},
    {"ActionName", &kStringList, true},
};
constexpr Member kRemoveMembers[] = {kTopicMember, {"Label", &kString, true}};

constexpr std::string_view kSubscriptionAttributes =
    "ReplayPolicy is refused; a filter policy's limits of keys and combinations are counted at its top level";
constexpr Member kSubscribeMembers[] = {
    kTopicMember,
    {"Protocol", &kString, true, kLess,
        "sqs, lambda, http and https; email, email-json, sms, application and firehose are refused by name: "
        "nothing leaves this computer"},
    {"Endpoint", &kString},
    {"Attributes", &kStringMap, false, kLess, kSubscriptionAttributes},
    {"ReturnSubscriptionArn", &kBoolean},
};
constexpr Member kConfirmMembers[] = {
    kTopicMember,
    {"Token", &kString, true},
    {"AuthenticateOnUnsubscribe", &kString},
};
constexpr Member kSubscriptionOutputMembers[] = {{"SubscriptionArn", &kString}};
constexpr Member kSubscriptionMember{"SubscriptionArn", &kString, true};
constexpr Member kByTopicMembers[] = {kTopicMember, kTokenMember};
constexpr Member kSubscriptionMembers[] = {{"SubscriptionArn", &kString}, {"Owner", &kString},
    {"Protocol", &kString}, {"Endpoint", &kString}, {"TopicArn", &kString}};
constexpr Shape kSubscription{.members = kSubscriptionMembers};
constexpr Shape kSubscriptionList{.type = Type::List, .element = &kSubscription};
constexpr Member kSubscriptionsOutputMembers[] = {{"Subscriptions", &kSubscriptionList}, kTokenMember};
constexpr Member kSetSubscriptionMembers[] = {
    kSubscriptionMember,
    {"AttributeName", &kString, true, kLess, kSubscriptionAttributes},
    {"AttributeValue", &kString},
};

constexpr Member kValueMembers[] = {
    {"DataType", &kString, true}, {"StringValue", &kString}, {"BinaryValue", &aws::kBlob}};
constexpr Shape kValue{.members = kValueMembers};
constexpr Shape kMessageAttributes{
    .type = Type::Map, .element = &kValue, .key = &kString, .elementName = "Name/Value"};
constexpr Member kMessageMember{"Message", &kString, true};
constexpr Member kSubjectMember{"Subject", &kString};
constexpr Member kStructureMember{"MessageStructure", &kString};
constexpr Member kMessageAttributesMember{"MessageAttributes", &kMessageAttributes};
constexpr Member kDuplicateMember{"MessageDeduplicationId", &kString};
constexpr Member kGroupMember{"MessageGroupId", &kString, false, kLess,
    "a message of a group that has to be tried again may be passed by a later one"};
constexpr Member kPublishMembers[] = {
    {"TopicArn", &kString},
    {"TargetArn", &kString, false, kLess, "a topic's ARN; endpoints of mobile devices are not here"},
    {"PhoneNumber", &kString, false, kNo, "no text message leaves this computer"},
    kMessageMember,
    kSubjectMember,
    kStructureMember,
    kMessageAttributesMember,
    kDuplicateMember,
    kGroupMember,
};
constexpr Member kMessageIdMember{"MessageId", &kString};
constexpr Member kSequenceMember{"SequenceNumber", &kString};
constexpr Member kPublishOutputMembers[] = {kMessageIdMember, kSequenceMember};
constexpr Member kEntryMembers[] = {{"Id", &kString, true}, kMessageMember, kSubjectMember, kStructureMember,
    kMessageAttributesMember, kDuplicateMember, kGroupMember};
constexpr Shape kEntry{.members = kEntryMembers};
constexpr Shape kEntries{.type = Type::List, .element = &kEntry};
constexpr Member kBatchMembers[] = {kTopicMember,
    {"PublishBatchRequestEntries", &kEntries, true, kLess,
        "an entry that is wrong fails the whole batch; whether AWS does the same with each "
        "kind of fault is not known"}};
constexpr Member kSentMembers[] = {{"Id", &kString}, kMessageIdMember, kSequenceMember};
constexpr Shape kSent{.members = kSentMembers};
constexpr Shape kSentList{.type = Type::List, .element = &kSent};
constexpr Member kFailedMembers[] = {
    {"Id", &kString}, {"Code", &kString}, {"Message", &kString}, {"SenderFault", &kBoolean}};
constexpr Shape kFailed{.members = kFailedMembers};
constexpr Shape kFailedList{.type = Type::List, .element = &kFailed};
constexpr Member kBatchOutputMembers[] = {{"Successful", &kSentList}, {"Failed", &kFailedList}};

constexpr Member kResourceMember{"ResourceArn", &kString, true};
constexpr Member kTagResourceMembers[] = {kResourceMember, {"Tags", &kTags, true}};
constexpr Member kUntagMembers[] = {kResourceMember, {"TagKeys", &kStringList, true}};
constexpr Member kTagsOutputMembers[] = {{"Tags", &kTags}};

}

const Shape kCreateTopic{.members = kCreateMembers};
const Shape kTopicOutput{.members = std::span(&kTopicMember, 1)};
const Shape kTopicAlone{.members = std::span(&kTopicMember, 1)};
const Shape kListTopics{.members = kListMembers};
const Shape kListTopicsOutput{.members = kListOutputMembers};
const Shape kAttributesOutput{.members = kAttributesOutputMembers};
const Shape kSetTopicAttributes{.members = kSetTopicMembers};
const Shape kAddPermission{.members = kAddMembers};
const Shape kRemovePermission{.members = kRemoveMembers};
const Shape kSubscribe{.members = kSubscribeMembers};
const Shape kConfirmSubscription{.members = kConfirmMembers};
const Shape kSubscriptionOutput{.members = kSubscriptionOutputMembers};
const Shape kSubscriptionAlone{.members = std::span(&kSubscriptionMember, 1)};
const Shape kListSubscriptions{.members = kListMembers};
const Shape kListByTopic{.members = kByTopicMembers};
const Shape kSubscriptionsOutput{.members = kSubscriptionsOutputMembers};
const Shape kSetSubscriptionAttributes{.members = kSetSubscriptionMembers};
const Shape kPublish{.members = kPublishMembers};
const Shape kPublishOutput{.members = kPublishOutputMembers};
const Shape kPublishBatch{.members = kBatchMembers};
const Shape kPublishBatchOutput{.members = kBatchOutputMembers};
const Shape kTagResource{.members = kTagResourceMembers};
const Shape kUntagResource{.members = kUntagMembers};
const Shape kResourceAlone{.members = std::span(&kResourceMember, 1)};
const Shape kTagsOutput{.members = kTagsOutputMembers};
const Shape kNothing{};

}
