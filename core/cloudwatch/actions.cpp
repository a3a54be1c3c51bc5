#include "core/cloudwatch/actions.h"

#include "core/cloudwatch/shapes.h"

namespace core::cloudwatch {

namespace {

using aws::Effect;
using aws::Lane;
using Row = aws::ActionRow<CloudWatchService>;

constexpr std::string_view kAlarms = "there are no alarms";
constexpr std::string_view kAnomalies = "there is no anomaly detection";
constexpr std::string_view kDashboards = "there are no dashboards";
constexpr std::string_view kInsights = "there are no Contributor Insights rules";
constexpr std::string_view kStreams = "there are no metric streams";
constexpr std::string_view kTags = "nothing here can have tags";
constexpr std::string_view kTelemetry = "there is no OpenTelemetry enrichment";

constexpr Row absent(std::string_view name, std::string_view note)
{
    return aws::absentAction<CloudWatchService>(name, note);
}

// Names after AWS's model of CloudWatch.
const Row kRows[] = {
    {{.name = "PutMetricData",
         .lane = Lane::Blocking,
         .effect = Effect::Data,
         .input = &shapes::kPutMetricData},
        putMetricData},
    {{.name = "GetMetricData",
         .lane = Lane::Blocking,
         .input = &shapes::kGetMetricData,
         .output = &shapes::kGetMetricDataOutput},
        getMetricData},
    {{.name = "GetMetricStatistics",
         .lane = Lane::Blocking,
         .input = &shapes::kGetMetricStatistics,
         .output = &shapes::kGetMetricStatisticsOutput},
        getMetricStatistics},
    {{.name = "ListMetrics",
         .lane = Lane::Blocking,
         .input = &shapes::kListMetrics,
         .output = &shapes::kListMetricsOutput},
        listMetrics},
    absent("DeleteAlarmMuteRule", kAlarms),
    absent("DeleteAlarms", kAlarms),
    absent("DescribeAlarmContributors", kAlarms),
    absent("DescribeAlarmHistory", kAlarms),
    absent("DescribeAlarms", kAlarms),
    absent("DescribeAlarmsForMetric", kAlarms),
    absent("DisableAlarmActions", kAlarms),
    absent("EnableAlarmActions", kAlarms),
    absent("GetAlarmMuteRule", kAlarms),
    absent("ListAlarmMuteRules", kAlarms),
    absent("PutAlarmMuteRule", kAlarms),
    absent("PutCompositeAlarm", kAlarms),
    absent("PutMetricAlarm", kAlarms),
    absent("SetAlarmState", kAlarms),
    absent("DeleteAnomalyDetector", kAnomalies),
    absent("DescribeAnomalyDetectors", kAnomalies),
    absent("PutAnomalyDetector", kAnomalies),
    absent("DeleteDashboards", kDashboards),
    absent("GetDashboard", kDashboards),
    absent("ListDashboards", kDashboards),
    absent("PutDashboard", kDashboards),
    absent("GetMetricWidgetImage", "no images are drawn"),
    absent("DeleteInsightRules", kInsights),
    absent("DescribeInsightRules", kInsights),
    absent("DisableInsightRules", kInsights),
    absent("EnableInsightRules", kInsights),
    absent("GetInsightRuleReport", kInsights),
    absent("ListManagedInsightRules", kInsights),
    absent("PutInsightRule", kInsights),
    absent("PutManagedInsightRules", kInsights),
    absent("DeleteMetricStream", kStreams),
    absent("GetMetricStream", kStreams),
    absent("ListMetricStreams", kStreams),
    absent("PutMetricStream", kStreams),
    absent("StartMetricStreams", kStreams),
    absent("StopMetricStreams", kStreams),
    absent("GetOTelEnrichment", kTelemetry),
    absent("StartOTelEnrichment", kTelemetry),
    absent("StopOTelEnrichment", kTelemetry),
    absent("ListTagsForResource", kTags),
    absent("TagResource", kTags),
    absent("UntagResource", kTags),
};

}

std::span<const Row> CloudWatchService::rows()
{
    return kRows;
}

}
