#pragma once

#include "core/dynamodb/new_descriptors.h"
#include "core/dynamodb/replica_copy.h"
#include "core/dynamodb/transition_times.h"

#include <string>
#include <string_view>
#include <vector>

// The replicas of a global table, as the committer thread finds them: how one joins; how one leaves says
// TableDeletion.
namespace core::dynamodb {

// The replica of `table` in that region; null when there is none.
TablePtr replicaIn(
    store::Reader& transaction, const TableStore& tables, const Table& table, std::string_view region);
std::vector<TablePtr> otherReplicas(store::Reader& transaction, const TableStore& tables, const Table& table);

// What the others say of a table's own settings.
std::string ownOverrides(store::Reader& transaction, const TableStore& tables, const Table& table);

// Makes `fresh`, which is identified and has its stream, a replica of the global table of `source`, and
// begins its copy. `overrides` are the replica's own settings.
void joinGroup(store::Transaction& transaction, NewDescriptors& changes, TableStore& tables,
    const TablePtr& source, const TablePtr& fresh, const std::string& overrides, Micros now);
// Both are as they should be; every replica knows.
void finishCopy(store::Transaction& transaction, NewDescriptors& changes, const TableStore& tables,
    const ReplicaCopy& copy, const TransitionTimes& times, Micros now);

}
