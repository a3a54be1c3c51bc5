#include "core/lambda/stream_shards.h"

#include "core/lambda/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::lambda {

using nlohmann::json;

namespace {

// The sequence number of the shard's newest record, "" when it has none.
Result<std::string> lastRecord(
    const aws::Host& host, const EventSourceMapping& mapping, const std::string& shard)
{
    const aws::CallOptions quietly{.region = mapping.region, .from = "lambda", .quiet = true};
    CORE_TRY(const auto begun,
        host.caller.call("dynamodbstreams", "GetShardIterator",
            {{"StreamArn", mapping.source}, {"ShardId", shard}, {"ShardIteratorType", "TRIM_HORIZON"}},
            quietly));
    auto iterator = begun.json().value("ShardIterator", "");
    std::string last;
    while (!iterator.empty()) {
        CORE_TRY(const auto reply,
            host.caller.call("dynamodbstreams", "GetRecords", {{"ShardIterator", iterator}}, quietly));
        const auto page = reply.json();
        if (page.at("Records").empty())
            break;
        last = page.at("Records").back().at("dynamodb").at("SequenceNumber");
        iterator = page.value("NextShardIterator", "");
    }
    return last;
}

}

bool StreamShards::has(const std::string& id) const
{
    return std::ranges::find(shards, id, &StreamShard::id) != shards.end();
}

Result<StreamShards> readShards(
    const aws::Host& host, const EventSourceMapping& mapping, trace::SpanScope* parent)
{
    StreamShards description;
    json input = {{"StreamArn", mapping.source}};
    for (;;) {
        CORE_TRY(const auto reply,
            host.caller.call("dynamodbstreams", "DescribeStream", input,
                {.parent = parent, .region = mapping.region, .from = "lambda", .quiet = parent == nullptr}));
        const auto stream = reply.json().at("StreamDescription");
        for (const auto& key : stream.at("KeySchema")) {
            if (key.at("KeyType") == "HASH")
                key.at("AttributeName").get_to(description.hashKey);
        }
        for (const auto& shard : stream.at("Shards"))
            description.shards.push_back({shard.at("ShardId"), shard.value("ParentShardId", ""),
                shard.at("SequenceNumberRange").contains("EndingSequenceNumber")});
        if (!stream.contains("LastEvaluatedShardId"))
            return description;
        input["ExclusiveStartShardId"] = stream.at("LastEvaluatedShardId");
    }
}

Result<> beginStream(
    const aws::Host& host, StreamProgress& progress, EventSourceMapping& mapping, trace::SpanScope* parent)
{
    const auto description = readShards(host, mapping, parent);
    if (!description)
        return fail(errors::invalidParameter("Stream not found: " + mapping.source));
    if (!mapping.enabled)
        return {};
    mapping.begun = true;
    if (mapping.startingPosition != "LATEST")
        return {};
    for (const auto& shard : description->shards) {
        LaneProgress lane;
        lane.done = shard.isClosed;
        if (!shard.isClosed) {
            CORE_TRY(lane.sequence, lastRecord(host, mapping, shard.id));
        }
        CORE_CHECK(progress.begin(mapping.id, shard.id, lane));
    }
    return {};
}

}
