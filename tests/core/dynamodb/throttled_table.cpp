#include "tests/core/dynamodb/throttled_table.h"

#include "core/dynamodb/key_encoding.h"

#include <QTest>

namespace tests::throttled {

using nlohmann::json;

namespace {

std::uint64_t hashOf(const std::string& id)
{
    return core::dynamodb::keys::hashOf(core::dynamodb::AttributeValue::string(id));
}

}

json text(const std::string& value)
{
    return {{"S", value}};
}

std::string dumped(const json& value)
{
    return value.dump();
}

json units(int reads, int writes)
{
    return {{"ReadCapacityUnits", reads}, {"WriteCapacityUnits", writes}};
}

json definition(const char* name)
{
    return {{"TableName", name},
        {"AttributeDefinitions", json::array({{{"AttributeName", "id"}, {"AttributeType", "S"}}})},
        {"KeySchema", json::array({{{"AttributeName", "id"}, {"KeyType", "HASH"}}})}};
}

void setMode(DynamoDbRoom& room, const char* table, const char* mode)
{
    room.call("PutThrottling", {{"TableName", table}, {"Mode", mode}});
    QCOMPARE(room.error, std::string());
}

void createEnforced(DynamoDbRoom& room, int reads, int writes)
{
    auto input = definition("Stock");
    input["ProvisionedThroughput"] = units(reads, writes);
    room.call("CreateTable", input);
    QCOMPARE(room.error, std::string());
    setMode(room, "Stock", "enforce");
}

void createIndexed(DynamoDbRoom& room, int tableWrites, int indexReads, int indexWrites)
{
    auto input = definition("Stock");
    input["ProvisionedThroughput"] = units(100, tableWrites);
    input["AttributeDefinitions"].push_back({{"AttributeName", "kind"}, {"AttributeType", "S"}});
    input["GlobalSecondaryIndexes"] = json::array({{{"IndexName", "ByKind"},
        {"KeySchema", json::array({{{"AttributeName", "kind"}, {"KeyType", "HASH"}}})},
        {"Projection", {{"ProjectionType", "KEYS_ONLY"}}},
        {"ProvisionedThroughput", units(indexReads, indexWrites)}}});
    room.call("CreateTable", input);
    QCOMPARE(room.error, std::string());
    setMode(room, "Stock", "enforce");
}

void createOnDemand(DynamoDbRoom& room, const json& more)
{
    auto input = definition("Stock");
    input["BillingMode"] = "PAY_PER_REQUEST";
    input.update(more);
    room.call("CreateTable", input);
    QCOMPARE(room.error, std::string());
    setMode(room, "Stock", "enforce");
}

json item(const std::string& id, std::size_t kilobytes)
{
    json item = {{"id", text(id)}};
    const auto rest = kilobytes * 1024 - 2 - id.size() - 1;
    item["p"] = text(std::string(rest, 'x'));
    return item;
}

bool put(DynamoDbRoom& room, const std::string& id, std::size_t kilobytes)
{
    room.call("PutItem", {{"TableName", "Stock"}, {"Item", item(id, kilobytes)}});
    return room.error.empty();
}

bool get(DynamoDbRoom& room, const std::string& id)
{
    room.call("GetItem", {{"TableName", "Stock"}, {"Key", {{"id", text(id)}}}, {"ConsistentRead", true}});
    return room.error.empty();
}

json throughput(DynamoDbRoom& room)
{
    return room.call("GetThroughput", {{"TableName", "Stock"}});
}

std::vector<std::string> idsBetween(std::uint64_t from, std::uint64_t to, std::size_t count)
{
    std::vector<std::string> ids;
    for (int i = 0; ids.size() < count; ++i) {
        auto id = "id" + std::to_string(i);
        if (const auto hash = hashOf(id); hash >= from && hash <= to)
            ids.push_back(std::move(id));
    }
    return ids;
}

std::string throttleStep(DynamoDbRoom& room)
{
    for (const auto& step : room.steps()) {
        if (step.starts_with("throttled"))
            return step;
    }
    return {};
}

}
