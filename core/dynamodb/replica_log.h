#pragma once

#include "core/base/clock.h"
#include "core/dynamodb/table.h"
#include "core/store/store.h"

#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

// What a replica of a global table keeps beside its items: the log of its own writes, in which the other
// replicas read on; which write each item is from, so that the last writer wins wherever it arrives; and the
// deletes among these, in order, so that they can be forgotten. Committer thread, unless it takes a Reader.
namespace core::dynamodb {

// When and where a write was accepted. Moments are distinct in one chamber; the region decides if ever two
// are not.
struct Stamp {
    Micros moment = 0; // 0: from before the table was global
    std::string region = {};

    auto operator<=>(const Stamp&) const = default;
};

struct LoggedWrite {
    Micros moment = 0;
    Micros acceptedAt = 0; // on the chamber's clock; the moment may be ahead of it to be distinct
    std::string key;
    std::optional<std::string> text; // canonical JSON; nothing deletes
};

std::optional<Stamp> stampOf(store::Reader& reader, const Table& table, std::string_view key);
// `known`: the stamp that it replaces.
void putStamp(store::Transaction& transaction, const Table& table, std::string_view key, const Stamp& stamp,
    const std::optional<Stamp>& known, bool deletes);

// The writer of items calls it for each write that began in the table's own region.
void logWrite(store::Transaction& transaction, const Table& table, std::string_view key,
    const std::optional<std::string_view>& text);
// The writes after `moment`, oldest first; return false to stop.
void readLog(store::Reader& reader, const Table& table, Micros moment,
    const std::function<bool(LoggedWrite&&)>& visit);
Micros newestMoment(store::Reader& reader, const Table& table); // 0 when there is none

// Up to where a replica has read another's log.
Micros cursorOf(store::Reader& reader, const Table& origin, std::string_view region);
void putCursor(store::Transaction& transaction, const Table& origin, std::string_view region, Micros moment);
void eraseCursor(store::Transaction& transaction, const Table& origin, std::string_view region);
// Removes some of what every replica has read; the newest stays, so that moments go on rising after a
// restart.
void trimLog(store::Transaction& transaction, const Table& table);

// Visits deletes in the order of their moments, from behind `place` ("" for the first) on.
using DeleteVisitor = std::function<bool(std::string_view place, std::string_view key)>;
void readDeletes(
    store::Reader& reader, const Table& table, std::string_view place, const DeleteVisitor& visit);
// Forgets some deletes that are older than `moment`; tells whether there may be more.
bool trimDeletes(store::Transaction& transaction, const Table& table, Micros moment);

void createReplicationKeyspaces(store::Transaction& transaction, const Table& table);
// All of it.
void forgetReplication(store::Transaction& transaction, const Table& table);

}
