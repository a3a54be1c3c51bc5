#pragma once

#include "core/dynamodb/item_writer.h"
#include "core/dynamodb/replica_log.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// How writes of one replica reach another; committer thread. Whatever arrives twice changes nothing.
namespace core::dynamodb {

// What became of a write when it arrived. `firstKey`s are for the track.
struct Arrivals {
    std::size_t applied = 0;
    std::size_t older = 0; // a later write was here already
    std::string firstApplied;
    std::string firstOlder;
    Micros oldest = 0; // when the first of them was accepted
    bool more = false; // there are others that have arrived
    std::optional<Micros> next; // when the next one arrives

    std::size_t count() const { return applied + older; }
};

// The last writer wins: writes unless the item is from a later one. Tells whether it wrote.
bool applyWrite(store::Transaction& transaction, const TablePtr& target, std::string_view key,
    const std::optional<std::string>& text, const Stamp& stamp, ItemWriter& writer);

// The writes of `origin` that have arrived at `target` by `now`, as many as fit a step.
Arrivals deliver(store::Transaction& transaction, const TablePtr& origin, const TablePtr& target, Micros now,
    ItemWriter& writer);
// The same of those that are still on their way too.
Arrivals deliverAhead(
    store::Transaction& transaction, const TablePtr& origin, const TablePtr& target, ItemWriter& writer);

}
