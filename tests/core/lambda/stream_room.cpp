#include "tests/core/lambda/stream_room.h"

#include <algorithm>

namespace tests {

using namespace core;
using lambda::EventSourceMapping;
using nlohmann::json;

void FakeStream::addShard(const std::string& id, const std::string& parent)
{
    const std::lock_guard guard(m_mutex);
    m_shards.push_back({id, parent, {}, false});
}

void FakeStream::close(const std::string& id)
{
    const std::lock_guard guard(m_mutex);
    shard(id).isClosed = true;
}

FakeStream::Shard& FakeStream::shard(const std::string& id)
{
    return *std::find_if(m_shards.begin(), m_shards.end(), [&](const Shard& one) { return one.id == id; });
}

std::string FakeStream::add(
    const std::string& shardId, const std::string& key, int value, std::int64_t createdAt)
{
    const std::lock_guard guard(m_mutex);
    const auto sequence = std::to_string(100'000'000'000'000'000 + m_next++);
    shard(shardId).records.push_back({{"eventID", sequence}, {"eventName", "INSERT"}, {"eventVersion", "1.1"},
        {"eventSource", "aws:dynamodb"}, {"awsRegion", "us-east-1"},
        {"dynamodb",
            {{"ApproximateCreationDateTime", createdAt}, {"Keys", {{"pk", {{"S", key}}}}},
                {"NewImage", {{"pk", {{"S", key}}}, {"v", {{"N", std::to_string(value)}}}}},
                {"SequenceNumber", sequence}, {"SizeBytes", 10}, {"StreamViewType", "NEW_IMAGE"}}}});
    return sequence;
}

std::vector<FakeStream::Sent> FakeStream::sent() const
{
    const std::lock_guard guard(m_mutex);
    return m_sent;
}

int FakeStream::reads() const
{
    const std::lock_guard guard(m_mutex);
    return m_reads;
}

json FakeStream::describe() const
{
    json shards = json::array();
    for (const auto& one : m_shards) {
        json entry = {{"ShardId", one.id}, {"SequenceNumberRange", {{"StartingSequenceNumber", "1"}}}};
        if (!one.parent.empty())
            entry["ParentShardId"] = one.parent;
        if (one.isClosed)
            entry["SequenceNumberRange"]["EndingSequenceNumber"] = "9";
        shards.push_back(std::move(entry));
    }
    return {{"StreamDescription",
        {{"KeySchema", {{{"AttributeName", "pk"}, {"KeyType", "HASH"}}}}, {"Shards", shards}}}};
}

json FakeStream::iterator(const json& input)
{
    const auto id = input.at("ShardId").get<std::string>();
    std::size_t at = 0;
    if (input.contains("SequenceNumber")) {
        const auto& records = shard(id).records;
        while (at < records.size() && records[at]["dynamodb"]["SequenceNumber"] <= input.at("SequenceNumber"))
            ++at;
    }
    return {{"ShardIterator", id + '|' + std::to_string(at)}};
}

json FakeStream::records(const std::string& iterator)
{
    const auto bar = iterator.find('|');
    const auto& its = shard(iterator.substr(0, bar));
    auto at = static_cast<std::size_t>(std::stoul(iterator.substr(bar + 1)));
    json records = json::array();
    for (; at < its.records.size() && records.size() < 1000; ++at)
        records.push_back(its.records[at]);
    json answer = {{"Records", records}};
    if (!its.isClosed || !records.empty())
        answer["NextShardIterator"] = its.id + '|' + std::to_string(at);
    return answer;
}

Result<aws::Reply> FakeStream::call(std::string_view service, std::string_view action, const json& input,
    const aws::CallOptions&, std::string payload)
{
    const std::lock_guard guard(m_mutex);
    if (service != "dynamodbstreams") {
        m_sent.push_back({std::string(service), std::string(action), input, std::move(payload)});
        return aws::Reply{};
    }
    if (action == "DescribeStream")
        return aws::Reply::of(describe());
    if (action == "GetShardIterator")
        return aws::Reply::of(iterator(input));
    ++m_reads;
    return aws::Reply::of(records(input.at("ShardIterator")));
}

Result<http::Response> FakeStream::fetch(std::string_view, http::Request, const aws::CallOptions&)
{
    return fail(ErrorKind::NotFound, "NotFound", "no network here");
}

StreamWorld::StreamWorld()
    : store(*store::Store::open({folder.path().toStdString(), store::Durability::Relaxed}))
    , blobs(folder.path().toStdString() + "/objects", false)
    , host{*store, blobs, clock, tracer, stream, pool, server, changes, logs, folder.path().toStdString(),
          [] { return std::string(); }}
{
}

StreamRoom::StreamRoom()
    : FeedRoom(host)
{
}

StreamRoom::~StreamRoom()
{
    close();
}

void StreamRoom::start(EventSourceMapping mapping)
{
    mapping.id = "m";
    if (mapping.startingPosition.empty())
        mapping.startingPosition = "TRIM_HORIZON";
    FeedRoom::start(std::move(mapping),
        "arn:aws:dynamodb:us-east-1:000000000000:table/Orders/stream/2026-01-01T00:00:00.000");
}

void StreamRoom::tell()
{
    changes.publish({"dynamodb", "PutItem", "us-east-1", "Orders", true});
}

json StreamRoom::batches() const
{
    return FeedRoom::batches([](const json& record) {
        return std::stoi(record["dynamodb"]["NewImage"]["v"]["N"].get<std::string>());
    });
}

}
