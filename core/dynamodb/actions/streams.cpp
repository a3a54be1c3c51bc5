#include "core/base/arn.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/point_in_time.h"
#include "core/dynamodb/shard_iterator.h"
#include "core/dynamodb/streams_service.h"

#include <nlohmann/json.hpp>

#include <algorithm>

// The four actions of DynamoDB Streams.
namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr Micros kIteratorLife = 15 * 60 * kSecond;
constexpr std::size_t kMostRecords = 1000;
constexpr std::size_t kMostBytes = 1024 * 1024;
constexpr std::size_t kMostShards = 100;

Result<std::string> streamKeyOf(const std::string& text)
{
    const auto arn = Arn::parse(text);
    const auto split = arn ? arn->resource.find("/stream/") : std::string::npos;
    if (!arn || arn->service != "dynamodb" || !arn->resource.starts_with("table/")
        || split == std::string::npos)
        return fail(errors::validation("Invalid StreamArn: " + text));
    return arn->region + "/" + arn->resource.substr(6, split - 6) + "/" + arn->resource.substr(split + 8);
}

Result<StreamPtr> findStream(
    DynamoDbStreamsService& service, aws::RequestContext& context, const std::string& arn)
{
    CORE_TRY(const auto key, streamKeyOf(arn));
    auto stream = service.streams().find(key);
    if (!stream || stream->region != context.region || stream->isGone(context.now))
        return fail(errors::streamNotFound(arn));
    context.touch(stream->table);
    return stream;
}

json described(const Stream& stream, const Shard& shard)
{
    json range = {{"StartingSequenceNumber", sequenceText(shard.from)}};
    if (shard.closed)
        range["EndingSequenceNumber"] = sequenceText(shard.to - 1);
    json result = {{"SequenceNumberRange", std::move(range)},
        {"ShardId", shardId(stream, shard.slot, shard.generation)}};
    if (shard.generation > 0)
        result["ParentShardId"] = shardId(stream, shard.slot, shard.generation - 1);
    return result;
}

// The shard whose children are wanted; "" when there is no filter. CHILD_SHARDS is the only type.
Result<std::string> wantedParent(const json& input)
{
    if (!input.contains("ShardFilter"))
        return std::string();
    auto parent = input["ShardFilter"].value("ShardId", "");
    if (parent.empty())
        return fail(errors::invalidParameters("ShardId must be specified in ShardFilter"));
    return parent;
}

// The last record of the shard that readers can see.
std::optional<Sequence> newestRecord(store::Store& store, const Stream& stream, const Shard& shard)
{
    std::optional<Sequence> newest;
    store.read()->scan(stream.keyspace(),
        {recordKey(shard.slot, shard.from), recordKey(shard.slot, shard.to)}, store::Direction::Backward,
        [&newest](std::string_view key, std::string_view) {
            newest = sequenceOfRecord(key);
            return false;
        });
    return newest;
}

Result<Sequence> numberOf(const json& input, const Shard& shard, Micros now)
{
    const auto text = input.value("SequenceNumber", "");
    const auto number = parseSequence(text);
    if (!number || *number < shard.from || *number >= shard.to)
        return fail(errors::validation("Invalid SequenceNumber: " + text));
    if (*number < trimHorizon(now) && shard.from < trimHorizon(now))
        return fail(errors::trimmedData());
    return *number;
}

Result<ShardIterator> startOf(
    DynamoDbStreamsService& service, const json& input, const Stream& stream, const Shard& shard, Micros now)
{
    const auto type = input.value("ShardIteratorType", "");
    const bool byNumber = type == "AT_SEQUENCE_NUMBER" || type == "AFTER_SEQUENCE_NUMBER";
    if (byNumber != input.contains("SequenceNumber")) {
        return fail(errors::invalidParameters(byNumber
                ? "SequenceNumber must be specified when ShardIteratorType is " + type
                : "SequenceNumber must not be specified when ShardIteratorType is " + type));
    }
    ShardIterator start{stream.arn(), shard.slot, shard.generation, shard.from, byNumber, now};
    if (byNumber) {
        CORE_TRY(start.from, numberOf(input, shard, now));
        start.from += type == "AFTER_SEQUENCE_NUMBER" ? 1 : 0;
    } else if (type == "LATEST") {
        const auto newest = newestRecord(service.host().store, stream, shard);
        start.from = newest ? *newest + 1 : shard.closed ? shard.to : shard.from;
    }
    return start;
}

// One page of records.
struct RecordPage {
    std::string text; // joined by commas
    std::size_t count = 0;
    Sequence next = 0;
    bool full = false;
};

