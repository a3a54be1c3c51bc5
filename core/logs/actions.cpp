#include "core/logs/actions.h"

#include "core/logs/shapes.h"

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
    return kRows;
}

}
