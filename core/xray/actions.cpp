#include "core/xray/actions.h"

#include "core/xray/shapes.h"

namespace core::xray {

namespace {

using aws::Lane;
using Row = aws::ActionRow<XRayService>;

constexpr std::string_view kSeries = "CloudWatch's metrics show services over time";
constexpr std::string_view kGraphNote = "of the tracks that the chamber keeps, all on one page; no aliases";
constexpr std::string_view kGroups = "there are no groups of traces";
constexpr std::string_view kSampling =
    "there are no sampling rules: every call of a stage or function with tracing is kept";
constexpr std::string_view kInsights = "there are no insights";
constexpr std::string_view kPolicies = "X-Ray has no resource policies here";
constexpr std::string_view kTags = "nothing here can have tags";
constexpr std::string_view kEncryption = "traces are not encrypted";
constexpr std::string_view kSearch = "there is no Transaction Search";

constexpr Row absent(std::string_view name, std::string_view note, std::string_view uri)
{
    return aws::absentAction<XRayService>(name, note, "POST", uri);
}

// Names after AWS's model of X-Ray.
const Row kRows[] = {
    {{.name = "GetTraceSummaries",
         .lane = Lane::Blocking,
         .input = &shapes::kGetTraceSummaries,
         .method = "POST",
         .uri = "/TraceSummaries",
         .fidelity = aws::Fidelity::Simplified,
         .note = "the tracks that the chamber keeps; traces are not kept apart by region, and root causes "
                 "are not told"},
        getTraceSummaries},
    {{.name = "BatchGetTraces",
         .lane = Lane::Blocking,
         .input = &shapes::kBatchGetTraces,
         .method = "POST",
         .uri = "/Traces",
         .fidelity = aws::Fidelity::Simplified,
         .note =
             "segments are made of the chamber's tracks and of what X-Ray SDKs sent; calls of functions are "
             "in them without such an SDK"},
        batchGetTraces},
    {{.name = "GetServiceGraph",
         .lane = Lane::Blocking,
         .input = &shapes::kGetServiceGraph,
         .method = "POST",
         .uri = "/ServiceGraph",
         .fidelity = aws::Fidelity::Simplified,
         .note = kGraphNote},
        getServiceGraph},
    {{.name = "GetTraceGraph",
         .lane = Lane::Blocking,
         .input = &shapes::kGetTraceGraph,
         .method = "POST",
         .uri = "/TraceGraph",
         .fidelity = aws::Fidelity::Simplified,
         .note = kGraphNote},
        getTraceGraph},
    {{.name = "PutTraceSegments",
         .lane = Lane::Blocking,
         .effect = aws::Effect::Data,
         .input = &shapes::kPutTraceSegments,
         .method = "POST",
         .uri = "/TraceSegments",
         .fidelity = aws::Fidelity::Simplified,
         .note = "the latest 10,000 are kept; they join the traces of the chamber's own tracks"},
        putTraceSegments},
    {{.name = "PutTelemetryRecords",
         .lane = Lane::Inline,
         .input = &shapes::kPutTelemetryRecords,
         .method = "POST",
         .uri = "/TelemetryRecords",
         .fidelity = aws::Fidelity::Simplified,
         .note = "taken and kept nowhere"},
        putTelemetryRecords},
    {{.name = "GetSamplingRules",
         .lane = Lane::Inline,
         .input = &shapes::kGetSamplingRules,
         .method = "POST",
         .uri = "/GetSamplingRules",
         .fidelity = aws::Fidelity::Simplified,
         .note = "the default rule alone, for SDKs that ask; the chamber itself keeps every trace"},
        getSamplingRules},
    {{.name = "GetSamplingTargets",
         .lane = Lane::Inline,
         .input = &shapes::kGetSamplingTargets,
         .method = "POST",
         .uri = "/SamplingTargets",
         .fidelity = aws::Fidelity::Simplified,
         .note = "the default rule alone"},
        getSamplingTargets},
    {{.name = "DescribeDaemon",
         .lane = Lane::Blocking,
         .input = &shapes::kNothing,
         .method = "GET",
         .uri = "/_chamber/xray/daemon"},
        describeDaemon},
    absent("CancelTraceRetrieval", kSearch, "/CancelTraceRetrieval"),
    absent("CreateGroup", kGroups, "/CreateGroup"),
    absent("CreateSamplingRule", kSampling, "/CreateSamplingRule"),
    absent("DeleteGroup", kGroups, "/DeleteGroup"),
    absent("DeleteResourcePolicy", kPolicies, "/DeleteResourcePolicy"),
    absent("DeleteSamplingRule", kSampling, "/DeleteSamplingRule"),
    absent("GetEncryptionConfig", kEncryption, "/EncryptionConfig"),
    absent("GetGroup", kGroups, "/GetGroup"),
    absent("GetGroups", kGroups, "/Groups"),
    absent("GetIndexingRules", kSearch, "/GetIndexingRules"),
    absent("GetInsight", kInsights, "/Insight"),
    absent("GetInsightEvents", kInsights, "/InsightEvents"),
    absent("GetInsightImpactGraph", kInsights, "/InsightImpactGraph"),
    absent("GetInsightSummaries", kInsights, "/InsightSummaries"),
    absent("GetRetrievedTracesGraph", kSearch, "/GetRetrievedTracesGraph"),
    absent("GetSamplingStatisticSummaries", kSampling, "/SamplingStatisticSummaries"),
    absent("GetTimeSeriesServiceStatistics", kSeries, "/TimeSeriesServiceStatistics"),
    absent("GetTraceSegmentDestination", kSearch, "/GetTraceSegmentDestination"),
    absent("ListResourcePolicies", kPolicies, "/ListResourcePolicies"),
    absent("ListRetrievedTraces", kSearch, "/ListRetrievedTraces"),
    absent("ListTagsForResource", kTags, "/ListTagsForResource"),
    absent("PutEncryptionConfig", kEncryption, "/PutEncryptionConfig"),
    absent("PutResourcePolicy", kPolicies, "/PutResourcePolicy"),
    absent("StartTraceRetrieval", kSearch, "/StartTraceRetrieval"),
    absent("TagResource", kTags, "/TagResource"),
    absent("UntagResource", kTags, "/UntagResource"),
    absent("UpdateGroup", kGroups, "/UpdateGroup"),
    absent("UpdateIndexingRule", kSearch, "/UpdateIndexingRule"),
    absent("UpdateSamplingRule", kSampling, "/UpdateSamplingRule"),
    absent("UpdateTraceSegmentDestination", kSearch, "/UpdateTraceSegmentDestination"),
};

}

std::span<const Row> XRayService::rows()
{
    return kRows;
}

}
