#include "tests/core/dynamodb/dynamodb_room.h"

#include <algorithm>

namespace tests {

DynamoDbRoom::DynamoDbRoom()
{
    open();
}

DynamoDbRoom::~DynamoDbRoom()
{
    close();
}

void DynamoDbRoom::open()
{
    const auto folder = m_folder.path().toStdString();
    m_store = *core::store::Store::open({.folder = folder, .durability = core::store::Durability::Relaxed});
    m_blobs = std::make_unique<core::store::BlobStore>(folder + "/objects", false);
    m_door = std::make_unique<core::aws::FrontDoor>(
        *m_store, m_clock, m_tracer, m_pool, m_changes, core::aws::FrontDoorOptions{});
    m_logs = std::make_unique<core::aws::LogBook>(*m_door);
    m_host = std::make_unique<core::aws::Host>(core::aws::Host{*m_store, *m_blobs, m_clock, m_tracer, *m_door,
        m_pool, m_server, m_changes, *m_logs, folder, [] { return std::string("http://127.0.0.1:4566"); }});
    m_service = std::make_unique<core::dynamodb::DynamoDbService>(*m_host);
    m_door->add(*m_service);
    m_streams = std::make_unique<core::dynamodb::DynamoDbStreamsService>(*m_host, *m_service);
    m_door->add(*m_streams);
}

void DynamoDbRoom::close()
{
    m_service->stop();
    m_logs.reset();
    m_door.reset();
    m_streams.reset();
    m_service.reset();
    m_host.reset();
    m_blobs.reset();
    m_store.reset();
}

void DynamoDbRoom::reopen()
{
    close();
    open();
}

std::unique_ptr<core::dynamodb::DynamoDbService> DynamoDbRoom::afterCrash()
{
    return std::make_unique<core::dynamodb::DynamoDbService>(*m_host);
}

nlohmann::json DynamoDbRoom::call(const char* action, const nlohmann::json& input)
{
    return callIn("us-east-1", action, input);
}

std::vector<nlohmann::json> DynamoDbRoom::streamRecords(const std::string& region, const std::string& table)
{
    const core::aws::CallOptions options{.region = region};
    const auto ask = [&](const char* action, const nlohmann::json& input) {
        return m_door->call("dynamodbstreams", action, input, options)->json();
    };
    const auto arn = callIn(region, "DescribeTable", {{"TableName", table}})["Table"]["LatestStreamArn"];
    std::vector<nlohmann::json> records;
    const auto description = ask("DescribeStream", {{"StreamArn", arn}})["StreamDescription"];
    for (const auto& shard : description["Shards"]) {
        const auto iterator = ask("GetShardIterator",
            {{"StreamArn", arn}, {"ShardId", shard["ShardId"]},
                {"ShardIteratorType", "TRIM_HORIZON"}})["ShardIterator"];
        const auto page = ask("GetRecords", {{"ShardIterator", iterator}});
        records.insert(records.end(), page["Records"].begin(), page["Records"].end());
    }
    std::sort(records.begin(), records.end(), [](const nlohmann::json& a, const nlohmann::json& b) {
        return a["dynamodb"]["SequenceNumber"] < b["dynamodb"]["SequenceNumber"];
    });
    return records;
}

nlohmann::json DynamoDbRoom::callIn(
    const std::string& region, const char* action, const nlohmann::json& input)
{
    error.clear();
    const auto reply = m_door->call("dynamodb", action, input, {.region = region});
    if (reply)
        return reply->json();
    error = reply.error().code + ": " + reply.error().message;
    return nullptr;
}

core::Error DynamoDbRoom::refuse(const char* action, const nlohmann::json& input)
{
    const auto reply = m_door->call("dynamodb", action, input, {});
    return reply ? core::Error{} : reply.error();
}

std::vector<std::string> DynamoDbRoom::steps()
{
    std::vector<std::string> found;
    const auto tracks = m_tracer.latest(1);
    if (tracks.empty())
        return found;
    for (const auto& span : tracks.front().spans) {
        for (const auto& step : span.steps)
            found.push_back(step.title + " | " + step.detail);
    }
    return found;
}

}
