#pragma once

#include "core/dynamodb/key_condition.h"
#include "core/dynamodb/partiql/syntax.h"
#include "core/dynamodb/table.h"

#include <optional>
#include <string>
#include <vector>

// How a SELECT's WHERE clause reaches its items: the reads that it comes apart into when every branch of it
// names the partition key, else a scan. Pure.
namespace core::dynamodb::partiql {

// The rows of one partition, or of one condition on its sort key.
struct KeyRead {
    AttributeValue hash;
    std::optional<KeyCondition> range;
    std::optional<Condition> filter; // what of the WHERE clause the key does not say

    store::Range rows() const { return rowsMatching(hash, range ? &*range : nullptr); }
    // Whether it can find one item at most.
    bool single(const KeySchema& keys) const
    {
        return !keys.hasRange() || (range && range->kind == KeyCondition::Kind::Equal);
    }
};

struct AccessPath {
    bool scans = true;
    std::vector<KeyRead> reads; // in the order they are made
    std::optional<Condition> filter; // of a scan
    store::Direction direction = store::Direction::Forward;
};

// `keys` of the table or index that is read.
Result<AccessPath> accessPathOf(
    const std::optional<Condition>& where, const std::vector<OrderTerm>& order, const KeySchema& keys);

// The path in words for a track: "pk = {S:a}, sk > {N:1}".
std::string described(const KeyRead& read, const KeySchema& keys);

// Conditions that must all hold.
std::vector<const Condition*> conjuncts(const Condition& condition);
std::optional<Condition> conjunction(const std::vector<const Condition*>& parts);

}
