#include "core/dynamodb/throughput_plan.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr PerAxis kInitialOnDemand = {12'000, 4'000};
constexpr PerAxis kTableQuotas = {40'000, 40'000};
constexpr double kPartitionBytes = 10.0 * 1024 * 1024 * 1024;
// More than any quota of AWS leads to.
constexpr double kMaxPartitions = 1'000;

json holderOf(const Table& table, const Index* index)
{
    auto definition = json::parse(table.definition);
    if (!index)
        return definition;
    for (auto& one : definition.value("GlobalSecondaryIndexes", json::array())) {
        if (one.value("IndexName", "") == index->name)
            return one;
    }
    return json::object();
}

PerAxis pairOf(const json& holder, const char* member, const char* read, const char* write)
{
    const auto given = holder.value(member, json::object());
    return {std::max(0.0, given.value(read, 0.0)), std::max(0.0, given.value(write, 0.0))};
}

}

ThroughputPlan throughputPlan(const Table& table, const Index* index)
{
    const auto& throughput = index ? index->throughput : table.throughput;
    const auto holder = holderOf(table, index);
    ThroughputPlan plan;
    plan.onDemand = table.onDemand;
    plan.provisioned = {static_cast<double>(throughput.read), static_cast<double>(throughput.write)};
    plan.warm = pairOf(holder, "WarmThroughput", "ReadUnitsPerSecond", "WriteUnitsPerSecond");
    plan.maximum = pairOf(holder, "OnDemandThroughput", "MaxReadRequestUnits", "MaxWriteRequestUnits");
    const auto& least = table.onDemand ? kInitialOnDemand : plan.provisioned;
    for (std::size_t i = 0; i < plan.warm.size(); ++i)
        plan.warm[i] = std::max(plan.warm[i], least[i]);
    return plan;
}

ThroughputLimit ThroughputPlan::limit(Axis axis, double peak) const
{
    if (!onDemand)
        return {LimitKind::Provisioned, provisioned[at(axis)], kBurstSeconds};
    const auto scaled = std::max(warm[at(axis)], 2 * peak);
    // Warm throughput is only granted where the quota allows it.
    const auto quota = std::max(kTableQuotas[at(axis)], warm[at(axis)]);
    const auto most = maximum[at(axis)];
    if (most > 0 && most <= std::min(scaled, quota))
        return {LimitKind::Maximum, most, 1};
    if (scaled >= quota)
        return {LimitKind::Account, quota, 1};
    return {LimitKind::OnDemand, scaled, 1};
}

// AWS publishes the sum for provisioned tables; a new table on demand (12,000 and 4,000) has four.
std::size_t ThroughputPlan::partitions(const PerAxis& peaks, std::int64_t bytes) const
{
    PerAxis parts{};
    for (const auto axis : {Axis::Read, Axis::Write}) {
        const auto rate =
            std::max(warm[at(axis)], onDemand ? limit(axis, peaks[at(axis)]).rate : provisioned[at(axis)]);
        parts[at(axis)] = rate / kPartitionRates[at(axis)];
    }
    const auto byRate = onDemand ? std::max(parts[0], parts[1]) : parts[0] + parts[1];
    const auto bySize = static_cast<double>(bytes) / kPartitionBytes;
    return static_cast<std::size_t>(std::clamp(std::ceil(std::max(byRate, bySize)), 1.0, kMaxPartitions));
}

}
