#include "core/cloudwatch/shapes.h"

namespace core::cloudwatch::shapes {

namespace {

using aws::kBoolean;
using aws::kDocument;
using aws::kDouble;
using aws::kString;
using aws::kTimestamp;
using aws::Member;
using aws::Shape;
using aws::Type;

constexpr auto kNo = aws::Fidelity::Unsupported;
constexpr auto kLess = aws::Fidelity::Simplified;

constexpr std::string_view kUnits[] = {"Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes",
    "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent",
    "Count", "Bytes/Second", "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second",
    "Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second",
    "None"};
constexpr std::string_view kOrders[] = {"TimestampDescending", "TimestampAscending"};
constexpr std::string_view kRecent[] = {"PT3H"};
constexpr std::string_view kStatisticNames[] = {"SampleCount", "Average", "Sum", "Minimum", "Maximum"};

constexpr Shape kSpace{.type = Type::String, .min = 1, .max = 255, .pattern = "[^:].*"};
constexpr Shape kName{.type = Type::String, .min = 1, .max = 255};
constexpr Shape kDimensionValue{.type = Type::String, .min = 1, .max = 1024};
constexpr Shape kUnit{.type = Type::String, .values = kUnits};
constexpr Shape kPeriod{.type = Type::Integer, .min = 1};
constexpr Shape kExpression{.type = Type::String, .min = 1, .max = 2048};
constexpr Shape kResolution{.type = Type::Integer, .min = 1};
constexpr Shape kDoubles{.type = Type::List, .element = &kDouble};
constexpr Shape kTimestamps{.type = Type::List, .element = &kTimestamp};

constexpr std::string_view kByMinute = "values are kept by the minute";
constexpr std::string_view kOneAccount = "there are no linked accounts";

constexpr Member kDimensionMembers[] = {{"Name", &kName, true}, {"Value", &kDimensionValue, true}};
constexpr Shape kDimension{.members = kDimensionMembers};
constexpr Shape kDimensions{.type = Type::List, .max = 30, .element = &kDimension};

constexpr Member kSetMembers[] = {{"SampleCount", &kDouble, true}, {"Sum", &kDouble, true},
    {"Minimum", &kDouble, true}, {"Maximum", &kDouble, true}};
constexpr Shape kSet{.members = kSetMembers};

constexpr Member kDatumMembers[] = {
    {"MetricName", &kName, true},
    {"Dimensions", &kDimensions},
    {"Timestamp", &kTimestamp},
    {"Value", &kDouble},
    {"StatisticValues", &kSet},
    {"Values", &kDoubles},
    {"Counts", &kDoubles},
    {"Unit", &kUnit},
    {"StorageResolution", &kResolution, false, kLess, kByMinute},
};
constexpr Shape kDatum{.members = kDatumMembers};
constexpr Shape kData{.type = Type::List, .element = &kDatum};

constexpr Member kPutMembers[] = {
    {"Namespace", &kSpace, true},
    {"MetricData", &kData},
    {"EntityMetricData", &kDocument, false, kNo, "there are no entities"},
    {"StrictEntityValidation", &kBoolean},
};

constexpr Member kMetricMembers[] = {
    {"Namespace", &kSpace}, {"MetricName", &kName}, {"Dimensions", &kDimensions}};
constexpr Shape kMetric{.members = kMetricMembers};
constexpr Member kStatMembers[] = {
    {"Metric", &kMetric, true},
    {"Period", &kPeriod, true, kLess, kByMinute},
    {"Stat", &kString, true, kLess,
        "the named statistics and percentiles; percentiles are right to one per cent"},
    {"Unit", &kUnit},
};
constexpr Shape kStat{.members = kStatMembers};
constexpr Member kQueryMembers[] = {
    {"Id", &kName, true},
    {"MetricStat", &kStat},
    {"Expression", &kExpression, false, kLess,
        "arithmetic, ABS, CEIL, FLOOR, FILL, SUM, AVG, MIN, MAX and METRICS(); other functions are refused "
        "by name"},
    {"Label", &kString, false, kLess, "dynamic parts of a label are not filled in"},
    {"ReturnData", &kBoolean},
    {"Period", &kPeriod, false, kNo, "expressions have the periods of their metrics"},
    {"AccountId", &kString, false, kNo, kOneAccount},
};
constexpr Shape kQuery{.members = kQueryMembers};
constexpr Shape kQueries{.type = Type::List, .element = &kQuery};
constexpr Member kZoneMembers[] = {{"Timezone", &kString}};
constexpr Shape kZone{.members = kZoneMembers};
constexpr Shape kMostPoints{.type = Type::Integer};
constexpr Shape kOrder{.type = Type::String, .values = kOrders};
constexpr Member kDataMembers[] = {
    {"MetricDataQueries", &kQueries, true},
    {"StartTime", &kTimestamp, true},
    {"EndTime", &kTimestamp, true},
    {"NextToken", &kString},
    {"ScanBy", &kOrder},
    {"MaxDatapoints", &kMostPoints},
    {"LabelOptions", &kZone, false, kLess, "dynamic parts of a label are not filled in"},
};

constexpr Member kMessageMembers[] = {{"Code", &kString}, {"Value", &kString}};
constexpr Shape kMessage{.members = kMessageMembers};
constexpr Shape kMessages{.type = Type::List, .element = &kMessage};
constexpr Member kResultMembers[] = {{"Id", &kString}, {"Label", &kString}, {"Timestamps", &kTimestamps},
    {"Values", &kDoubles}, {"StatusCode", &kString}, {"Messages", &kMessages}};
constexpr Shape kResult{.members = kResultMembers};
constexpr Shape kResults{.type = Type::List, .element = &kResult};
constexpr Member kDataOutputMembers[] = {
    {"MetricDataResults", &kResults}, {"NextToken", &kString}, {"Messages", &kMessages}};

constexpr Shape kStatisticName{.type = Type::String, .values = kStatisticNames};
constexpr Shape kStatistics{.type = Type::List, .min = 1, .max = 5, .element = &kStatisticName};
constexpr Shape kExtended{.type = Type::List, .min = 1, .max = 10, .element = &kString};
constexpr Member kStatisticsMembers[] = {
    {"Namespace", &kSpace, true},
    {"MetricName", &kName, true},
    {"Dimensions", &kDimensions},
    {"StartTime", &kTimestamp, true},
    {"EndTime", &kTimestamp, true},
    {"Period", &kPeriod, true, kLess, kByMinute},
    {"Statistics", &kStatistics},
    {"ExtendedStatistics", &kExtended, false, kLess, "percentiles alone, right to one per cent"},
    {"Unit", &kUnit},
};
constexpr Shape kExtendedValues{.type = Type::Map, .element = &kDouble, .key = &kString};
constexpr Member kPointMembers[] = {{"Timestamp", &kTimestamp}, {"SampleCount", &kDouble},
    {"Average", &kDouble}, {"Sum", &kDouble}, {"Minimum", &kDouble}, {"Maximum", &kDouble},
    {"Unit", &kString}, {"ExtendedStatistics", &kExtendedValues}};
constexpr Shape kPoint{.members = kPointMembers};
constexpr Shape kPoints{.type = Type::List, .element = &kPoint};
constexpr Member kStatisticsOutputMembers[] = {{"Label", &kString}, {"Datapoints", &kPoints}};

constexpr Member kFilterMembers[] = {{"Name", &kName, true}, {"Value", &kDimensionValue}};
constexpr Shape kFilter{.members = kFilterMembers};
constexpr Shape kFilters{.type = Type::List, .max = 10, .element = &kFilter};
constexpr Shape kRecently{.type = Type::String, .values = kRecent};
constexpr Member kListMembers[] = {
    {"Namespace", &kSpace},
    {"MetricName", &kName},
    {"Dimensions", &kFilters},
    {"NextToken", &kString},
    {"RecentlyActive", &kRecently},
    {"IncludeLinkedAccounts", &kBoolean, false, kLess, kOneAccount},
    {"OwningAccount", &kString, false, kNo, kOneAccount},
};
constexpr Shape kMetricsOut{.type = Type::List, .element = &kMetric};
constexpr Member kListOutputMembers[] = {
    {"Metrics", &kMetricsOut}, {"NextToken", &kString}, {"OwningAccounts", &aws::kStringList}};

}

const Shape kPutMetricData{.members = kPutMembers};
const Shape kGetMetricData{.members = kDataMembers};
const Shape kGetMetricDataOutput{.members = kDataOutputMembers};
const Shape kGetMetricStatistics{.members = kStatisticsMembers};
const Shape kGetMetricStatisticsOutput{.members = kStatisticsOutputMembers};
const Shape kListMetrics{.members = kListMembers};
const Shape kListMetricsOutput{.members = kListOutputMembers};

}
