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

}

const Shape kGetTraceSummaries{.members = kSummariesMembers};
const Shape kBatchGetTraces{.members = kBatchMembers};
const Shape kGetServiceGraph{.members = kGraphMembers};
const Shape kGetTraceGraph{.members = kTraceGraphMembers};

}
