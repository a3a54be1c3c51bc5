#pragma once

#include "core/base/result.h"
#include "core/dynamodb/table.h"
#include "core/trace/tracer.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

// Global tables of version 2019.11.21: what a table knows of its replicas. Pure.
namespace core::dynamodb {

// How long a write is on its way from one region to another, on the chamber's clock: half a round trip.
Micros replicationDelay(std::string_view from, std::string_view to);
// ValidationException unless a replica may stand there.
Result<> checkReplicaRegion(const std::string& region);

// The definition of a replica, as a CreateTable's input: without what each region has for itself. `wanted` is
// a CreateReplicationGroupMemberAction.
nlohmann::json replicaDefinition(const Table& source, const nlohmann::json& wanted);
// Puts a replica's own OnDemandThroughput into its definition.
void overrideMaximums(nlohmann::json& definition, const nlohmann::json& wanted);
// What `wanted` (Create or Update) says about one replica alone, put to what was known of it.
std::string mergedOverrides(const std::string& known, const nlohmann::json& wanted);

// A member that was a source less than a day ago cannot go before the replicas that were made from it.
Result<> checkNoSource(const Table& table, Micros now);

// Expired items are deleted in one region; the others get the deletes as they get every write.
bool expiresItems(const Table& table);

// Replicas and what belongs to them, for a TableDescription that is complete otherwise.
void describeReplicas(nlohmann::json& description, const Table& table, Micros now);

// For the track of a write: where else it arrives, and when. Nothing for a table of one region.
void noteReplication(trace::SpanScope& span, const Table& table);

}
