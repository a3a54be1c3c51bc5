#include "core/dynamodb/replica_group.h"

#include "core/dynamodb/replica_log.h"

#include <nlohmann/json.hpp>

namespace core::dynamodb {

using nlohmann::json;

namespace {

void setTransition(Table& table, const std::string& region, const Transition& transition)
{
    for (auto& replica : table.replicas) {
        if (replica.region == region)
            replica.transition = transition;
    }
}

}

TablePtr replicaIn(
    store::Reader& transaction, const TableStore& tables, const Table& table, std::string_view region)
{
    const auto known = tables.find(region, table.name);
    if (!known)
        return nullptr;
    auto newest = TableStore::newest(transaction, known);
    return newest->state->dropped || !newest->findReplica(table.region) ? nullptr : newest;
}

std::vector<TablePtr> otherReplicas(store::Reader& transaction, const TableStore& tables, const Table& table)
{
    std::vector<TablePtr> others;
    for (const auto& replica : table.replicas) {
        if (auto other = replicaIn(transaction, tables, table, replica.region))
            others.push_back(std::move(other));
    }
    return others;
}

std::string ownOverrides(store::Reader& transaction, const TableStore& tables, const Table& table)
{
    for (const auto& other : otherReplicas(transaction, tables, table)) {
        if (const auto* known = other->findReplica(table.region))
            return known->overrides;
    }
    const auto encryption = json::parse(table.definition).value("SSESpecification", json::object());
    if (!encryption.contains("KMSMasterKeyId"))
        return {};
    return json{{"KMSMasterKeyId", encryption["KMSMasterKeyId"]}}.dump();
}

void joinGroup(store::Transaction& transaction, NewDescriptors& changes, TableStore& tables,
    const TablePtr& source, const TablePtr& fresh, const std::string& overrides, Micros now)
{
    if (!source->isGlobal())
        createReplicationKeyspaces(transaction, *source);
    TableStore::create(transaction, *fresh);
    StreamStore::create(transaction, *fresh->stream);
    createReplicationKeyspaces(transaction, *fresh);
    if (fresh->ttl)
        transaction.createKeyspace(fresh->ttl->keyspace);
    // The copy has what the source has: from the others the new replica needs what has not reached the
    // source yet.
    putCursor(transaction, *source, fresh->region, newestMoment(transaction, *source));
    const auto others = otherReplicas(transaction, tables, *source);
    for (const auto& other : others)
        putCursor(transaction, *other, fresh->region, cursorOf(transaction, *other, source->region));

    Replica added{fresh->region, {Phase::Creating, kUntilAnswered}, overrides, now};
    changes.change(transaction, source, [&](Table& after) {
        after.transition = {Phase::Updating, kUntilAnswered};
        after.replicas.push_back(added);
    });
    added.sourcedAt = 0;
    for (const auto& other : others)
        changes.change(transaction, other, [&](Table& after) { after.replicas.push_back(added); });
    ReplicaCopy{source->name, source->region, fresh->region, fresh->id, false, {}}.put(transaction);
}

void finishCopy(store::Transaction& transaction, NewDescriptors& changes, const TableStore& tables,
    const ReplicaCopy& copy, const TransitionTimes& times, Micros now)
{
    copy.erase(transaction);
    const auto fresh = tables.find(copy.to, copy.table);
    if (!fresh)
        return;
    const auto made = Transition::begin(Phase::Creating, now, times.createTable);
    const auto ready = changes.change(transaction, fresh, [&made](Table& after) { after.transition = made; });
    for (const auto& other : otherReplicas(transaction, tables, *ready)) {
        changes.change(transaction, other, [&](Table& after) {
            setTransition(after, copy.to, made);
            if (after.region == copy.from)
                after.transition = {Phase::Updating, made.until};
        });
    }
}

}
