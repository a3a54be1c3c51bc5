#pragma once

#include "core/dynamodb/hot_keys.h"
#include "core/dynamodb/throughput_plan.h"
#include "core/dynamodb/token_bucket.h"
#include "core/dynamodb/usage_window.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace core::dynamodb {

// One partition: a contiguous range of the hash, which bears a rate of its own.
struct Partition {
    std::uint64_t number = 0; // never given twice
    std::uint64_t from = 0; // of the hash
    std::uint64_t to = UINT64_MAX; // the last one
    std::array<TokenBucket, 2> buckets; // by Axis
    std::array<UsageWindow, 2> usage;
    HotKeys hot;
    Micros refusedSince = 0; // the first refusal of those that still go on; 0 for none
    Micros refusedLast = 0;
};

// The partitions of a table or a global index, in order of their ranges. They are split, never merged. Not
// synchronised.
class PartitionMeter {
public:
    PartitionMeter();

    // Splits the widest ranges until there are that many.
    void grow(std::size_t count, Micros now);
    // `row`: a key of the keyspace, or "" for its beginning.
    Partition& holding(std::string_view row);
    // Counts a refusal. A partition that refuses by itself (`hot`) for minutes on end is split, unless one
    // key alone is hot.
    void refuse(Partition& partition, Axis axis, std::string_view row, bool hot, Micros now);

    const std::vector<Partition>& all() const { return m_partitions; }

private:
    // The first hash of what leaves the partition.
    void split(std::size_t position, std::uint64_t at, Micros now);
    void splitForHeat(Partition& partition, Micros now);
    Partition fresh(std::uint64_t from, std::uint64_t to, Micros now);

    std::vector<Partition> m_partitions;
    std::uint64_t m_next = 0;
};

// Of a row of a keyspace: its place in the hash space, and what all rows of its partition key begin with.
std::uint64_t hashOfRow(std::string_view row);
std::string hashText(std::uint64_t hash); // 16 hexadecimal digits
std::string_view partitionKeyOf(std::string_view row);

}
