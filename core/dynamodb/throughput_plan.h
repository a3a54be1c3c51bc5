#pragma once

#include "core/dynamodb/table.h"

#include <array>
#include <cstddef>

// What a table's definition grants of throughput, in units a second. Pure.
namespace core::dynamodb {

enum class Axis : std::size_t { Read, Write };
using PerAxis = std::array<double, 2>;

constexpr std::size_t at(Axis axis)
{
    return static_cast<std::size_t>(axis);
}

// What bounds requests.
enum class LimitKind {
    Provisioned, // what a table or an index was provisioned with
    OnDemand, // what one that pays per request has scaled to
    Maximum, // its OnDemandThroughput
    Account, // AWS's quota of a table
    KeyRange, // what one partition bears
};

struct ThroughputLimit {
    LimitKind kind = LimitKind::Provisioned;
    double rate = 0;
    double seconds = 1; // of unused rate that are kept
};

// Unused throughput is kept for five minutes.
constexpr double kBurstSeconds = 300;
// Reads and writes of one partition. Used up within the second or lost.
constexpr PerAxis kPartitionRates = {3'000, 1'000};

// Of a table or a global index.
struct ThroughputPlan {
    bool onDemand = false;
    PerAxis provisioned{};
    PerAxis warm{}; // that are ready without having been used
    PerAxis maximum{}; // 0: none

    // `peak`: the most that was used in one second, long enough ago.
    ThroughputLimit limit(Axis axis, double peak) const;
    // How many partitions carry that, and this many bytes.
    std::size_t partitions(const PerAxis& peaks, std::int64_t bytes) const;
};

ThroughputPlan throughputPlan(const Table& table, const Index* index);

}
