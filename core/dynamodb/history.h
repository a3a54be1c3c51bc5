#pragma once

#include "core/dynamodb/item_version.h"
#include "core/dynamodb/table.h"
#include "core/store/store.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

// What a table's items were before each change, kept while point-in-time recovery is on. A keyspace of
// "8 bytes of a rising number of microseconds" to the item's key and what it was.
namespace core::dynamodb {

std::string historyKeyspace(const Table& table);

// Committer thread.
void recordHistory(store::Transaction& transaction, const Table& table, std::string_view itemKey,
    const std::optional<ItemVersion>& before);
// Removes what is older than the table keeps; tells whether there may be more.
bool trimHistory(store::Transaction& transaction, const Table& table, Micros now);
// Where the numbers go on after a restart.
Micros lastHistory(store::Reader& reader, const Table& table);

// The items as they were right after `moment`: each with its key and text, in no order. Stop by returning
// false.
void itemsAt(
    store::Reader& reader, const Table& table, std::optional<Micros> moment, const store::Visitor& visit);

// The changes after `from`, up to `to`: for each changed item its key, and what it was before and after.
using ChangeVisitor = std::function<bool(
    std::string_view key, const std::optional<std::string>& before, const std::optional<std::string>& after)>;
void changesBetween(
    store::Reader& reader, const Table& table, Micros from, Micros to, const ChangeVisitor& visit);

}