RecordPage readRecords(store::Store& store, const Stream& stream, const ShardIterator& iterator,
    const Shard& shard, std::size_t limit, Micros now)
{
    RecordPage page;
    page.next = std::max(iterator.from, trimHorizon(now));
    const store::Range range{recordKey(shard.slot, page.next), recordKey(shard.slot, shard.to)};
    if (page.next >= shard.to)
        return page;
    store.read()->scan(stream.keyspace(), range, store::Direction::Forward,
        [&](std::string_view key, std::string_view record) {
            page.full =
                page.count >= limit || (page.count > 0 && page.text.size() + record.size() > kMostBytes);
            if (page.full)
                return false;
            page.text += page.count > 0 ? "," : "";
            page.text += record;
            ++page.count;
            page.next = sequenceOfRecord(key) + 1;
            return true;
        });
    return page;
}

}

Result<aws::Outcome> listStreams(
    DynamoDbStreamsService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto& input = request.input();
    std::string after;
    if (input.contains("ExclusiveStartStreamArn")) {
        CORE_TRY(after, streamKeyOf(input["ExclusiveStartStreamArn"].get<std::string>()));
    }
    const auto limit = input.value("Limit", kMostShards);
    const auto table = input.value("TableName", "");
    auto listed = json::array();
    json output;
    for (const auto& stream : service.streams().all(context.region)) {
        if (stream->isGone(context.now) || stream->storeKey() <= after
            || (!table.empty() && stream->table != table))
            continue;
        if (listed.size() >= limit) {
            output["LastEvaluatedStreamArn"] = listed.back()["StreamArn"];
            break;
        }
        listed.push_back(
            {{"StreamArn", stream->arn()}, {"StreamLabel", stream->label}, {"TableName", stream->table}});
    }
    output["Streams"] = std::move(listed);
    return aws::Reply::of(std::move(output));
}

Result<aws::Outcome> describeStream(
    DynamoDbStreamsService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto stream, findStream(service, context, input.value("StreamArn", "")));
    const auto after = input.value("ExclusiveStartShardId", "");
    CORE_TRY(const auto parent, wantedParent(input));
    const auto limit = input.value("Limit", kMostShards);
    json description = {{"CreationRequestDateTime", secondsOf(stream->createdAt)},
        {"KeySchema", describe(stream->keys)}, {"Shards", json::array()}, {"StreamArn", stream->arn()},
        {"StreamLabel", stream->label}, {"StreamStatus", stream->isEnabled() ? "ENABLED" : "DISABLED"},
        {"StreamViewType", viewName(stream->view)}, {"TableName", stream->table}};
    auto& shards = description["Shards"];
    for (const auto& shard : shardsOf(*stream, context.now)) {
        auto one = described(*stream, shard);
        if (one["ShardId"].get<std::string>() <= after
            || (!parent.empty() && one.value("ParentShardId", "") != parent))
            continue;
        if (shards.size() >= limit) {
            description["LastEvaluatedShardId"] = shards.back()["ShardId"];
            break;
        }
        shards.push_back(std::move(one));
    }
    return aws::Reply::of({{"StreamDescription", std::move(description)}});
}

Result<aws::Outcome> getShardIterator(
    DynamoDbStreamsService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto& input = request.input();
    CORE_TRY(const auto stream, findStream(service, context, input.value("StreamArn", "")));
    const auto shard = findShard(*stream, input.value("ShardId", ""), context.now);
    if (!shard)
        return fail(errors::shardNotFound());
    CORE_TRY(const auto start, startOf(service, input, *stream, *shard, context.now));
    return aws::Reply::of({{"ShardIterator", start.text()}});
}

Result<aws::Outcome> getRecords(
    DynamoDbStreamsService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto& input = request.input();
    CORE_TRY(auto iterator, ShardIterator::parse(input.value("ShardIterator", "")));
    CORE_TRY(const auto stream, findStream(service, context, iterator.arn));
    if (context.now - iterator.issuedAt > kIteratorLife)
        return fail(errors::expiredIterator());
    const auto shard = findShard(*stream, shardId(*stream, iterator.slot, iterator.generation), context.now);
    if (!shard || (iterator.byNumber && iterator.from < trimHorizon(context.now) - kSecond))
        return fail(errors::trimmedData());
    auto& store = service.host().store;
    const auto limit = input.value("Limit", kMostRecords);
    auto page = readRecords(store, *stream, iterator, *shard, limit, context.now);
    if (shard->closed && page.count == 0) {
        // A write that was given its place before the shard ended may still be on its way to the disk.
        CORE_CHECK(store.commit([](store::Transaction&) -> Result<> { return {}; }));
        page = readRecords(store, *stream, iterator, *shard, limit, context.now);
    }
    if (context.span.recording())
        context.span.step("read " + std::to_string(page.count) + (page.count == 1 ? " record" : " records"),
            shard->closed ? "of a shard that has ended" : "");
    aws::Reply reply;
    reply.body = "{";
    if (!shard->closed || page.count > 0) {
        iterator.from = page.next;
        iterator.byNumber = false;
        iterator.issuedAt = context.now;
        reply.body += "\"NextShardIterator\":\"" + iterator.text() + "\",";
    }
    reply.body += "\"Records\":[" + page.text + "]}";
    return reply;
}

}
