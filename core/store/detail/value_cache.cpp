#include "core/store/detail/value_cache.h"

#include <iterator>

namespace core::store::detail {

namespace {

// A longer value would push many others out, and its copy would hold up its shard.
constexpr std::size_t kMostValueBytes = 64 * 1024;

}

ValueCache::ValueCache(std::size_t bytes)
    : m_bytesPerShard(bytes / kShards)
{
}

std::optional<std::string> ValueCache::find(std::string_view keyspace, std::string_view key, Ticket& ticket)
{
    const Name name{keyspace, key};
    auto& shard = m_shards[shardOf(name)];
    std::lock_guard guard(shard.mutex);
    const auto found = shard.index.find(name);
    if (found == shard.index.end()) {
        ticket = {shard.epoch, !shard.changing};
        return std::nullopt;
    }
    shard.entries.splice(shard.entries.begin(), shard.entries, found->second);
    return found->second->value;
}

void ValueCache::keep(
    const Ticket& ticket, std::string_view keyspace, std::string_view key, const std::string& value)
{
    if (!ticket.quiet || value.size() > kMostValueBytes)
        return;
    const Name name{keyspace, key};
    auto& shard = m_shards[shardOf(name)];
    std::lock_guard guard(shard.mutex);
    if (shard.changing || shard.epoch != ticket.epoch || shard.index.contains(name))
        return;
    shard.entries.push_front({std::string(keyspace), std::string(key), value});
    const auto entry = shard.entries.begin();
    shard.index.emplace(Name{entry->keyspace, entry->key}, entry);
    shard.bytes += entry->size();
    while (shard.bytes > m_bytesPerShard)
        removeLast(shard);
}

void ValueCache::removeLast(Shard& shard)
{
    const auto last = std::prev(shard.entries.end());
    shard.bytes -= last->size();
    shard.index.erase(Name{last->keyspace, last->key});
    shard.entries.erase(last);
}

std::size_t ValueCache::bytes() const
{
    std::size_t sum = 0;
    for (const auto& shard : m_shards) {
        std::lock_guard guard(shard.mutex);
        sum += shard.bytes;
    }
    return sum;
}

void ValueCache::Changes::touch(std::string_view keyspace, std::string_view key)
{
    const Name name{keyspace, key};
    const auto place = m_cache.shardOf(name);
    auto& shard = m_cache.m_shards[place];
    std::lock_guard guard(shard.mutex);
    m_touched[place] = true;
    shard.changing = true;
    const auto found = shard.index.find(name);
    if (found == shard.index.end())
        return;
    const auto entry = found->second;
    shard.bytes -= entry->size();
    shard.index.erase(found);
    shard.entries.erase(entry);
}

void ValueCache::Changes::touchAll()
{
    for (std::size_t place = 0; place < kShards; ++place) {
        auto& shard = m_cache.m_shards[place];
        std::lock_guard guard(shard.mutex);
        m_touched[place] = true;
        shard.changing = true;
        shard.index.clear();
        shard.entries.clear();
        shard.bytes = 0;
    }
}

void ValueCache::Changes::settle()
{
    for (std::size_t place = 0; place < kShards; ++place) {
        if (!m_touched[place])
            continue;
        auto& shard = m_cache.m_shards[place];
        std::lock_guard guard(shard.mutex);
        m_touched[place] = false;
        shard.changing = false;
        ++shard.epoch;
    }
}

}
