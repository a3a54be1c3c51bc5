#include "core/lambda/stream_failure.h"

#include "core/aws/json_text.h"
#include "core/base/arn.h"
#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/base/time_format.h"
#include "core/lambda/destinations.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

// aws/lambda/<mapping>/<shard>/2026/11/22/2026-11-22T14.03.27-<uuid>
std::string objectKey(const EventSourceMapping& mapping, const std::string& shard, Micros now)
{
    const auto moment = iso8601(now).substr(0, 19);
    return "aws/lambda/" + mapping.id + '/' + shard + '/' + replaceAll(moment.substr(0, 10), "-", "/") + '/'
        + replaceAll(moment, ":", ".") + '-' + newUuid();
}

}

std::string failureRecord(
    const EventSourceMapping& mapping, const FailedBatch& batch, Micros now, bool withEvent)
{
    json record = {{"version", "1.0"}, {"timestamp", iso8601Millis(now)},
        {"requestContext",
            {{"requestId", batch.requestId}, {"functionArn", mapping.functionArn()},
                {"condition", batch.condition}, {"approximateInvokeCount", batch.invocations}}},
        {"DDBStreamBatchInfo",
            {{"shardId", batch.shard}, {"startSequenceNumber", batch.records.front().sequence},
                {"endSequenceNumber", batch.records.back().sequence},
                {"approximateArrivalOfFirstRecord", iso8601(batch.records.front().createdAt * kSecond)},
                {"approximateArrivalOfLastRecord", iso8601(batch.records.back().createdAt * kSecond)},
                {"batchSize", batch.records.size()}, {"streamArn", mapping.source}}}};
    if (!batch.executedVersion.empty()) {
        record["responseContext"] = {{"statusCode", 200}, {"executedVersion", batch.executedVersion},
            {"functionError", batch.functionError.empty() ? json() : json(batch.functionError)}};
    }
    if (withEvent)
        record["payload"] = batch.event;
    return aws::writeJson(record);
}

Result<> deliverFailure(const aws::Host& host, const EventSourceMapping& mapping, const FailedBatch& batch,
    trace::SpanScope& span)
{
    if (mapping.onFailure.empty() || batch.records.empty())
        return {};
    const auto arn = Arn::parse(mapping.onFailure);
    const bool isBucket = arn && arn->service == "s3";
    const auto now = host.clock.now();
    const auto record = failureRecord(mapping, batch, now, isBucket);
    return sendRecord(
        host, mapping.onFailure, record, objectKey(mapping, batch.shard, now), mapping.region, span);
}

}
