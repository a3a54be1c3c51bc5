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

constexpr Shape kTagKey{.type = Type::String, .min = 1, .max = 128};
constexpr Shape kTagValue{.type = Type::String, .max = 256};
constexpr Shape kTags{.type = Type::Map, .min = 1, .max = 50, .element = &kTagValue, .key = &kTagKey};
constexpr Shape kTagKeys{.type = Type::List, .max = 50, .element = &kTagKey};

constexpr Member kCreateLogGroupMembers[] = {
    {"logGroupName", &kGroupName, true},
    {"logGroupClass", &kGroupClass, false, Fidelity::Simplified,
        "kept and shown; every class behaves as STANDARD"},
    {"kmsKeyId", &aws::kString, false, kNo},
    {"tags", &kTags},
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
constexpr std::string_view kDistributions[] = {"Random", "ByLogStream"};
constexpr std::string_view kUnits[] = {"Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes",
    "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent",
    "Count", "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second",
    "Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second",
    "None"};

constexpr Shape kGroupIdentifiers{.type = Type::List, .min = 1, .max = 10, .element = &kGroupIdentifier};
constexpr Member kStartLiveTailMembers[] = {
    {"logGroupIdentifiers", &kGroupIdentifiers, true, Fidelity::Simplified,
        "names are taken, too, where AWS wants ARNs; a session never ends by itself"},
    {"logStreamNames", &kStreamNames},
    {"logStreamNamePrefixes", &kStreamNames},
    {"logEventFilterPattern", &kPattern, false, Fidelity::Simplified,
        "terms, phrases, ?any and -without, JSON members; no columns, no regular expressions"},
};

constexpr Shape kResourceArn{.type = Type::String, .min = 1, .max = 1011, .pattern = R"([\w+=/:,.@-]*)"};
constexpr Member kResourceArnMember = {"resourceArn", &kResourceArn, true, Fidelity::Simplified,
    "log groups alone; the wording of what is no group's ARN is unverified"};
constexpr Member kTagResourceMembers[] = {kResourceArnMember, {"tags", &kTags, true}};
constexpr Member kUntagResourceMembers[] = {kResourceArnMember, {"tagKeys", &kTagKeys, true}};
constexpr Member kListTagsForResourceMembers[] = {kResourceArnMember};
constexpr Member kTagLogGroupMembers[] = {{"logGroupName", &kGroupName, true}, {"tags", &kTags, true}};
constexpr Shape kTagList{.type = Type::List, .min = 1, .element = &kTagKey};
constexpr Member kUntagLogGroupMembers[] = {{"logGroupName", &kGroupName, true}, {"tags", &kTagList, true}};

constexpr Shape kFilterName = kStreamName;
constexpr Shape kDestination{.type = Type::String, .min = 1};
constexpr Shape kDistribution{.type = Type::String, .values = kDistributions};
constexpr Shape kCriteria{.type = Type::String, .max = 2000};
constexpr Member kPutSubscriptionFilterMembers[] = {
    {"logGroupName", &kGroupName, true},
    {"filterName", &kFilterName, true},
    {"filterPattern", &kPattern, true, Fidelity::Simplified,
        "terms, phrases, ?any and -without, JSON members; no columns, no regular expressions"},
    {"destinationArn", &kDestination, true, Fidelity::Simplified,
        "functions only, and none with its own log; each batch of PutLogEvents is an invocation"},
    {"roleArn", &kDestination},
    {"distribution", &kDistribution, false, Fidelity::Simplified,
        "kept and shown; means nothing to functions"},
    {"applyOnTransformedLogs", &aws::kBoolean, false, kNo},
    {"fieldSelectionCriteria", &kCriteria, false, kNo},
    {"emitSystemFields", &aws::kStringList, false, kNo},
};
constexpr Member kDeleteFilterMembers[] = {
    {"logGroupName", &kGroupName, true}, {"filterName", &kFilterName, true}};
constexpr Member kDescribeSubscriptionFiltersMembers[] = {
    {"logGroupName", &kGroupName, true},
    {"filterNamePrefix", &kFilterName},
    {"nextToken", &kToken},
    {"limit", &kPageSize},
};

constexpr Shape kMetricName{.type = Type::String, .max = 255, .pattern = R"([^:*$]*)"};
constexpr Shape kMetricValue{.type = Type::String, .max = 100};
constexpr Shape kDimensionText{.type = Type::String, .max = 255};
constexpr Shape kDimensions{.type = Type::Map, .element = &kDimensionText, .key = &kDimensionText};
constexpr Shape kUnit{.type = Type::String, .values = kUnits};
constexpr Member kTransformationMembers[] = {
    {"metricName", &kMetricName, true},
    {"metricNamespace", &kMetricName, true},
    {"metricValue", &kMetricValue, true, Fidelity::Simplified, "a number, or a JSON selector; no columns"},
    {"defaultValue", &aws::kDouble, false, Fidelity::Simplified, "of each event that does not match"},
    {"dimensions", &kDimensions, false, Fidelity::Simplified, "JSON selectors; no columns"},
    {"unit", &kUnit},
};
constexpr Shape kTransformation{.type = Type::Structure, .members = kTransformationMembers};
constexpr Shape kTransformations{.type = Type::List, .min = 1, .max = 1, .element = &kTransformation};
constexpr Member kPutMetricFilterMembers[] = {
    {"logGroupName", &kGroupName, true},
    {"filterName", &kFilterName, true},
    {"filterPattern", &kPattern, true, Fidelity::Simplified,
        "terms, phrases, ?any and -without, JSON members; no columns, no regular expressions"},
    {"metricTransformations", &kTransformations, true},
    {"applyOnTransformedLogs", &aws::kBoolean, false, kNo},
    {"fieldSelectionCriteria", &kCriteria, false, kNo},
    {"emitSystemFieldDimensions", &aws::kStringList, false, kNo},
};
constexpr Member kDescribeMetricFiltersMembers[] = {
    {"logGroupName", &kGroupName},
    {"filterNamePrefix", &kFilterName},
    {"nextToken", &kToken},
    {"limit", &kPageSize},
    {"metricName", &kMetricName},
    {"metricNamespace", &kMetricName},
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
const Shape kStartLiveTail{.members = kStartLiveTailMembers};
const Shape kTagResource{.members = kTagResourceMembers};
const Shape kUntagResource{.members = kUntagResourceMembers};
const Shape kListTagsForResource{.members = kListTagsForResourceMembers};
const Shape kTagLogGroup{.members = kTagLogGroupMembers};
const Shape kUntagLogGroup{.members = kUntagLogGroupMembers};
const Shape kPutSubscriptionFilter{.members = kPutSubscriptionFilterMembers};
const Shape kDeleteFilter{.members = kDeleteFilterMembers};
const Shape kDescribeSubscriptionFilters{.members = kDescribeSubscriptionFiltersMembers};
const Shape kPutMetricFilter{.members = kPutMetricFilterMembers};
const Shape kDescribeMetricFilters{.members = kDescribeMetricFiltersMembers};
const Shape kTailLogEvents{.members = kTailLogEventsMembers};

}
