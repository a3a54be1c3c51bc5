#include "core/dynamodb/table_maker.h"

#include "core/base/ids.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/row_writer.h"
#include "core/dynamodb/table_update.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::dynamodb {

using nlohmann::json;

namespace {

tl::unexpected<Error> invalidRequest(const std::string& why)
{
    return fail(errors::validation("Invalid Request: " + why));
}

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
            return invalidRequest("Index " + name
                + " does not match a secondary index that existed in the source table and cannot be created "
                  "during the restore operation");
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
        return invalidRequest(
            "Cannot override ProvisionedThroughput if BillingMode is overridden to PAY_PER_REQUEST");
    if (mode == "PROVISIONED" && !definition.contains("ProvisionedThroughput") && !throughput)
        return invalidRequest(
            "Must override ProvisionedThroughput if BillingMode is overridden to PROVISIONED");
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
                return invalidRequest(
                    "Must specify provisioned throughput for index " + index.value("IndexName", ""));
        }
    }
    if (definition["GlobalSecondaryIndexes"].empty())
        definition.erase("GlobalSecondaryIndexes");
    return {};
}

}

TableMaker::TableMaker(DynamoDbService& service, aws::RequestContext& context)
    : m_service(service)
    , m_context(context)
{
}

Result<TablePtr> TableMaker::make(const json& definition, const Fill& fill)
{
    CORE_TRY(auto table, defineTable(definition));
    m_context.touch(table.name);
    identify(table, m_context.region, m_context.principal.account, newUuid(), m_context.now);
    table.state->counted = true;
    table.transition = {Phase::Creating, kUntilAnswered};
    const auto made = std::make_shared<const Table>(std::move(table));
    CORE_CHECK(create(made));
    m_service.tables().publish(made);
    TableWriter writer(m_service.store(), made);
    auto filled =
        fill(*made, [&writer](std::string_view key, std::string_view text) { return writer.put(key, text); });
    if (filled)
        filled = writer.finish();
    if (!filled) {
        remove(made);
        return fail(std::move(filled).error());
    }
    return open(made);
}

Result<> TableMaker::create(const TablePtr& table)
{
    return m_service.store().commit([&table](store::Transaction& transaction) -> Result<> {
        if (TableStore::exists(transaction, *table))
            return fail(errors::tableExists(table->name));
        TableStore::create(transaction, *table);
        return {};
    });
}

Result<TablePtr> TableMaker::open(const TablePtr& table)
{
    auto ready = *table;
    ++ready.revision;
    ready.transition =
        Transition::begin(Phase::Creating, m_context.now, m_service.transitionTimes().createTable);
    const auto opened = std::make_shared<const Table>(std::move(ready));
    const auto stored = m_service.store().commit([&opened](store::Transaction& transaction) -> Result<> {
        TableStore::update(transaction, *opened);
        opened->state->setLatest(opened);
        return {};
    });
    if (!stored) {
        opened->state->withdraw(opened);
        remove(table);
        return fail(stored.error());
    }
    m_service.tables().publish(opened);
    return opened;
}

void TableMaker::remove(const TablePtr& table)
{
    (void)m_service.store().commit([&table](store::Transaction& transaction) -> Result<> {
        TableStore::drop(transaction, *table);
        table->state->dropped = true;
        return {};
    });
    m_service.tables().withdraw(*table);
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
