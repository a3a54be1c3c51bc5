#include "core/dynamodb/replica_settings.h"

#include "core/dynamodb/errors.h"
#include "core/dynamodb/replica.h"
#include "core/dynamodb/replica_group.h"
#include "core/dynamodb/table_change.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::dynamodb {

using nlohmann::json;

namespace {

bool isEncrypted(const json& holder)
{
    return holder.value("SSESpecification", json::object()).value("Enabled", false);
}

// What is not each region's own, without what the replica has overridden.
json shared(const json& input, const Replica* known, const Table& other)
{
    auto common = input;
    for (const auto* member : {"DeletionProtectionEnabled", "StreamSpecification", "ReplicaUpdates"})
        common.erase(member);
    const auto overrides =
        known && !known->overrides.empty() ? json::parse(known->overrides) : json::object();
    if (common.contains("OnDemandThroughput") && overrides.contains("OnDemandThroughputOverride"))
        common["OnDemandThroughput"].erase("MaxReadRequestUnits");
    // Whether there is a key is common; which one is a region's own.
    if (common.contains("SSESpecification"))
        common["SSESpecification"].erase("KMSMasterKeyId");
    if (isEncrypted(common) == isEncrypted(json::parse(other.definition)))
        common.erase("SSESpecification");
    return common;
}

bool changesAnything(const json& common)
{
    for (const auto& [member, value] : common.items()) {
        if (member != "TableName" && member != "AttributeDefinitions")
            return true;
    }
    return false;
}

}

Result<> checkReplicaUpdate(const Table& table, const json& input, Micros now)
{
    if (!table.isGlobal())
        return {};
    const auto stream = input.value("StreamSpecification", json::object());
    if (input.contains("StreamSpecification") && !stream.value("StreamEnabled", false))
        return fail(errors::streamOfReplica());
    if (input.value("BillingMode", "") == "PROVISIONED")
        return fail(errors::notAutoScaled());
    return table.transition.isOver(now) ? Result<>{} : fail(errors::changeInUse());
}

Result<> checkConsistency(const Table& table, const json& input)
{
    if (!input.contains("MultiRegionConsistency"))
        return {};
    if (input["MultiRegionConsistency"] == "STRONG")
        return fail(errors::validation("'MultiRegionConsistency' of UpdateTable: Cloud Chamber does not "
                                       "support STRONG, only EVENTUAL"));
    if (table.isGlobal())
        return fail(errors::validation("MultiRegionConsistency parameter is unsupported on existing global "
                                       "table"));
    const auto updates = input.value("ReplicaUpdates", json::array());
    const bool creates = std::any_of(
        updates.begin(), updates.end(), [](const json& update) { return update.contains("Create"); });
    return creates ? Result<>{}
                   : fail(errors::validation(
                       "One or more parameter values were invalid: MultiRegionConsistency can only be "
                       "specified with a Create action in ReplicaUpdates"));
}

void noteClass(Table& after, const json& input)
{
    if (!input.contains("TableClass"))
        return;
    for (auto& replica : after.replicas)
        replica.overrides = mergedOverrides(replica.overrides, {{"TableClassOverride", input["TableClass"]}});
}

void changeIndexKeyspaces(store::Transaction& transaction, const Table& before, const TableUpdate& update)
{
    if (!update.createdIndex.empty() || !update.deleted.empty())
        TableStore::touchCounters(transaction, before);
    for (const auto& index : update.deleted) {
        transaction.dropKeyspace(index.keyspace);
        IndexFiller::forget(transaction, before, index.name);
    }
    if (const auto* index = update.after.findIndex(update.createdIndex))
        transaction.createKeyspace(index->keyspace);
}

void setTimeToLive(store::Transaction& transaction, Table& after, const json& wanted, Micros now)
{
    auto definition = json::parse(after.definition);
    definition.erase("TimeToLiveSpecification");
    after.ttlChangedAt = now;
    if (wanted.value("Enabled", false)) {
        definition["TimeToLiveSpecification"] = wanted;
        after.ttl = TimeToLive{
            wanted.value("AttributeName", ""), expiryKeyspace(after), std::make_shared<Backfill>()};
        transaction.createKeyspace(after.ttl->keyspace);
    } else if (after.ttl) {
        transaction.dropKeyspace(after.ttl->keyspace);
        IndexFiller::forget(transaction, after, {});
        after.ttl.reset();
    }
    after.definition = definition.dump();
}

void ReplicaSettings::fill(store::Transaction& transaction, TablePtr after, const std::string& index)
{
    const auto begun = after;
    IndexFiller::step(transaction, after, index);
    if (after != begun)
        m_changes.add(after);
    else
        m_fillings.emplace_back(after, index);
}

Result<> ReplicaSettings::updateOther(
    store::Transaction& transaction, const Table& table, const TablePtr& other, const json& input, Micros now)
{
    const auto common = shared(input, table.findReplica(other->region), *other);
    if (!changesAnything(common))
        return {};
    if (!other->transition.isOver(now))
        return fail(errors::changeInUse());
    CORE_TRY(const auto update, planUpdate(*other, common, now, m_service.transitionTimes()));
    changeIndexKeyspaces(transaction, *other, update);
    const auto after = m_changes.change(transaction, other, [&](Table& changed) {
        changed = update.after;
        noteClass(changed, common);
    });
    if (!update.createdIndex.empty())
        fill(transaction, after, update.createdIndex);
    return {};
}

Result<> ReplicaSettings::updateTable(
    store::Transaction& transaction, const Table& table, const json& input, Micros now)
{
    for (const auto& other : otherReplicas(transaction, m_service.tables(), table))
        CORE_CHECK(updateOther(transaction, table, other, input, now));
    return {};
}

Result<> ReplicaSettings::updateTimeToLive(
    store::Transaction& transaction, const Table& table, const json& wanted, Micros now)
{
    for (const auto& other : otherReplicas(transaction, m_service.tables(), table)) {
        if (!other->transition.isOver(now))
            return fail(errors::changeInUse());
        const auto after = m_changes.change(
            transaction, other, [&](Table& changed) { setTimeToLive(transaction, changed, wanted, now); });
        if (after->ttl)
            fill(transaction, after, {});
    }
    return {};
}

void ReplicaSettings::publish()
{
    const auto& changed = m_changes.changed();
    m_changes.publish();
    for (const auto& [table, index] : m_fillings)
        m_service.filler().start(table, index);
    for (const auto& table : changed)
        m_service.host().changes.publish({.service = "dynamodb",
            .action = "UpdateTable",
            .region = table->region,
            .resource = table->name});
}

}
