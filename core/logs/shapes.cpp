#include "core/logs/shapes.h"

namespace core::logs::shapes {

namespace {

using aws::Fidelity;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr auto kNo = Fidelity::Unsupported;

constexpr std::string_view kClasses[] = {"STANDARD", "INFREQUENT_ACCESS", "DELIVERY"};
constexpr std::string_view kOrders[] = {"LogStreamName", "LastEventTime"};

constexpr Shape kGroupName{.type = Type::String, .min = 1, .max = 512, .pattern = R"([\.\-_/#A-Za-z0-9]+)"};
constexpr Shape kGroupIdentifier{.type = Type::String, .min = 1, .max = 2048, .pattern = R"([\w#+=/:,.@-]*)"};
constexpr Shape kStreamName{.type = Type::String, .min = 1, .max = 512, .pattern = R"([^:*]*)"};
constexpr Shape kStreamNames{.type = Type::List, .min = 1, .max = 100, .element = &kStreamName};
constexpr Shape kGroupClass{.type = Type::String, .values = kClasses};
constexpr Shape kOrderBy{.type = Type::String, .values = kOrders};
constexpr Shape kToken{.type = Type::String, .min = 1};
constexpr Shape kPageSize{.type = Type::Integer, .min = 1, .max = 50};
constexpr Shape kEventLimit{.type = Type::Integer, .min = 1, .max = 10'000};
constexpr Shape kMoment{.type = Type::Long, .min = 0};
constexpr Shape kPattern{.type = Type::String, .min = 0, .max = 1024};
constexpr Shape kMessage{.type = Type::String, .min = 1};

constexpr Member kEventMembers[] = {{"timestamp", &kMoment, true}, {"message", &kMessage, true}};
constexpr Shape kEvent{.type = Type::Structure, .members = kEventMembers};
constexpr Shape kEventList{.type = Type::List, .min = 1, .max = 10'000, .element = &kEvent};

constexpr Member kCreateLogGroupMembers[] = {
    {"logGroupName", &kGroupName, true},
    {"logGroupClass", &kGroupClass, false, Fidelity::Simplified,
        "kept and shown; every class behaves as STANDARD"},
    {"kmsKeyId", &aws::kString, false, kNo},
    {"tags", &aws::kStringMap, false, kNo},
    {"deletionProtectionEnabled", &aws::kBoolean, false, kNo},
};
constexpr Member kDeleteLogGroupMembers[] = {{"logGroupName", &kGroupName, true}};
constexpr Member kPutRetentionPolicyMembers[] = {
    {"logGroupName", &kGroupName, true},
    {"retentionInDays", &aws::kInteger, true, Fidelity::Simplified,
        "older events are not shown any more; their bytes are not freed; AWS's order of the values was not "
        "seen"},
};
constexpr Member kDescribeLogGroupsMembers[] = {
    {"logGroupNamePrefix", &kGroupName},
    {"logGroupNamePattern", &kGroupName},
    {"nextToken", &kToken},
    {"limit", &kPageSize},
    {"logGroupClass", &kGroupClass},
    {"accountIdentifiers", &aws::kStringList, false, kNo},
    {"includeLinkedAccounts", &aws::kBoolean, false, kNo},
    {"logGroupIdentifiers", &aws::kStringList, false, kNo},
};
constexpr Member kCreateLogStreamMembers[] = {
    {"logGroupName", &kGroupName, true}, {"logStreamName", &kStreamName, true}};
constexpr Member kDescribeLogStreamsMembers[] = {
    {"logGroupName", &kGroupName},
    {"logGroupIdentifier", &kGroupIdentifier},
    {"logStreamNamePrefix", &kStreamName},
    {"orderBy", &kOrderBy},
    {"descending", &aws::kBoolean},
    {"nextToken", &kToken},
    {"limit", &kPageSize},
};
constexpr Member kPutLogEventsMembers[] = {
    {"logGroupName", &kGroupName, true},
    {"logStreamName", &kStreamName, true},
    {"logEvents", &kEventList, true},
    {"sequenceToken", &aws::kString, false, Fidelity::Simplified,
        "accepted and ignored, as AWS does since 2023"},
    {"entity", &aws::kDocument, false, kNo},
};
constexpr Member kGetLogEventsMembers[] = {
    {"logGroupName", &kGroupName},
    {"logGroupIdentifier", &kGroupIdentifier},
    {"logStreamName", &kStreamName, true},
    {"startTime", &kMoment},
    {"endTime", &kMoment},
    {"nextToken", &kToken},
    {"limit", &kEventLimit},
    {"startFromHead", &aws::kBoolean},
    {"unmask", &aws::kBoolean, false, Fidelity::Simplified, "nothing is masked here"},
};
constexpr Member kFilterLogEventsMembers[] = {
    {"logGroupName", &kGroupName},
    {"logGroupIdentifier", &kGroupIdentifier},
    {"logStreamNames", &kStreamNames},
    {"logStreamNamePrefix", &kStreamName},
    {"startTime", &kMoment},
    {"endTime", &kMoment},
    {"filterPattern", &kPattern, false, Fidelity::Simplified,
        "terms, phrases, ?any and -without, JSON members; no columns, no regular expressions"},
    {"nextToken", &kToken},
    {"limit", &kEventLimit},
    {"interleaved", &aws::kBoolean, false, Fidelity::Simplified,
        "always interleaved, as AWS does since 2019"},
    {"unmask", &aws::kBoolean, false, Fidelity::Simplified, "nothing is masked here"},
};
constexpr Shape kWait{.type = aws::Type::Integer, .min = 0, .max = 30};
constexpr Member kTailLogEventsMembers[] = {
    {"group", &kGroupName, true, Fidelity::Exact, {}, aws::In::Query},
    {"cursor", &aws::kString, false, Fidelity::Exact, {}, aws::In::Query},
    {"filterPattern", &kPattern, false, Fidelity::Exact, {}, aws::In::Query},
    {"region", &aws::kString, false, Fidelity::Exact, {}, aws::In::Query},
    {"limit", &kEventLimit, false, Fidelity::Exact, {}, aws::In::Query},
    {"wait", &kWait, false, Fidelity::Exact, {}, aws::In::Query},
};

}

const Shape kCreateLogGroup{.members = kCreateLogGroupMembers};
const Shape kDeleteLogGroup{.members = kDeleteLogGroupMembers};
const Shape kPutRetentionPolicy{.members = kPutRetentionPolicyMembers};
const Shape kDescribeLogGroups{.members = kDescribeLogGroupsMembers};
const Shape kCreateLogStream{.members = kCreateLogStreamMembers};
const Shape kDeleteLogStream{.members = kCreateLogStreamMembers};
const Shape kDescribeLogStreams{.members = kDescribeLogStreamsMembers};
const Shape kPutLogEvents{.members = kPutLogEventsMembers};
const Shape kGetLogEvents{.members = kGetLogEventsMembers};
const Shape kFilterLogEvents{.members = kFilterLogEventsMembers};
const Shape kTailLogEvents{.members = kTailLogEventsMembers};

}
