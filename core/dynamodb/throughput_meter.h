#pragma once

#include "core/dynamodb/partition_meter.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core::dynamodb {

// Why a request may not begin, with the values that decided.
struct Refusal {
    std::string index; // "" for the table
    Axis axis = Axis::Read;
    bool onDemand = false;
    ThroughputLimit limit;
    double level = 0; // units left; nothing or less
    Micros wait = 0; // until there is something again
    std::uint64_t partition = 0;
    std::uint64_t from = 0; // the partition's range of the hash
    std::uint64_t to = 0;
    std::string row; // that was to be read or written; "" for the beginning of a scan
};

// What a request read, by where it stood. One row, or many in the order of their keys.
class ReadTally {
public:
    void add(std::string_view row, std::size_t bytes);
    bool empty() const { return m_parts.empty(); }
    const std::vector<std::pair<std::string, std::size_t>>& parts() const { return m_parts; }

private:
    std::vector<std::pair<std::string, std::size_t>> m_parts; // hash · partition key, bytes
};

// Measures one table's throughput or that of one of its global indexes: token buckets of the whole and of its
// partitions. Not synchronised.
class ResourceMeter {
public:
    explicit ResourceMeter(std::string index)
        : m_index(std::move(index))
    {
    }

    // What the definition grants from now on. A meter that is new counts as idle since `since`.
    void follow(const ThroughputPlan& plan, Micros since, Micros now);
    // Makes it as it is now.
    void refresh(std::int64_t bytes, Micros now);

    // Why nothing may begin at this row; empty when it may. Counts what it refuses.
    std::vector<Refusal> refusals(Axis axis, std::string_view row, Micros now);
    void spend(Axis axis, std::string_view row, double units, Micros now);

    // `key` shows a partition key; with nothing but limits when `counts` is off.
    using ShownKey = std::function<nlohmann::json(std::string_view row)>;
    nlohmann::json described(bool counts, const ShownKey& key, Micros now) const;

    const PartitionMeter& partitions() const { return m_partitions; }

private:
    struct Side {
        TokenBucket bucket;
        ThroughputLimit limit;
        UsageWindow usage;
        // Peaks count once they are half an hour old.
        double peak = 0;
        double freshPeak = 0;
        Micros freshSince = 0;
    };

    PerAxis peaks() const { return {m_sides[0].peak, m_sides[1].peak}; }
    Refusal refusal(Axis axis, const ThroughputLimit& limit, const TokenBucket& bucket,
        const Partition& partition, std::string_view row) const;
    nlohmann::json describedSide(const Side& side, bool counts, Micros now) const;
    nlohmann::json describedPart(
        const Partition& partition, bool counts, const ShownKey& key, Micros now) const;

    std::string m_index;
    ThroughputPlan m_plan;
    bool m_begun = false;
    std::array<Side, 2> m_sides;
    PartitionMeter m_partitions;
};

// Measures what one table's requests use and decides which may begin. Local indexes use the table's own
// throughput. Kept in memory: a restart forgets bursts and peaks. Any thread.
class ThroughputMeter {
public:
    // What the table grants from now on; otherwise known with the first request after a change.
    void follow(const Table& table, Micros now);
    // Descriptors are the table's newest. An index that it has no more admits everything.
    std::vector<Refusal> refusals(
        const Table& table, std::string_view index, Axis axis, std::string_view row, Micros now);
    void spend(const Table& table, std::string_view index, Axis axis, std::string_view row, double units,
        Micros now);

    // {"Table": …, "GlobalSecondaryIndexes": {name: …}}
    using ShownKey = std::function<nlohmann::json(std::string_view index, std::string_view row)>;
    nlohmann::json described(const Table& table, bool counts, const ShownKey& key, Micros now);

private:
    void obey(const Table& table, Micros now);
    ResourceMeter* meterOf(const Table& table, std::string_view index, Micros now);

    std::mutex m_mutex;
    std::optional<std::uint64_t> m_revision; // of the descriptor that is followed
    ResourceMeter m_table{""};
    std::map<std::string, ResourceMeter, std::less<>> m_indexes;
};

}
