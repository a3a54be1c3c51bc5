#include "core/dynamodb/table_maker.h"

#include "core/base/ids.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/item_writer.h"
#include "core/dynamodb/stored_item.h"
#include "core/dynamodb/table_update.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::dynamodb {

using nlohmann::json;

namespace {

// The indexes of the source that the override names; AWS lets a restore leave some out, and no more.
Result<> overrideIndexes(json& definition, const json& input, const char* list, const char* overriding)
{
    if (!input.contains(overriding))
        return {};
    const auto source = definition.value(list, json::array());
    definition.erase(list);
    for (const auto& wanted : input[overriding]) {
        const auto name = wanted.value("IndexName", "");
        const auto known = std::find_if(source.begin(), source.end(),
            [&](const json& index) { return index.value("IndexName", "") == name; });
        if (known == source.end() || (*known)["KeySchema"] != wanted["KeySchema"]
            || (wanted.contains("Projection") && (*known)["Projection"] != wanted["Projection"])) {
            return fail(errors::invalidRequest("Index " + name
                + " does not match a secondary index that existed in the source table and cannot be created "
                  "during the restore operation"));
        }
        auto index = *known;
        for (const auto* member : {"ProvisionedThroughput", "OnDemandThroughput"}) {
            if (wanted.contains(member))
                index[member] = wanted[member];
        }
        definition[list].push_back(std::move(index));
    }
    return {};
}

Result<> overrideBilling(json& definition, const json& input)
{
    const auto mode = input.value("BillingModeOverride", definition.value("BillingMode", "PROVISIONED"));
    const bool throughput = input.contains("ProvisionedThroughputOverride");
    if (mode == "PAY_PER_REQUEST" && throughput)
        return fail(errors::invalidRequest(
            "Cannot override ProvisionedThroughput if BillingMode is overridden to PAY_PER_REQUEST"));
    if (mode == "PROVISIONED" && !definition.contains("ProvisionedThroughput") && !throughput)
        return fail(errors::invalidRequest(
            "Must override ProvisionedThroughput if BillingMode is overridden to PROVISIONED"));
    definition["BillingMode"] = mode;
    if (throughput)
        definition["ProvisionedThroughput"] = input["ProvisionedThroughputOverride"];
    if (input.contains("OnDemandThroughputOverride"))
        definition["OnDemandThroughput"] = input["OnDemandThroughputOverride"];
    if (mode == "PAY_PER_REQUEST") {
        definition.erase("ProvisionedThroughput");
        for (auto& index : definition["GlobalSecondaryIndexes"])
            index.erase("ProvisionedThroughput");
    } else {
        for (auto& index : definition["GlobalSecondaryIndexes"]) {
            if (!index.contains("ProvisionedThroughput"))
                return fail(errors::invalidRequest(
                    "Must specify provisioned throughput for index " + index.value("IndexName", "")));
        }
    }
    if (definition["GlobalSecondaryIndexes"].empty())
        definition.erase("GlobalSecondaryIndexes");
    return {};
}

}

TableMaker::TableMaker(DynamoDbService& service, TablePtr table)
    : m_service(service)
    , m_table(std::move(table))
{
}

Result<> TableMaker::begin(store::Transaction& transaction, Transfer& /*transfer*/)
{
    if (TableStore::exists(transaction, *m_table))
        return fail(errors::tableExists(m_table->name));
    TableStore::create(transaction, *m_table);
    return {};
}

void TableMaker::begun()
{
    m_service.tables().publish(m_table);
}

Result<std::int64_t> TableMaker::write(TransferRunner& runner, Transfer& transfer, Rows rows)
{
    ItemWriter writer;
    std::int64_t bytes = 0;
    CORE_CHECK(runner.commit(transfer, [&](store::Transaction& transaction) -> Result<> {
        for (auto& [key, text] : rows) {
            auto before = readItem(transaction, *m_table, key);
            ItemVersion version;
            version.text = std::move(text);
            version.size = sizeOfStored(version.text);
            bytes += static_cast<std::int64_t>(version.size);
            std::optional<ItemVersion> after = std::move(version);
            writer.write(transaction, m_table, key, before, after);
        }
        return {};
    }));
    writer.becameDurable();
    transfer.items += static_cast<std::int64_t>(rows.size());
    return bytes;
}

void TableMaker::finish(store::Transaction& transaction, const Result<>& outcome)
{
    if (!outcome) {
        TableStore::drop(transaction, *m_table);
        m_table->state->dropped = true;
        return;
    }
    auto ready = *m_table;
    ++ready.revision;
    ready.transition = Transition::begin(
        Phase::Creating, m_service.host().clock.now(), m_service.transitionTimes().createTable);
    TableStore::update(transaction, ready);
    m_opened = std::make_shared<const Table>(std::move(ready));
    m_opened->state->setLatest(m_opened);
}

void TableMaker::finished(const Result<>& outcome)
{
    if (outcome)
        m_service.tables().publish(m_opened);
    else
        m_service.tables().withdraw(*m_table);
}

Result<TablePtr> tableToMake(DynamoDbService& service, aws::RequestContext& context, const json& definition)
{
    CORE_TRY(auto table, defineTable(definition));
    context.touch(table.name);
    if (service.tables().find(context.region, table.name))
        return fail(errors::tableExists(table.name));
    identify(table, context.region, context.principal.account, newUuid(), context.now);
    table.state->counted = true; // nothing in it yet
    table.transition = {Phase::Creating, kUntilAnswered};
    return std::make_shared<const Table>(std::move(table));
}

Result<json> restoredDefinition(const json& source, const json& input)
{
    auto definition = source;
    for (const auto* member : {"Tags", "StreamSpecification", "TimeToLiveSpecification", "ResourcePolicy",
             "DeletionProtectionEnabled", "TableClass", "PointInTimeRecovery", "WarmThroughput",
             "RestoreSummary"})
        definition.erase(member);
    for (const auto* list : {"GlobalSecondaryIndexes", "LocalSecondaryIndexes"}) {
        if (definition.contains(list)) {
            for (auto& index : definition[list])
                index.erase("WarmThroughput");
        }
    }
    definition["TableName"] = input["TargetTableName"];
    CORE_CHECK(overrideIndexes(definition, input, "GlobalSecondaryIndexes", "GlobalSecondaryIndexOverride"));
    CORE_CHECK(overrideIndexes(definition, input, "LocalSecondaryIndexes", "LocalSecondaryIndexOverride"));
    CORE_CHECK(overrideBilling(definition, input));
    if (input.contains("SSESpecificationOverride"))
        definition["SSESpecification"] = input["SSESpecificationOverride"];
    dropUnusedDefinitions(definition);
    return definition;
}

bool isHalfMade(const Table& table)
{
    return table.transition.phase == Phase::Creating && table.transition.until == kUntilAnswered
        && !table.isGlobal(); // replicas go on being copied
}

}
