#include "core/events/shapes.h"

#include "core/aws/service.h"

namespace core::events::shapes {

namespace {

using aws::kDocument;
using aws::kInteger;
using aws::kString;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr auto kNo = aws::Fidelity::Unsupported;
constexpr auto kLess = aws::Fidelity::Simplified;

constexpr std::string_view kStates[] = {
    "ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"};

constexpr Shape kBusName{.type = Type::String, .min = 1, .max = 256, .pattern = R"([/\.\-_A-Za-z0-9]+)"};
constexpr Shape kBusOrArn{.type = Type::String,
    .min = 1,
    .max = 1600,
    .pattern = R"((arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/\.\-_A-Za-z0-9]+)"};
constexpr Shape kRuleName{.type = Type::String, .min = 1, .max = 64, .pattern = R"([\.\-_A-Za-z0-9]+)"};
constexpr Shape kDescription{.type = Type::String, .max = 512};
constexpr Shape kLimit{.type = Type::Integer, .min = 1, .max = 100};
constexpr Shape kToken{.type = Type::String, .min = 1, .max = 2048};
constexpr Shape kPattern{.type = Type::String, .max = 4096};
constexpr Shape kExpression{.type = Type::String, .max = 256};
constexpr Shape kState{.type = Type::String, .values = kStates};
constexpr Shape kArn{.type = Type::String, .min = 1, .max = 1600};
constexpr Shape kTargetId{.type = Type::String, .min = 1, .max = 64, .pattern = R"([\.\-_A-Za-z0-9]+)"};
constexpr Shape kInput{.type = Type::String, .max = 8192};
constexpr Shape kInputPath{.type = Type::String, .max = 256};
constexpr Shape kTemplate{.type = Type::String, .min = 1, .max = 8192};
constexpr Shape kRetries{.type = Type::Integer, .min = 0, .max = 185};
constexpr Shape kAge{.type = Type::Integer, .min = 60, .max = 86'400};

constexpr Member kTagMembers[] = {{"Key", &kString, true}, {"Value", &kString, true}};
constexpr Shape kTag{.members = kTagMembers};
constexpr Shape kTags{.type = Type::List, .element = &kTag};

constexpr Member kBusMember{"EventBusName", &kBusOrArn};
constexpr Member kLimitMember{"Limit", &kLimit};
constexpr Member kTokenMember{"NextToken", &kToken};

constexpr Member kCreateBusMembers[] = {
    {"Name", &kBusName, true},
    {"EventSourceName", &kString, false, kNo, "there are no partners"},
    {"Description", &kDescription},
    {"KmsKeyIdentifier", &kString, false, kNo, "events are not encrypted"},
    {"DeadLetterConfig", &kDocument, false, kNo, "targets have dead-letter queues, buses none"},
    {"LogConfig", &kDocument, false, kNo, "the tracks show what a bus does"},
    {"Tags", &kTags},
};
constexpr Member kNamedBusMembers[] = {
    {"Name", &kBusOrArn, true, kLess, "AWS's wording for a bus that has rules is not known"}};
constexpr Member kDescribeBusMembers[] = {{"Name", &kBusOrArn}};
constexpr Member kListBusesMembers[] = {{"NamePrefix", &kBusName}, kTokenMember, kLimitMember};

constexpr Member kPutRuleMembers[] = {
    {"Name", &kRuleName, true},
    {"ScheduleExpression", &kExpression},
    {"EventPattern", &kPattern, false, kLess, "AWS also tells where in the text a pattern is wrong"},
    {"State", &kState, false, kLess, "nothing here makes CloudTrail's events"},
    {"Description", &kDescription},
    {"RoleArn", &kString, false, kLess, "kept and shown; there are no roles"},
    {"Tags", &kTags},
    kBusMember,
};
constexpr Member kRuleMembers[] = {{"Name", &kRuleName, true}, kBusMember};
constexpr Member kDeleteRuleMembers[] = {{"Name", &kRuleName, true}, kBusMember, {"Force", &aws::kBoolean}};
constexpr Member kListRulesMembers[] = {{"NamePrefix", &kRuleName}, kBusMember, kTokenMember, kLimitMember};
constexpr Member kByTargetMembers[] = {{"TargetArn", &kArn, true}, kBusMember, kTokenMember, kLimitMember};

constexpr Shape kPaths{.type = Type::Map, .max = 100, .element = &kString, .key = &kString};
constexpr Member kTransformerMembers[] = {
    {"InputPathsMap", &kPaths},
    {"InputTemplate", &kTemplate, true, kLess,
        "what AWS puts in for a path that the event does not have is not known: an empty text here"},
};
constexpr Shape kTransformer{.members = kTransformerMembers};
constexpr Member kRetryMembers[] = {{"MaximumRetryAttempts", &kRetries}, {"MaximumEventAgeInSeconds", &kAge}};
constexpr Shape kRetry{.members = kRetryMembers};
constexpr Shape kQueueArn{.type = Type::String, .min = 1, .max = 1600};
constexpr Member kDeadLetterMembers[] = {{"Arn", &kQueueArn}};
constexpr Shape kDeadLetter{.members = kDeadLetterMembers};
constexpr Shape kGroup{.type = Type::String, .max = 128};
constexpr Member kSqsMembers[] = {{"MessageGroupId", &kGroup}};
constexpr Shape kSqs{.members = kSqsMembers};
constexpr std::string_view kOther = "of targets that are not here";
constexpr Member kTargetMembers[] = {
    {"Id", &kTargetId, true},
    {"Arn", &kArn, true, kLess,
        "functions, queues, standard topics, log groups and event buses; other targets are refused by name"},
    {"RoleArn", &kString, false, kLess, "kept and shown; there are no roles"},
    {"Input", &kInput, false, kLess, "AWS's wording for a text that is no JSON is not known"},
    {"InputPath", &kInputPath},
    {"InputTransformer", &kTransformer},
    {"KinesisParameters", &kDocument, false, kNo, kOther},
    {"RunCommandParameters", &kDocument, false, kNo, kOther},
    {"EcsParameters", &kDocument, false, kNo, kOther},
    {"BatchParameters", &kDocument, false, kNo, kOther},
    {"SqsParameters", &kSqs},
    {"HttpParameters", &kDocument, false, kNo, kOther},
    {"RedshiftDataParameters", &kDocument, false, kNo, kOther},
    {"SageMakerPipelineParameters", &kDocument, false, kNo, kOther},
    {"DeadLetterConfig", &kDeadLetter},
    {"RetryPolicy", &kRetry},
    {"AppSyncParameters", &kDocument, false, kNo, kOther},
};
constexpr Shape kTarget{.members = kTargetMembers};
constexpr Shape kTargets{.type = Type::List, .min = 1, .max = 100, .element = &kTarget};
constexpr Shape kIds{.type = Type::List, .min = 1, .max = 100, .element = &kTargetId};
constexpr Member kPutTargetsMembers[] = {
    {"Rule", &kRuleName, true}, kBusMember, {"Targets", &kTargets, true}};
constexpr Member kListTargetsMembers[] = {{"Rule", &kRuleName, true}, kBusMember, kTokenMember, kLimitMember};
constexpr Member kRemoveTargetsMembers[] = {
    {"Rule", &kRuleName, true}, kBusMember, {"Ids", &kIds, true}, {"Force", &aws::kBoolean}};

constexpr Shape kResources{.type = Type::List, .element = &kString};
constexpr Shape kBusText{.type = Type::String, .max = 1600};
constexpr Shape kTrace{.type = Type::String, .min = 1, .max = 500};
constexpr Member kEntryMembers[] = {
    {"Time", &aws::kTimestamp},
    {"Source", &kString},
    {"Resources", &kResources},
    {"DetailType", &kString},
    {"Detail", &kString},
    {"EventBusName", &kBusText},
    {"TraceHeader", &kTrace, false, kLess, "the event joins the track of its request"},
};
constexpr Shape kEntry{.members = kEntryMembers};
constexpr Shape kEntries{.type = Type::List, .min = 1, .max = 10, .element = &kEntry};
constexpr Member kPutEventsMembers[] = {
    {"Entries", &kEntries, true}, {"EndpointId", &kString, false, kNo, "there are no global endpoints"}};
constexpr Member kTestMembers[] = {
    {"EventPattern", &kPattern, true, kLess, "AWS also tells where in the text a pattern is wrong"},
    {"Event", &kString, true, kLess, "which members an event must have is AWS's; its wording is not known"},
};
constexpr Member kResourceMember{"ResourceARN", &kArn, true};
constexpr Member kTagMembersOf[] = {kResourceMember, {"Tags", &kTags, true}};
constexpr Shape kTagKeys{.type = Type::List, .element = &kString};
constexpr Member kUntagMembers[] = {kResourceMember, {"TagKeys", &kTagKeys, true}};
constexpr Member kListTagsMembers[] = {kResourceMember};

}

const Shape kCreateEventBus{.members = kCreateBusMembers};
const Shape kNamedBus{.members = kNamedBusMembers};
const Shape kDescribeEventBus{.members = kDescribeBusMembers};
const Shape kListEventBuses{.members = kListBusesMembers};
const Shape kPutRule{.members = kPutRuleMembers};
const Shape kRule{.members = kRuleMembers};
const Shape kDeleteRule{.members = kDeleteRuleMembers};
const Shape kListRules{.members = kListRulesMembers};
const Shape kListRuleNamesByTarget{.members = kByTargetMembers};
const Shape kPutTargets{.members = kPutTargetsMembers};
const Shape kListTargetsByRule{.members = kListTargetsMembers};
const Shape kRemoveTargets{.members = kRemoveTargetsMembers};
const Shape kPutEvents{.members = kPutEventsMembers};
const Shape kTestEventPattern{.members = kTestMembers};
const Shape kTagResource{.members = kTagMembersOf};
const Shape kUntagResource{.members = kUntagMembers};
const Shape kListTagsForResource{.members = kListTagsMembers};

}
