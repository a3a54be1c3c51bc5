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

// The changes after the moment `after`, up to the number `upTo`, newest first: each one's number, the item's
// key and what it was before, "" for nothing. Stop by returning false.
using BackwardsVisitor =
    std::function<bool(Micros number, std::string_view itemKey, std::string_view before)>;
void eachChangeBackwards(
    store::Reader& reader, const Table& table, Micros after, Micros upTo, const BackwardsVisitor& visit);

}
