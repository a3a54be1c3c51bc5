#include "core/sqs/shapes.h"

namespace core::sqs::shapes {

namespace {

using aws::In;
using aws::kInteger;
using aws::kString;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr auto kExact = aws::Fidelity::Exact;
constexpr auto kLess = aws::Fidelity::Simplified;

constexpr Shape listOf(const Shape& element, std::string_view name)
{
    return {.type = Type::List, .element = &element, .elementName = name, .flattened = true};
}

constexpr Shape kMap{
    .type = Type::Map, .element = &kString, .key = &kString, .elementName = "Name/Value", .flattened = true};
constexpr Shape kTags{
    .type = Type::Map, .element = &kString, .key = &kString, .elementName = "Key/Value", .flattened = true};
constexpr Member kUrlMember{"QueueUrl", &kString, true};
constexpr Member kTokenMember{"NextToken", &kString};
constexpr Member kMostMember{"MaxResults", &kInteger};
constexpr std::string_view kAttributesNote =
    "policies let S3 and EventBridge send and are kept for the rest; nothing is encrypted; AWS's wording for "
    "a "
    "redrive allow policy or a limit of throughput that is wrong is not known";

constexpr Member kCreateMembers[] = {
    {"QueueName", &kString, true},
    {"Attributes", &kMap, false, kLess, kAttributesNote, In::Body, "Attribute"},
    {"tags", &kTags, false, kExact, {}, In::Body, "Tag"},
};
constexpr Member kUrlOutputMembers[] = {{"QueueUrl", &kString}};
constexpr Member kAloneMembers[] = {kUrlMember};
constexpr Member kGetUrlMembers[] = {{"QueueName", &kString, true}, {"QueueOwnerAWSAccountId", &kString}};
constexpr Shape kUrls = listOf(kString, "QueueUrl");
constexpr Member kListMembers[] = {{"QueueNamePrefix", &kString}, kTokenMember, kMostMember};
constexpr Member kListOutputMembers[] = {
    {"QueueUrls", &kUrls, false, kExact, {}, In::Body, "QueueUrl"}, kTokenMember};
constexpr Member kSourcesMembers[] = {kUrlMember, kTokenMember, kMostMember};
constexpr Member kSourcesOutputMembers[] = {
    {"queueUrls", &kUrls, false, kExact, {}, In::Body, "QueueUrl"}, kTokenMember};
constexpr Shape kNames = listOf(kString, "AttributeName");
constexpr Member kNamesMember{"AttributeNames", &kNames, false, kExact, {}, In::Body, "AttributeName"};
constexpr Member kGetMembers[] = {kUrlMember, kNamesMember};
constexpr Member kAttributesOutputMembers[] = {
    {"Attributes", &kMap, false, kExact, {}, In::Body, "Attribute"}};
constexpr Member kSetMembers[] = {
    kUrlMember, {"Attributes", &kMap, true, kLess, kAttributesNote, In::Body, "Attribute"}};
constexpr Member kTagMembers[] = {kUrlMember, {"Tags", &kTags, true, kExact, {}, In::Body, "Tag"}};
constexpr Shape kKeys = listOf(kString, "TagKey");
constexpr Member kUntagMembers[] = {kUrlMember, {"TagKeys", &kKeys, true, kExact, {}, In::Body, "TagKey"}};
constexpr Member kTagsOutputMembers[] = {{"Tags", &kTags, false, kExact, {}, In::Body, "Tag"}};

constexpr Shape kStrings = listOf(kString, "StringListValue");
constexpr Shape kBlobs = listOf(aws::kBlob, "BinaryListValue");
constexpr auto kNo = aws::Fidelity::Unsupported;
constexpr std::string_view kListsNote = "lists of values are not implemented by AWS either";
constexpr Member kValueMembers[] = {
    {"StringValue", &kString},
    {"BinaryValue", &aws::kBlob},
    {"StringListValues", &kStrings, false, kNo, kListsNote, In::Body, "StringListValue"},
    {"BinaryListValues", &kBlobs, false, kNo, kListsNote, In::Body, "BinaryListValue"},
    {"DataType", &kString, true},
};
constexpr Shape kValue{.members = kValueMembers};
constexpr Shape kUserAttributes{
    .type = Type::Map, .element = &kValue, .key = &kString, .elementName = "Name/Value", .flattened = true};
constexpr Shape kSystemAttributes{
    .type = Type::Map, .element = &kValue, .key = &kString, .elementName = "Name/Value", .flattened = true};
constexpr Member kDelayMember{"DelaySeconds", &kInteger};
constexpr Member kUserMember{
    "MessageAttributes", &kUserAttributes, false, kExact, {}, In::Body, "MessageAttribute"};
constexpr Member kSystemMember{
    "MessageSystemAttributes", &kSystemAttributes, false, kExact, {}, In::Body, "MessageSystemAttribute"};
constexpr Member kDuplicateMember{"MessageDeduplicationId", &kString};
constexpr Member kGroupMember{"MessageGroupId", &kString, false, kLess,
    "standard queues keep it and share their messages without looking at it"};
constexpr Member kSendMembers[] = {kUrlMember, {"MessageBody", &kString, true}, kDelayMember, kUserMember,
    kSystemMember, kDuplicateMember, kGroupMember};
constexpr Member kSendOutputMembers[] = {{"MD5OfMessageBody", &kString}, {"MD5OfMessageAttributes", &kString},
    {"MD5OfMessageSystemAttributes", &kString}, {"MessageId", &kString}, {"SequenceNumber", &kString}};
constexpr Member kSendEntryMembers[] = {{"Id", &kString, true}, {"MessageBody", &kString, true}, kDelayMember,
    kUserMember, kSystemMember, kDuplicateMember, kGroupMember};
constexpr Shape kSendEntry{.members = kSendEntryMembers};
constexpr Shape kSendEntries = listOf(kSendEntry, "SendMessageBatchRequestEntry");
constexpr Member kSendBatchMembers[] = {
    kUrlMember, {"Entries", &kSendEntries, true, kExact, {}, In::Body, "SendMessageBatchRequestEntry"}};
constexpr Member kErrorEntryMembers[] = {
    {"Id", &kString}, {"SenderFault", &aws::kBoolean}, {"Code", &kString}, {"Message", &kString}};
constexpr Shape kErrorEntry{.members = kErrorEntryMembers};
constexpr Shape kErrorEntries = listOf(kErrorEntry, "BatchResultErrorEntry");
constexpr Member kFailedMember{
    "Failed", &kErrorEntries, false, kExact, {}, In::Body, "BatchResultErrorEntry"};
constexpr Member kSentEntryMembers[] = {{"Id", &kString}, {"MessageId", &kString},
    {"MD5OfMessageBody", &kString}, {"MD5OfMessageAttributes", &kString},
    {"MD5OfMessageSystemAttributes", &kString}, {"SequenceNumber", &kString}};
constexpr Shape kSentEntry{.members = kSentEntryMembers};
constexpr Shape kSentEntries = listOf(kSentEntry, "SendMessageBatchResultEntry");
constexpr Member kSendBatchOutputMembers[] = {
    {"Successful", &kSentEntries, false, kExact, {}, In::Body, "SendMessageBatchResultEntry"}, kFailedMember};

constexpr Shape kSystemNames = listOf(kString, "MessageSystemAttributeName");
constexpr Shape kUserNames = listOf(kString, "MessageAttributeName");
constexpr Member kReceiveMembers[] = {
    kUrlMember,
    kNamesMember,
    {"MessageSystemAttributeNames", &kSystemNames, false, kExact, {}, In::Body, "MessageSystemAttributeName"},
    {"MessageAttributeNames", &kUserNames, false, kExact, {}, In::Body, "MessageAttributeName"},
    {"MaxNumberOfMessages", &kInteger},
    {"VisibilityTimeout", &kInteger},
    {"WaitTimeSeconds", &kInteger, false, kLess, "real time, whatever the chamber's clock does"},
    {"ReceiveRequestAttemptId", &kString, false, kLess, "each receive is a new one"},
};
constexpr Member kMessageMembers[] = {
    {"MessageId", &kString},
    {"ReceiptHandle", &kString},
    {"MD5OfBody", &kString},
    {"Body", &kString},
    {"Attributes", &kMap, false, kExact, {}, In::Body, "Attribute"},
    {"MD5OfMessageAttributes", &kString},
    kUserMember,
};
constexpr Shape kMessage{.members = kMessageMembers};
constexpr Shape kMessages = listOf(kMessage, "Message");
constexpr Member kReceiveOutputMembers[] = {{"Messages", &kMessages, false, kExact, {}, In::Body, "Message"}};

constexpr Member kHandleMember{"ReceiptHandle", &kString, true};
constexpr Member kIdMember{"Id", &kString, true};
constexpr Shape kDoneEntry{.members = std::span(&kIdMember, 1)};
constexpr Member kDeleteMembers[] = {kUrlMember, kHandleMember};
constexpr Member kDeleteEntryMembers[] = {kIdMember, kHandleMember};
constexpr Shape kDeleteEntry{.members = kDeleteEntryMembers};
constexpr Shape kDeleteEntries = listOf(kDeleteEntry, "DeleteMessageBatchRequestEntry");
constexpr Member kDeleteBatchMembers[] = {
    kUrlMember, {"Entries", &kDeleteEntries, true, kExact, {}, In::Body, "DeleteMessageBatchRequestEntry"}};
constexpr Shape kDeleted = listOf(kDoneEntry, "DeleteMessageBatchResultEntry");
constexpr Member kDeleteBatchOutputMembers[] = {
    {"Successful", &kDeleted, false, kExact, {}, In::Body, "DeleteMessageBatchResultEntry"}, kFailedMember};

constexpr Member kVisibilityMembers[] = {kUrlMember, kHandleMember, {"VisibilityTimeout", &kInteger, true}};
constexpr Member kVisibilityEntryMembers[] = {kIdMember, kHandleMember, {"VisibilityTimeout", &kInteger}};
constexpr Shape kVisibilityEntry{.members = kVisibilityEntryMembers};
constexpr Shape kVisibilityEntries = listOf(kVisibilityEntry, "ChangeMessageVisibilityBatchRequestEntry");
constexpr Member kVisibilityBatchMembers[] = {kUrlMember,
    {"Entries", &kVisibilityEntries, true, kExact, {}, In::Body, "ChangeMessageVisibilityBatchRequestEntry"}};
constexpr Shape kChanged = listOf(kDoneEntry, "ChangeMessageVisibilityBatchResultEntry");
constexpr Member kVisibilityBatchOutputMembers[] = {
    {"Successful", &kChanged, false, kExact, {}, In::Body, "ChangeMessageVisibilityBatchResultEntry"},
    kFailedMember};
constexpr Member kSourceArnMember{"SourceArn", &kString, true};
constexpr Member kTaskMember{"TaskHandle", &kString};
constexpr Member kMovedMember{"ApproximateNumberOfMessagesMoved", &kInteger};
constexpr Member kStartMoveMembers[] = {kSourceArnMember, {"DestinationArn", &kString},
    {"MaxNumberOfMessagesPerSecond", &kInteger, false, kLess,
        "AWS's wording for a number that is not between 1 and 500 is not known"}};
constexpr Member kStartMoveOutputMembers[] = {kTaskMember};
constexpr Member kCancelMoveMembers[] = {{"TaskHandle", &kString, true, kLess,
    "AWS's wording for a task that is over is not known, and none is seen to be CANCELLING"}};
constexpr Member kCancelMoveOutputMembers[] = {kMovedMember};
constexpr Member kListMovesMembers[] = {kSourceArnMember, kMostMember};
constexpr Member kMoveMembers[] = {kTaskMember, {"Status", &kString}, {"SourceArn", &kString},
    {"DestinationArn", &kString}, {"MaxNumberOfMessagesPerSecond", &kInteger}, kMovedMember,
    {"ApproximateNumberOfMessagesToMove", &kInteger}, {"FailureReason", &kString},
    {"StartedTimestamp", &kInteger}};
constexpr Shape kMove{.members = kMoveMembers};
constexpr Shape kMoves = listOf(kMove, "ListMessageMoveTasksResultEntry");
constexpr Member kListMovesOutputMembers[] = {
    {"Results", &kMoves, false, kExact, {}, In::Body, "ListMessageMoveTasksResultEntry"}};

constexpr Shape kAccounts = listOf(kString, "AWSAccountId");
constexpr Shape kActionNames = listOf(kString, "ActionName");
constexpr Member kLabelMember{"Label", &kString, true};
constexpr Member kAddPermissionMembers[] = {kUrlMember, kLabelMember,
    {"AWSAccountIds", &kAccounts, true, kExact, {}, In::Body, "AWSAccountId"},
    {"Actions", &kActionNames, true, kExact, {}, In::Body, "ActionName"}};
constexpr Member kRemovePermissionMembers[] = {kUrlMember, kLabelMember};
constexpr Member kArrivalsMembers[] = {{"QueueUrl", &kString, true, kExact, {}, In::Query}};

}

const Shape kCreateQueue{.members = kCreateMembers};
const Shape kQueueUrlOutput{.members = kUrlOutputMembers};
const Shape kQueueAlone{.members = kAloneMembers};
const Shape kGetQueueUrl{.members = kGetUrlMembers};
const Shape kListQueues{.members = kListMembers};
const Shape kListQueuesOutput{.members = kListOutputMembers};
const Shape kListSources{.members = kSourcesMembers};
const Shape kListSourcesOutput{.members = kSourcesOutputMembers};
const Shape kGetAttributes{.members = kGetMembers};
const Shape kAttributesOutput{.members = kAttributesOutputMembers};
const Shape kSetAttributes{.members = kSetMembers};
const Shape kTagQueue{.members = kTagMembers};
const Shape kUntagQueue{.members = kUntagMembers};
const Shape kTagsOutput{.members = kTagsOutputMembers};
const Shape kSendMessage{.members = kSendMembers};
const Shape kSendOutput{.members = kSendOutputMembers};
const Shape kSendBatch{.members = kSendBatchMembers};
const Shape kSendBatchOutput{.members = kSendBatchOutputMembers};
const Shape kReceive{.members = kReceiveMembers};
const Shape kReceiveOutput{.members = kReceiveOutputMembers};
const Shape kDelete{.members = kDeleteMembers};
const Shape kDeleteBatch{.members = kDeleteBatchMembers};
const Shape kDeleteBatchOutput{.members = kDeleteBatchOutputMembers};
const Shape kVisibility{.members = kVisibilityMembers};
const Shape kVisibilityBatch{.members = kVisibilityBatchMembers};
const Shape kVisibilityBatchOutput{.members = kVisibilityBatchOutputMembers};
const Shape kStartMove{.members = kStartMoveMembers};
const Shape kStartMoveOutput{.members = kStartMoveOutputMembers};
const Shape kCancelMove{.members = kCancelMoveMembers};
const Shape kCancelMoveOutput{.members = kCancelMoveOutputMembers};
const Shape kListMoves{.members = kListMovesMembers};
const Shape kListMovesOutput{.members = kListMovesOutputMembers};
const Shape kAddPermission{.members = kAddPermissionMembers};
const Shape kRemovePermission{.members = kRemovePermissionMembers};
const Shape kArrivals{.members = kArrivalsMembers};

}
