#include "core/logs/actions.h"

namespace core::logs {

namespace {

using Row = aws::ActionRow<LogsService>;

constexpr std::string_view kKeys = "there are no keys: nothing is encrypted";
constexpr std::string_view kInsights = "there is no Logs Insights; FilterLogEvents searches a group";
constexpr std::string_view kVended = "subscription filters bring log events to functions; there are no other "
                                     "ways out of a group";
constexpr std::string_view kAnomalies = "nothing looks for anomalies";
constexpr std::string_view kElsewhere = "log events are neither brought elsewhere nor taken in from there";
constexpr std::string_view kContents = "messages are kept as they are: not looked into, not transformed";
constexpr std::string_view kPolicies = "there is no IAM: whoever can reach the chamber may use all groups";

// Names after AWS's model of CloudWatch Logs.
const Row kAbsent[] = {
    aws::absentAction<LogsService>("AssociateKmsKey", kKeys),
    aws::absentAction<LogsService>("AssociateSourceToS3TableIntegration", kElsewhere),
    aws::absentAction<LogsService>("CancelExportTask", kElsewhere),
    aws::absentAction<LogsService>("CancelImportTask", kElsewhere),
    aws::absentAction<LogsService>("CreateDelivery", kVended),
    aws::absentAction<LogsService>("CreateExportTask", kElsewhere),
    aws::absentAction<LogsService>("CreateImportTask", kElsewhere),
    aws::absentAction<LogsService>("CreateLogAnomalyDetector", kAnomalies),
    aws::absentAction<LogsService>("CreateLookupTable", kInsights),
    aws::absentAction<LogsService>("CreateScheduledQuery", kInsights),
    aws::absentAction<LogsService>("DeleteAccountPolicy", kPolicies),
    aws::absentAction<LogsService>("DeleteDataProtectionPolicy", kContents),
    aws::absentAction<LogsService>("DeleteDelivery", kVended),
    aws::absentAction<LogsService>("DeleteDeliveryDestination", kVended),
    aws::absentAction<LogsService>("DeleteDeliveryDestinationPolicy", kVended),
    aws::absentAction<LogsService>("DeleteDeliverySource", kVended),
    aws::absentAction<LogsService>("DeleteDestination", kVended),
    aws::absentAction<LogsService>("DeleteIndexPolicy", kInsights),
    aws::absentAction<LogsService>("DeleteIntegration", kElsewhere),
    aws::absentAction<LogsService>("DeleteLogAnomalyDetector", kAnomalies),
    aws::absentAction<LogsService>("DeleteLookupTable", kInsights),
    aws::absentAction<LogsService>("DeleteQueryDefinition", kInsights),
    aws::absentAction<LogsService>("DeleteResourcePolicy", kPolicies),
    aws::absentAction<LogsService>("DeleteScheduledQuery", kInsights),
    aws::absentAction<LogsService>("DeleteTransformer", kContents),
    aws::absentAction<LogsService>("DescribeAccountPolicies", kPolicies),
    aws::absentAction<LogsService>("DescribeConfigurationTemplates", {}),
    aws::absentAction<LogsService>("DescribeDeliveries", kVended),
    aws::absentAction<LogsService>("DescribeDeliveryDestinations", kVended),
    aws::absentAction<LogsService>("DescribeDeliverySources", kVended),
    aws::absentAction<LogsService>("DescribeDestinations", kVended),
    aws::absentAction<LogsService>("DescribeExportTasks", kElsewhere),
    aws::absentAction<LogsService>("DescribeFieldIndexes", kInsights),
    aws::absentAction<LogsService>("DescribeImportTaskBatches", kElsewhere),
    aws::absentAction<LogsService>("DescribeImportTasks", kElsewhere),
    aws::absentAction<LogsService>("DescribeIndexPolicies", kInsights),
    aws::absentAction<LogsService>("DescribeLookupTables", kInsights),
    aws::absentAction<LogsService>("DescribeQueries", kInsights),
    aws::absentAction<LogsService>("DescribeQueryDefinitions", kInsights),
    aws::absentAction<LogsService>("DescribeResourcePolicies", kPolicies),
    aws::absentAction<LogsService>("DisassociateKmsKey", kKeys),
    aws::absentAction<LogsService>("DisassociateSourceFromS3TableIntegration", kElsewhere),
    aws::absentAction<LogsService>("GetDataProtectionPolicy", kContents),
    aws::absentAction<LogsService>("GetDelivery", kVended),
    aws::absentAction<LogsService>("GetDeliveryDestination", kVended),
    aws::absentAction<LogsService>("GetDeliveryDestinationPolicy", kVended),
    aws::absentAction<LogsService>("GetDeliverySource", kVended),
    aws::absentAction<LogsService>("GetIntegration", kElsewhere),
    aws::absentAction<LogsService>("GetLogAnomalyDetector", kAnomalies),
    aws::absentAction<LogsService>("GetLogFields", kInsights),
    aws::absentAction<LogsService>("GetLogGroupFields", kInsights),
    aws::absentAction<LogsService>("GetLogObject", kInsights),
    aws::absentAction<LogsService>("GetLogRecord", kInsights),
    aws::absentAction<LogsService>("GetLookupTable", kInsights),
    aws::absentAction<LogsService>("GetQueryResults", kInsights),
    aws::absentAction<LogsService>("GetScheduledQuery", kInsights),
    aws::absentAction<LogsService>("GetScheduledQueryHistory", kInsights),
    aws::absentAction<LogsService>("GetTransformer", kContents),
    aws::absentAction<LogsService>("ListAggregateLogGroupSummaries", {}),
    aws::absentAction<LogsService>("ListAnomalies", kAnomalies),
    aws::absentAction<LogsService>("ListIntegrations", kElsewhere),
    aws::absentAction<LogsService>("ListLogAnomalyDetectors", kAnomalies),
    aws::absentAction<LogsService>("ListLogGroups", {}),
    aws::absentAction<LogsService>("ListLogGroupsForQuery", kInsights),
    aws::absentAction<LogsService>("ListScheduledQueries", kInsights),
    aws::absentAction<LogsService>("ListSourcesForS3TableIntegration", kElsewhere),
    aws::absentAction<LogsService>("PutAccountPolicy", kPolicies),
    aws::absentAction<LogsService>("PutBearerTokenAuthentication", kPolicies),
    aws::absentAction<LogsService>("PutDataProtectionPolicy", kContents),
    aws::absentAction<LogsService>("PutDeliveryDestination", kVended),
    aws::absentAction<LogsService>("PutDeliveryDestinationPolicy", kVended),
    aws::absentAction<LogsService>("PutDeliverySource", kVended),
    aws::absentAction<LogsService>("PutDestination", kVended),
    aws::absentAction<LogsService>("PutDestinationPolicy", kVended),
    aws::absentAction<LogsService>("PutIndexPolicy", kInsights),
    aws::absentAction<LogsService>("PutIntegration", kElsewhere),
    aws::absentAction<LogsService>("PutLogGroupDeletionProtection", {}),
    aws::absentAction<LogsService>("PutQueryDefinition", kInsights),
    aws::absentAction<LogsService>("PutResourcePolicy", kPolicies),
    aws::absentAction<LogsService>("PutTransformer", kContents),
    aws::absentAction<LogsService>("StartQuery", kInsights),
    aws::absentAction<LogsService>("StopQuery", kInsights),
    aws::absentAction<LogsService>("TestMetricFilter", {}),
    aws::absentAction<LogsService>("TestTransformer", kContents),
    aws::absentAction<LogsService>("UpdateAnomaly", kAnomalies),
    aws::absentAction<LogsService>("UpdateDeliveryConfiguration", kVended),
    aws::absentAction<LogsService>("UpdateLogAnomalyDetector", kAnomalies),
    aws::absentAction<LogsService>("UpdateLookupTable", kInsights),
    aws::absentAction<LogsService>("UpdateScheduledQuery", kInsights),
};

}

std::span<const Row> absentActions()
{
    return kAbsent;
}

}
