#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/dynamodb/attribute_value.h"

#include <nlohmann/json_fwd.hpp>

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core::dynamodb {

struct KeyAttribute {
    std::string name; // "" for no such key
    AttributeType type = AttributeType::S;
};

struct KeySchema {
    KeyAttribute hash;
    KeyAttribute range;

    bool hasRange() const { return !range.name.empty(); }
    bool contains(std::string_view attribute) const
    {
        return attribute == hash.name || attribute == range.name;
    }
};

struct Throughput {
    std::int64_t read = 0;
    std::int64_t write = 0;
};

enum class ProjectionType { KeysOnly, Include, All };

struct Index {
    std::string name;
    bool global = true;
    KeySchema keys;
    ProjectionType projection = ProjectionType::All;
    std::vector<std::string> nonKeyAttributes;
    Throughput throughput;
    std::string keyspace;
};

// What is counted of a table or an index.
struct Counter {
    std::atomic<std::int64_t> items = 0;
    std::atomic<std::int64_t> bytes = 0;
};

// What changes while a table lives, shared by all descriptors of it. Changed by the committer thread alone.
struct TableState {
    explicit TableState(std::size_t indexCount)
        : indexes(indexCount)
    {
    }

    std::atomic<bool> dropped = false;
    std::atomic<bool> counted = false; // whether the counters are known
    std::atomic<bool> snapshotStored =
        false; // whether the store holds counters that the next write makes stale
    Counter table;
    std::vector<Counter> indexes;
};

// A table as it was defined. Immutable once made; shared by whoever uses it at the time.
struct Table {
    std::string name;
    std::string region;
    std::string account;
    std::string id;
    Micros createdAt = 0;
    KeySchema keys;
    std::vector<std::pair<std::string, AttributeType>> definitions;
    std::vector<Index> indexes; // local ones first, in the order of the request
    bool onDemand = false;
    Throughput throughput;
    bool deletionProtected = false;
    std::string tableClass; // "" unless given
    std::vector<std::pair<std::string, std::string>> tags;
    std::string keyspace;
    std::shared_ptr<TableState> state;

    const Index* findIndex(std::string_view indexName) const;
    bool hasLocalIndexes() const;
    std::string arn() const;
};

using TablePtr = std::shared_ptr<const Table>;

// Checks a CreateTable request's input as AWS does and makes the table's descriptor of it.
Result<Table> defineTable(const nlohmann::json& input);
// Gives the descriptor its identity: keyspaces, id, state.
void identify(Table& table, std::string region, std::string account, std::string id, Micros createdAt);

// As the store keeps it, and back.
std::string storedForm(const Table& table, const nlohmann::json& input);
Result<Table> fromStoredForm(std::string_view text);

// TableDescription; `status` is TableStatus and IndexStatus.
nlohmann::json describe(const Table& table, std::string_view status);

}
