#include "core/xray/shapes.h"

namespace core::xray::shapes {

namespace {

using aws::kBoolean;
using aws::kDocument;
using aws::kString;
using aws::kTimestamp;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr auto kNo = aws::Fidelity::Unsupported;
constexpr auto kLess = aws::Fidelity::Simplified;

constexpr std::string_view kRangeTypes[] = {"TraceId", "Event", "Service"};
constexpr Shape kRangeType{.type = Type::String, .values = kRangeTypes};
constexpr Shape kExpression{.type = Type::String, .max = 2000};
constexpr Shape kTraceId{.type = Type::String, .min = 1, .max = 35};
constexpr Shape kTraceIds{.type = Type::List, .element = &kTraceId};
constexpr std::string_view kWholly = "all traces are looked at";

constexpr Member kSummariesMembers[] = {
    {"StartTime", &kTimestamp, true},
    {"EndTime", &kTimestamp, true},
    {"TimeRangeType", &kRangeType, false, kLess, "the moment when a trace began decides"},
    {"Sampling", &kBoolean, false, kLess, kWholly},
    {"SamplingStrategy", &kDocument, false, kNo, kWholly},
    {"FilterExpression", &kExpression, false, kLess,
        "service(), the words for time, status and faults, and http's method and URL; others are refused by "
        "name"},
    {"NextToken", &kString},
};
constexpr Member kBatchMembers[] = {{"TraceIds", &kTraceIds, true}, {"NextToken", &kString}};
constexpr std::string_view kGroups = "there are no groups of traces";
constexpr Member kGraphMembers[] = {
    {"StartTime", &kTimestamp, true},
    {"EndTime", &kTimestamp, true},
    {"GroupName", &kString, false, kNo, kGroups},
    {"GroupARN", &kString, false, kNo, kGroups},
    {"NextToken", &kString, false, kLess, "there is one page"},
};
constexpr Member kTraceGraphMembers[] = {
    {"TraceIds", &kTraceIds, true}, {"NextToken", &kString, false, kLess, "there is one page"}};

constexpr Member kSegmentsMembers[] = {{"TraceSegmentDocuments", &aws::kStringList, true, kLess,
    "kept whatever their size; the codes for what is wrong with one were not seen"}};

constexpr Member kConnectionMembers[] = {{"TimeoutCount", &aws::kInteger},
    {"ConnectionRefusedCount", &aws::kInteger}, {"HTTPCode4XXCount", &aws::kInteger},
    {"HTTPCode5XXCount", &aws::kInteger}, {"UnknownHostCount", &aws::kInteger},
    {"OtherCount", &aws::kInteger}};
constexpr Shape kConnectionErrors{.members = kConnectionMembers};
constexpr Member kTelemetryMembers[] = {{"Timestamp", &kTimestamp, true},
    {"SegmentsReceivedCount", &aws::kInteger}, {"SegmentsSentCount", &aws::kInteger},
    {"SegmentsSpilloverCount", &aws::kInteger}, {"SegmentsRejectedCount", &aws::kInteger},
    {"BackendConnectionErrors", &kConnectionErrors}};
constexpr Shape kTelemetry{.members = kTelemetryMembers};
constexpr Shape kTelemetryRecords{.type = Type::List, .element = &kTelemetry};
constexpr Shape kInstance{.type = Type::String, .max = 20};
constexpr Shape kHostname{.type = Type::String, .max = 255};
constexpr Shape kResourceArn{.type = Type::String, .max = 500};
constexpr Member kRecordsMembers[] = {{"TelemetryRecords", &kTelemetryRecords, true},
    {"EC2InstanceId", &kInstance}, {"Hostname", &kHostname}, {"ResourceARN", &kResourceArn}};

constexpr Member kRulesMembers[] = {{"NextToken", &kString}};
constexpr Shape kRuleName{.type = Type::String, .min = 1, .max = 32};
constexpr Shape kClientId{.type = Type::String, .min = 24, .max = 24};
constexpr Shape kCount{.type = Type::Integer, .min = 0};
constexpr Member kStatisticsMembers[] = {{"RuleName", &kRuleName, true}, {"ClientID", &kClientId, true},
    {"Timestamp", &kTimestamp, true}, {"RequestCount", &kCount, true}, {"SampledCount", &kCount, true},
    {"BorrowCount", &kCount}};
constexpr Shape kStatistics{.members = kStatisticsMembers};
constexpr Shape kStatisticsList{.type = Type::List, .max = 25, .element = &kStatistics};
constexpr Member kTargetsMembers[] = {{"SamplingStatisticsDocuments", &kStatisticsList, true, kLess,
                                          "the default rule is answered as it is, whatever was counted"},
    {"SamplingBoostStatisticsDocuments", &kDocument, false, kNo, "no rule boosts its rate"}};

}

const Shape kGetTraceSummaries{.members = kSummariesMembers};
const Shape kBatchGetTraces{.members = kBatchMembers};
const Shape kGetServiceGraph{.members = kGraphMembers};
const Shape kGetTraceGraph{.members = kTraceGraphMembers};
const Shape kPutTraceSegments{.members = kSegmentsMembers};
const Shape kPutTelemetryRecords{.members = kRecordsMembers};
const Shape kGetSamplingRules{.members = kRulesMembers};
const Shape kGetSamplingTargets{.members = kTargetsMembers};
const Shape kNothing{};

}
