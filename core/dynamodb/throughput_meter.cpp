#include "core/dynamodb/throughput_meter.h"

#include "core/dynamodb/key_encoding.h"
#include "core/dynamodb/throughput_switch.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace core::dynamodb {

using nlohmann::json;

namespace {

// "throttling can occur if you exceed double your previous peak within 30 minutes"
constexpr Micros kPeakAge = 30 * 60 * kSecond;

std::string_view nameOf(LimitKind kind)
{
    switch (kind) {
    case LimitKind::Provisioned:
        return "Provisioned";
    case LimitKind::OnDemand:
        return "OnDemand";
    case LimitKind::Maximum:
        return "OnDemandMaximum";
    case LimitKind::Account:
        return "AccountQuota";
    case LimitKind::KeyRange:
        break;
    }
    return "Partition";
}

json describedUsage(const UsageWindow& usage, Micros now)
{
    return {{"LastSecond", usage.thisSecond(now)}, {"LastMinute", usage.lastMinute(now)},
        {"Total", usage.total()}, {"Throttled", usage.refused()}};
}

// A level at this moment, though nothing has refilled the bucket yet.
double levelAt(TokenBucket bucket, Micros now)
{
    bucket.refill(now);
    return bucket.level();
}

}

void ReadTally::add(std::string_view row, std::size_t bytes)
{
    const auto key = partitionKeyOf(row);
    if (m_parts.empty() || m_parts.back().first != key)
        m_parts.emplace_back(std::string(key), 0);
    m_parts.back().second += bytes;
}

void ResourceMeter::follow(const ThroughputPlan& plan, Micros since, Micros now)
{
    const bool changed = m_plan.onDemand != plan.onDemand;
    m_plan = plan;
    for (const auto axis : {Axis::Read, Axis::Write}) {
        auto& side = m_sides[at(axis)];
        side.limit = plan.limit(axis, side.peak);
        if (!m_begun || changed)
            side.bucket = TokenBucket(side.limit.rate, side.limit.seconds, m_begun ? now : since);
        else
            side.bucket.resize(side.limit.rate, side.limit.seconds, now);
    }
    m_begun = true;
}

void ResourceMeter::refresh(std::int64_t bytes, Micros now)
{
    for (const auto axis : {Axis::Read, Axis::Write}) {
        auto& side = m_sides[at(axis)];
        if (side.freshPeak > side.peak && now - side.freshSince >= kPeakAge) {
            side.peak = side.freshPeak;
            side.limit = m_plan.limit(axis, side.peak);
            side.bucket.resize(side.limit.rate, side.limit.seconds, now);
        }
        side.bucket.refill(now);
    }
    m_partitions.grow(m_plan.partitions(peaks(), bytes), now);
}

Refusal ResourceMeter::refusal(Axis axis, const ThroughputLimit& limit, const TokenBucket& bucket,
    const Partition& partition, std::string_view row) const
{
    Refusal refusal;
    refusal.index = m_index;
    refusal.axis = axis;
    refusal.onDemand = m_plan.onDemand;
    refusal.limit = limit;
    refusal.level = bucket.level();
    if (bucket.rate() > 0)
        refusal.wait =
            static_cast<Micros>(-bucket.level() / bucket.rate() * static_cast<double>(kSecond)) + 1;
    refusal.partition = partition.number;
    refusal.from = partition.from;
    refusal.to = partition.to;
    refusal.row = row;
    return refusal;
}

std::vector<Refusal> ResourceMeter::refusals(Axis axis, std::string_view row, Micros now)
{
    std::vector<Refusal> refusals;
    auto& side = m_sides[at(axis)];
    auto& partition = m_partitions.holding(row);
    auto& bucket = partition.buckets[at(axis)];
    bucket.refill(now);
    if (!side.bucket.admits())
        refusals.push_back(refusal(axis, side.limit, side.bucket, partition, row));
    if (!bucket.admits()) {
        const ThroughputLimit limit{LimitKind::KeyRange, bucket.rate(), 1};
        refusals.push_back(refusal(axis, limit, bucket, partition, row));
    }
    if (refusals.empty())
        return refusals;
    side.usage.refuse();
    m_partitions.refuse(partition, axis, row, refusals.back().limit.kind == LimitKind::KeyRange, now);
    return refusals;
}

void ResourceMeter::spend(Axis axis, std::string_view row, double units, Micros now)
{
    auto& side = m_sides[at(axis)];
    side.bucket.take(units);
    const auto thisSecond = side.usage.add(now, units);
    if (thisSecond > std::max(side.peak, side.freshPeak)) {
        if (side.freshPeak <= side.peak)
            side.freshSince = now;
        side.freshPeak = thisSecond;
    }
    auto& partition = m_partitions.holding(row);
    auto& bucket = partition.buckets[at(axis)];
    bucket.refill(now);
    bucket.take(units);
    partition.usage[at(axis)].add(now, units);
    if (row.size() > keys::kHashBytes)
        partition.hot.add(partitionKeyOf(row), units);
}

