#include "core/dynamodb/partition_meter.h"

#include "core/dynamodb/key_encoding.h"

#include <algorithm>
#include <cstdio>

namespace core::dynamodb {

namespace {

// AWS says that it splits partitions for heat, not after how long.
constexpr Micros kHotFor = 5 * 60 * kSecond;
constexpr Micros kStillHot = 60 * kSecond;

}

std::uint64_t hashOfRow(std::string_view row)
{
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < keys::kHashBytes; ++i)
        hash = hash << 8 | (i < row.size() ? static_cast<unsigned char>(row[i]) : 0U);
    return hash;
}

std::string hashText(std::uint64_t hash)
{
    char text[20];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
    return text;
}

std::string_view partitionKeyOf(std::string_view row)
{
    return row.substr(0, keys::partitionLength(row));
}

PartitionMeter::PartitionMeter()
{
    m_partitions.push_back(fresh(0, UINT64_MAX, 0));
}

Partition PartitionMeter::fresh(std::uint64_t from, std::uint64_t to, Micros now)
{
    Partition partition;
    partition.number = m_next++;
    partition.from = from;
    partition.to = to;
    for (std::size_t i = 0; i < partition.buckets.size(); ++i)
        partition.buckets[i] = TokenBucket(kPartitionRates[i], 1, now);
    return partition;
}

void PartitionMeter::split(std::size_t position, std::uint64_t at, Micros now)
{
    const auto old = m_partitions[position];
    m_partitions[position] = fresh(old.from, at - 1, now);
    m_partitions.insert(
        m_partitions.begin() + static_cast<std::ptrdiff_t>(position) + 1, fresh(at, old.to, now));
}

void PartitionMeter::grow(std::size_t count, Micros now)
{
    if (m_partitions.size() == 1 && count > 1) { // evenly, as a table that is made so
        m_partitions.clear();
        const auto width = UINT64_MAX / count;
        for (std::size_t i = 0; i < count; ++i)
            m_partitions.push_back(fresh(width * i, i + 1 < count ? width * (i + 1) - 1 : UINT64_MAX, now));
        return;
    }
    while (m_partitions.size() < count) {
        const auto widest = std::max_element(m_partitions.begin(), m_partitions.end(),
            [](const Partition& a, const Partition& b) { return a.to - a.from < b.to - b.from; });
        const auto middle = widest->from + (widest->to - widest->from) / 2 + 1;
        split(static_cast<std::size_t>(widest - m_partitions.begin()), middle, now);
    }
}

Partition& PartitionMeter::holding(std::string_view row)
{
    const auto after = std::upper_bound(m_partitions.begin(), m_partitions.end(), hashOfRow(row),
        [](std::uint64_t hash, const Partition& partition) { return hash < partition.from; });
    return *(after - 1);
}

void PartitionMeter::refuse(Partition& partition, Axis axis, std::string_view row, bool hot, Micros now)
{
    partition.usage[at(axis)].refuse();
    if (row.size() > keys::kHashBytes)
        partition.hot.refuse(partitionKeyOf(row));
    if (!hot)
        return;
    if (partition.refusedSince == 0 || now - partition.refusedLast > kStillHot)
        partition.refusedSince = now;
    partition.refusedLast = now;
    if (now - partition.refusedSince >= kHotFor)
        splitForHeat(partition, now);
}

// Between its most used keys, so that about half of what they use is on either side.
void PartitionMeter::splitForHeat(Partition& partition, Micros now)
{
    partition.refusedSince = now;
    auto entries = partition.hot.sorted();
    std::sort(entries.begin(), entries.end(),
        [](const HotKeys::Entry& a, const HotKeys::Entry& b) { return hashOfRow(a.key) < hashOfRow(b.key); });
    double all = 0;
    for (const auto& entry : entries)
        all += entry.units;
    double before = 0;
    for (const auto& entry : entries) {
        const auto hash = hashOfRow(entry.key);
        // Not in the middle of a key's own rows.
        if (before > 0 && before + entry.units / 2 >= all / 2 && hash > partition.from) {
            split(static_cast<std::size_t>(&partition - m_partitions.data()), hash, now);
            return;
        }
        before += entry.units;
    }
}

}
