#include "core/dynamodb/action_input.h"
#include "core/dynamodb/actions.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/partition_key.h"
#include "core/dynamodb/stored_item.h"
#include "core/dynamodb/throughput_meter.h"

#include <nlohmann/json.hpp>

#include <algorithm>

// Own actions: whether tables' throughput is enforced, and how it is used.
namespace core::dynamodb {

namespace {

using nlohmann::json;

// Items of larger tables are not counted for a look at its partitions.
constexpr std::int64_t kMaxCounted = 100'000;

json settings(DynamoDbService& service)
{
    json tables = json::array();
    for (const auto& table : service.tables().all()) {
        if (const auto own = service.throttles().own(*table))
            tables.push_back(
                {{"Region", table->region}, {"TableName", table->name}, {"Mode", modeName(*own)}});
    }
    return {{"Default", modeName(service.throttles().general())}, {"Tables", tables}};
}

// `table` null: the chamber's default.
class PutThrottling final : public aws::PendingWrite {
public:
    PutThrottling(DynamoDbService& service, TablePtr table, std::optional<ThrottleMode> mode)
        : m_service(service)
        , m_table(std::move(table))
        , m_mode(mode)
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        if (!m_table) {
            ThrottleStore::storeGeneral(transaction, general());
            return {};
        }
        if (m_table->state->dropped)
            return fail(errors::tableNotFound());
        ThrottleStore::store(transaction, *m_table, m_mode);
        return {};
    }

    Result<aws::Reply> answer() override
    {
        auto& throttles = m_service.throttles();
        if (m_table)
            throttles.publish(*m_table, m_mode);
        else
            throttles.publishGeneral(general());
        for (const auto& table : m_service.tables().all())
            throttles.apply(*table);
        return aws::Reply::of(settings(m_service));
    }

private:
    ThrottleMode general() const { return m_mode.value_or(ThrottleMode::Ignore); }

    DynamoDbService& m_service;
    TablePtr m_table;
    std::optional<ThrottleMode> m_mode;
};

json shownKey(const Table& table, std::string_view index, std::string_view row)
{
    const auto* found = index.empty() ? nullptr : table.findIndex(index);
    const auto& key = found ? found->keys.hash : table.keys.hash;
    const auto value = keys::partitionKey(row, key.type);
    std::string text;
    if (value)
        encode(text, *value);
    return {{key.name, value ? json::parse(text, nullptr, false) : json()}};
}

std::uint64_t hashNamed(const json& partition, const char* member)
{
    return std::stoull(partition.at(member).get<std::string>(), nullptr, 16);
}

// Counts the items of each partition, which come in order of their hash.
void countItems(json& partitions, store::Reader& reader, const std::string& keyspace)
{
    std::size_t position = 0;
    std::int64_t items = 0;
    std::int64_t bytes = 0;
    const auto close = [&] {
        partitions[position]["ItemCount"] = std::exchange(items, 0);
        partitions[position]["SizeBytes"] = std::exchange(bytes, 0);
        ++position;
    };
    auto last = hashNamed(partitions[0], "HashTo");
    reader.scan(keyspace, store::Range::all(), store::Direction::Forward,
        [&](std::string_view key, std::string_view value) {
            while (hashOfRow(key) > last) {
                close();
                last = hashNamed(partitions[position], "HashTo");
            }
            ++items;
            bytes += static_cast<std::int64_t>(sizeOfStored(value));
            return true;
        });
    while (position < partitions.size())
        close();
}

void countItems(json& resource, store::Reader& reader, const std::string& keyspace, const Counter& counter)
{
    auto& partitions = resource["Partitions"];
    if (counter.items > kMaxCounted && partitions.size() > 1)
        return;
    if (partitions.size() > 1)
        return countItems(partitions, reader, keyspace);
    partitions[0]["ItemCount"] = counter.items.load();
    partitions[0]["SizeBytes"] = counter.bytes.load();
}

}

// GET /_chamber/dynamodb/throttling: {"Default": "ignore", "Tables": [{"Region", "TableName", "Mode"}, …]} of
// the tables with a mode of their own.
Result<aws::Outcome> getThrottling(DynamoDbService& service, aws::RequestContext&, aws::Request&)
{
    return aws::Reply::of(settings(service));
}

// PUT /_chamber/dynamodb/throttling: {"TableName", "Mode": "ignore" | "enforce" | "default"}; without
// TableName the mode of all tables that have none of their own.
Result<aws::Outcome> putThrottling(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto input = jsonOf(request);
    const auto mode = modeNamed(input.value("Mode", ""));
    TablePtr table;
    if (input.contains("TableName")) {
        CORE_TRY(table, findTable(service, context, input["TableName"].get<std::string>()));
    }
    return std::make_unique<PutThrottling>(service, std::move(table), mode);
}

// GET /_chamber/dynamodb/tables/{TableName}/throughput: {"TableName", "Mode", "Table": {"Read", "Write",
// "Partitions"}, "GlobalSecondaryIndexes": {name: the same}}. What was used is counted while it is enforced.
Result<aws::Outcome> getThroughput(
    DynamoDbService& service, aws::RequestContext& context, aws::Request& request)
{
    CORE_TRY(const auto table, findTable(service, context, jsonOf(request).value("TableName", "")));
    CORE_CHECK(service.tables().count(table));
    auto* active = table->state->throughput.active();
    ThroughputMeter idle;
    auto& meter = active ? *active : idle;
    const auto key = [&](std::string_view index, std::string_view row) {
        return shownKey(*table, index, row);
    };
    auto output = meter.described(*table, active != nullptr, key, context.now);
    output["TableName"] = table->name;
    output["Mode"] = modeName(active ? ThrottleMode::Enforce : ThrottleMode::Ignore);
    const auto reader = service.store().read();
    countItems(output["Table"], *reader, table->keyspace, table->state->table);
    for (const auto& index : table->indexes) {
        if (index.global)
            countItems(output["GlobalSecondaryIndexes"][index.name], *reader, index.keyspace, *index.counter);
    }
    return aws::Reply::of(std::move(output));
}

}