json ResourceMeter::describedSide(const Side& side, bool counts, Micros now) const
{
    json result = {{"Limit", nameOf(side.limit.kind)}, {"UnitsPerSecond", side.bucket.rate()},
        {"BurstUnits", side.bucket.bound()}};
    if (counts) {
        result["AvailableUnits"] = levelAt(side.bucket, now);
        result.update(describedUsage(side.usage, now));
    }
    return result;
}

json ResourceMeter::describedPart(
    const Partition& partition, bool counts, const ShownKey& key, Micros now) const
{
    json result = {{"PartitionId", "p-" + std::to_string(partition.number)},
        {"HashFrom", hashText(partition.from)}, {"HashTo", hashText(partition.to)}};
    for (const auto axis : {Axis::Read, Axis::Write}) {
        const auto& bucket = partition.buckets[at(axis)];
        const auto& usage = partition.usage[at(axis)];
        const auto share = m_sides[at(axis)].bucket.rate() / static_cast<double>(m_partitions.all().size());
        json one = {{"UnitsPerSecond", bucket.rate()}, {"EvenShare", share}};
        if (counts) {
            one["AvailableUnits"] = levelAt(bucket, now);
            one.update(describedUsage(usage, now));
            one["AboveShare"] = usage.thisSecond(now) > share;
        }
        result[axis == Axis::Read ? "Read" : "Write"] = std::move(one);
    }
    if (!counts)
        return result;
    auto& hot = result["HotKeys"] = json::array();
    for (const auto& entry : partition.hot.sorted())
        hot.push_back({{"Key", key(entry.key)}, {"Units", entry.units}, {"Throttled", entry.refused}});
    return result;
}

json ResourceMeter::described(bool counts, const ShownKey& key, Micros now) const
{
    json result = {{"Read", describedSide(m_sides[at(Axis::Read)], counts, now)},
        {"Write", describedSide(m_sides[at(Axis::Write)], counts, now)}, {"Partitions", json::array()}};
    for (const auto& partition : m_partitions.all())
        result["Partitions"].push_back(describedPart(partition, counts, key, now));
    return result;
}

void ThroughputMeter::follow(const Table& table, Micros now)
{
    std::lock_guard guard(m_mutex);
    obey(table, now);
}

void ThroughputMeter::obey(const Table& table, Micros now)
{
    if (m_revision == table.revision)
        return;
    m_revision = table.revision;
    m_table.follow(throughputPlan(table, nullptr), table.createdAt, now);
    std::erase_if(m_indexes, [&table](const auto& entry) { return !table.findIndex(entry.first); });
    for (const auto& index : table.indexes) {
        if (!index.global)
            continue;
        auto& meter = m_indexes.try_emplace(index.name, index.name).first->second;
        meter.follow(throughputPlan(table, &index), table.createdAt, now);
    }
}

ResourceMeter* ThroughputMeter::meterOf(const Table& table, std::string_view index, Micros now)
{
    obey(table, now);
    if (index.empty()) {
        auto bytes = table.state->table.bytes.load();
        for (const auto& one : table.indexes)
            bytes += one.global ? 0 : one.counter->bytes.load();
        m_table.refresh(bytes, now);
        return &m_table;
    }
    const auto found = m_indexes.find(index);
    if (found == m_indexes.end())
        return nullptr;
    found->second.refresh(table.findIndex(index)->counter->bytes, now);
    return &found->second;
}

std::vector<Refusal> ThroughputMeter::refusals(
    const Table& table, std::string_view index, Axis axis, std::string_view row, Micros now)
{
    std::lock_guard guard(m_mutex);
    auto* meter = meterOf(table, index, now);
    return meter ? meter->refusals(axis, row, now) : std::vector<Refusal>{};
}

void ThroughputMeter::spend(
    const Table& table, std::string_view index, Axis axis, std::string_view row, double units, Micros now)
{
    std::lock_guard guard(m_mutex);
    if (auto* meter = meterOf(table, index, now))
        meter->spend(axis, row, units, now);
}

json ThroughputMeter::described(const Table& table, bool counts, const ShownKey& key, Micros now)
{
    std::lock_guard guard(m_mutex);
    const auto of = [&](std::string_view index) {
        const auto shown = [&](std::string_view row) { return key(index, row); };
        return meterOf(table, index, now)->described(counts, shown, now);
    };
    json result = {{"Table", of("")}};
    for (const auto& index : table.indexes) {
        if (index.global)
            result["GlobalSecondaryIndexes"][index.name] = of(index.name);
    }
    return result;
}

void ThroughputSwitch::set(bool enforced)
{
    std::lock_guard guard(m_mutex);
    if (enforced && !m_meter)
        m_meter = std::make_shared<ThroughputMeter>();
    m_active.store(enforced ? m_meter.get() : nullptr, std::memory_order_release);
}

}
