#include "core/dynamodb/table.h"

#include "core/base/arn.h"
#include "core/dynamodb/errors.h"

#include <nlohmann/json.hpp>

namespace core::dynamodb {

using nlohmann::json;

namespace {

// Throughput that AWS keeps warm for a new on-demand table.
constexpr std::int64_t kOnDemandReads = 12'000;
constexpr std::int64_t kOnDemandWrites = 4'000;

json described(const KeySchema& keys)
{
    auto schema = json::array({{{"AttributeName", keys.hash.name}, {"KeyType", "HASH"}}});
    if (keys.hasRange())
        schema.push_back({{"AttributeName", keys.range.name}, {"KeyType", "RANGE"}});
    return schema;
}

json described(const Throughput& throughput)
{
    return {{"NumberOfDecreasesToday", 0}, {"ReadCapacityUnits", throughput.read},
        {"WriteCapacityUnits", throughput.write}};
}

json warm(bool onDemand, const Throughput& throughput)
{
    return {{"ReadUnitsPerSecond", onDemand ? kOnDemandReads : throughput.read}, {"Status", "ACTIVE"},
        {"WriteUnitsPerSecond", onDemand ? kOnDemandWrites : throughput.write}};
}

std::string_view projectionName(ProjectionType type)
{
    return type == ProjectionType::All ? "ALL" : type == ProjectionType::Include ? "INCLUDE" : "KEYS_ONLY";
}

json described(const Table& table, std::size_t position, std::string_view status)
{
    const auto& index = table.indexes[position];
    const auto& counter = table.state->indexes[position];
    json projection = {{"ProjectionType", projectionName(index.projection)}};
    if (!index.nonKeyAttributes.empty())
        projection["NonKeyAttributes"] = index.nonKeyAttributes;
    json result = {{"IndexName", index.name}, {"KeySchema", described(index.keys)},
        {"Projection", projection}, {"IndexSizeBytes", counter.bytes.load()},
        {"ItemCount", counter.items.load()}, {"IndexArn", table.arn() + "/index/" + index.name}};
    if (!index.global)
        return result;
    result["IndexStatus"] = status;
    result["ProvisionedThroughput"] = described(index.throughput);
    if (status == "ACTIVE")
        result["WarmThroughput"] = warm(table.onDemand, index.throughput);
    return result;
}

double seconds(Micros moment)
{
    return static_cast<double>(moment / kMillisecond) / 1000.0;
}

}

const Index* Table::findIndex(std::string_view indexName) const
{
    for (const auto& index : indexes) {
        if (index.name == indexName)
            return &index;
    }
    return nullptr;
}

bool Table::hasLocalIndexes() const
{
    return !indexes.empty() && !indexes.front().global;
}

std::string Table::arn() const
{
    return Arn{"dynamodb", region, account, "table/" + name}.text();
}

void identify(Table& table, std::string region, std::string account, std::string id, Micros createdAt)
{
    table.region = std::move(region);
    table.account = std::move(account);
    table.id = std::move(id);
    table.createdAt = createdAt;
    table.keyspace = "dynamodb/items/" + table.region + "/" + table.id;
    for (auto& index : table.indexes)
        index.keyspace = table.keyspace + "/" + index.name;
    table.state = std::make_shared<TableState>(table.indexes.size());
}

std::string storedForm(const Table& table, const json& input)
{
    return json{{"Region", table.region}, {"Account", table.account}, {"TableId", table.id},
        {"CreatedAt", table.createdAt}, {"Input", input}}
        .dump();
}

Result<Table> fromStoredForm(std::string_view text)
{
    const auto stored = json::parse(text, nullptr, false);
    if (!stored.is_object() || !stored.contains("Input"))
        return fail(
            ErrorKind::Io, "InternalServerError", "A table's description in the store cannot be read.");
    CORE_TRY(auto table, defineTable(stored["Input"]));
    identify(table, stored.value("Region", ""), stored.value("Account", ""), stored.value("TableId", ""),
        stored.value("CreatedAt", Micros{0}));
    return table;
}

json describe(const Table& table, std::string_view status)
{
    json definitions = json::array();
    for (const auto& [name, type] : table.definitions)
        definitions.push_back({{"AttributeName", name}, {"AttributeType", typeName(type)}});
    json result = {{"AttributeDefinitions", definitions}, {"TableName", table.name},
        {"KeySchema", described(table.keys)}, {"TableStatus", status},
        {"CreationDateTime", seconds(table.createdAt)},
        {"ProvisionedThroughput", described(table.throughput)},
        {"TableSizeBytes", table.state->table.bytes.load()}, {"ItemCount", table.state->table.items.load()},
        {"TableArn", table.arn()}, {"TableId", table.id},
        {"DeletionProtectionEnabled", table.deletionProtected}};
    if (table.onDemand) {
        result["BillingModeSummary"] = {{"BillingMode", "PAY_PER_REQUEST"}};
        if (status == "ACTIVE")
            result["BillingModeSummary"]["LastUpdateToPayPerRequestDateTime"] = seconds(table.createdAt);
    }
    if (!table.tableClass.empty())
        result["TableClassSummary"] = {{"TableClass", table.tableClass}};
    if (status == "ACTIVE")
        result["WarmThroughput"] = warm(table.onDemand, table.throughput);
    for (std::size_t i = 0; i < table.indexes.size(); ++i) {
        const auto* list = table.indexes[i].global ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes";
        result[list].push_back(described(table, i, status));
    }
    return result;
}

}
