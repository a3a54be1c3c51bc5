#include "core/logs/actions.h"

#include "core/logs/shapes.h"

#include <vector>

namespace core::logs {

namespace {

using aws::Effect;
using aws::Lane;
using Row = aws::ActionRow<LogsService>;

// Reads run in the Blocking lane: a stream or a group may be long, and an I/O thread must not scan it.
const Row kRows[] = {
    {{"CreateLogGroup", Lane::Write, Effect::Changes, &shapes::kCreateLogGroup}, createLogGroup},
    {{"DeleteLogGroup", Lane::Write, Effect::Changes, &shapes::kDeleteLogGroup}, deleteLogGroup},
    {{"DescribeLogGroups", Lane::Blocking, Effect::Reads, &shapes::kDescribeLogGroups}, describeLogGroups},
    {{"PutRetentionPolicy", Lane::Write, Effect::Changes, &shapes::kPutRetentionPolicy}, putRetentionPolicy},
    {{"DeleteRetentionPolicy", Lane::Write, Effect::Changes, &shapes::kDeleteLogGroup},
        deleteRetentionPolicy},
    {{"CreateLogStream", Lane::Write, Effect::Changes, &shapes::kCreateLogStream}, createLogStream},
    {{"DeleteLogStream", Lane::Write, Effect::Changes, &shapes::kDeleteLogStream}, deleteLogStream},
    {{"DescribeLogStreams", Lane::Blocking, Effect::Reads, &shapes::kDescribeLogStreams}, describeLogStreams},
    {{"PutLogEvents", Lane::Write, Effect::Data, &shapes::kPutLogEvents}, putLogEvents},
    {{"GetLogEvents", Lane::Blocking, Effect::Reads, &shapes::kGetLogEvents}, getLogEvents},
    {{"FilterLogEvents", Lane::Blocking, Effect::Reads, &shapes::kFilterLogEvents}, filterLogEvents},
    {{"StartLiveTail", Lane::Blocking, Effect::Reads, &shapes::kStartLiveTail}, startLiveTail},
    {{"TagResource", Lane::Write, Effect::Changes, &shapes::kTagResource}, tagResource},
    {{"UntagResource", Lane::Write, Effect::Changes, &shapes::kUntagResource}, untagResource},
    {{"ListTagsForResource", Lane::Blocking, Effect::Reads, &shapes::kListTagsForResource},
        listTagsForResource},
    {{"TagLogGroup", Lane::Write, Effect::Changes, &shapes::kTagLogGroup}, tagLogGroup},
    {{"UntagLogGroup", Lane::Write, Effect::Changes, &shapes::kUntagLogGroup}, untagLogGroup},
    {{"ListTagsLogGroup", Lane::Blocking, Effect::Reads, &shapes::kDeleteLogGroup}, listTagsLogGroup},
    // Blocking: asks Lambda first.
    {{"PutSubscriptionFilter", Lane::Blocking, Effect::Changes, &shapes::kPutSubscriptionFilter},
        putSubscriptionFilter},
    {{"DeleteSubscriptionFilter", Lane::Write, Effect::Changes, &shapes::kDeleteFilter},
        deleteSubscriptionFilter},
    {{"DescribeSubscriptionFilters", Lane::Blocking, Effect::Reads, &shapes::kDescribeSubscriptionFilters},
        describeSubscriptionFilters},
    {{"PutMetricFilter", Lane::Write, Effect::Changes, &shapes::kPutMetricFilter}, putMetricFilter},
    {{"DeleteMetricFilter", Lane::Write, Effect::Changes, &shapes::kDeleteFilter}, deleteMetricFilter},
    {{"DescribeMetricFilters", Lane::Blocking, Effect::Reads, &shapes::kDescribeMetricFilters},
        describeMetricFilters},
    {{.name = "TailLogEvents",
         .lane = Lane::Blocking,
         .effect = Effect::Reads,
         .input = &shapes::kTailLogEvents,
         .method = "GET",
         .uri = "/_chamber/logs/tail"},
        tailLogEvents},
};

}

std::span<const Row> LogsService::rows()
{
    static const auto all = [] {
        std::vector<Row> rows(std::begin(kRows), std::end(kRows));
        const auto absent = absentActions();
        rows.insert(rows.end(), absent.begin(), absent.end());
        return rows;
    }();
    return all;
}

}
