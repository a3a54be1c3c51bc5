#pragma once

#include "core/dynamodb/new_descriptors.h"
#include "core/dynamodb/service.h"
#include "core/dynamodb/table_update.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <utility>
#include <vector>

namespace core::dynamodb {

// What UpdateTable must not do to a replica.
Result<> checkReplicaUpdate(const Table& table, const nlohmann::json& input, Micros now);

// How consistent a global table is says only the request that makes it.
Result<> checkConsistency(const Table& table, const nlohmann::json& input);

// A change of the class is one of every replica's.
void noteClass(Table& after, const nlohmann::json& input);

// The keyspaces of the indexes that an update makes and deletes.
void changeIndexKeyspaces(store::Transaction& transaction, const Table& before, const TableUpdate& update);

// Carries a change of one replica's settings to the others of its global table, in the same commit: indexes,
// capacity, encryption, class and time to live are the same everywhere. Owned by the change; committer
// thread, then the answering thread.
class ReplicaSettings {
public:
    explicit ReplicaSettings(DynamoDbService& service)
        : m_service(service)
        , m_changes(service.tables())
    {
    }

    // `input` as UpdateTable's, `wanted` as a TimeToLiveSpecification.
    Result<> updateTable(
        store::Transaction& transaction, const Table& table, const nlohmann::json& input, Micros now);
    Result<> updateTimeToLive(
        store::Transaction& transaction, const Table& table, const nlohmann::json& wanted, Micros now);
    void publish(); // once durable

private:
    Result<> updateOther(store::Transaction& transaction, const Table& table, const TablePtr& other,
        const nlohmann::json& input, Micros now);
    void fill(store::Transaction& transaction, TablePtr after, const std::string& index);

    DynamoDbService& m_service;
    NewDescriptors m_changes;
    std::vector<std::pair<TablePtr, std::string>> m_fillings; // tables and indexes
};

// The descriptor with that time to live, or without any.
void setTimeToLive(store::Transaction& transaction, Table& after, const nlohmann::json& wanted, Micros now);

}
