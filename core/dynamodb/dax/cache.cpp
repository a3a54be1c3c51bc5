#include "core/dynamodb/dax/cache.h"

#include <algorithm>
#include <limits>

namespace core::dynamodb::dax {

namespace {

constexpr std::size_t kMaxTables = 2500; // an account's
constexpr std::size_t kEvictedAtOnce = 16;
constexpr std::size_t kOverhead = 256; // of an entry in its containers, roughly

}

Cache::Cache(std::shared_ptr<SharedBudget> budget)
    : m_budget(std::move(budget))
{
    if (m_budget)
        m_budget->join(*this);
}

Cache::~Cache()
{
    if (!m_budget)
        return;
    m_budget->leave(*this);
    m_budget->remove(m_bytes);
}

std::string Cache::idOf(const Place& place)
{
    std::string id(1, place.kind == EntryKind::Item ? 'i' : 'q');
    id += place.table;
    id += '/';
    id += place.key;
    return id;
}

CacheSettings Cache::settings() const
{
    std::lock_guard guard(m_mutex);
    return m_settings;
}

void Cache::setSettings(const CacheSettings& settings, Micros now)
{
    std::lock_guard guard(m_mutex);
    m_settings = settings;
    for (auto at = m_entries.begin(); at != m_entries.end();)
        at = hasExpired(*at, now) ? erase(at) : std::next(at);
    evict();
}

bool Cache::hasExpired(const Entry& entry, Micros now) const
{
    const auto ttl = m_settings.ttlOf(entry.kind);
    return ttl > 0 && now - entry.storedAt >= ttl;
}

Cache::Lookup Cache::find(const Place& place, Micros now)
{
    std::lock_guard guard(m_mutex);
    forgetIdleTables();
    auto& counts = m_counts[place.table][place.kind];
    const auto found = m_index.find(idOf(place));
    if (found == m_index.end()) {
        ++counts.misses;
        return {};
    }
    const auto entry = found->second;
    Lookup lookup;
    lookup.age = now - entry->storedAt;
    if (hasExpired(*entry, now)) {
        lookup.expired = true;
        ++counts.misses;
        ++counts.expirations;
        erase(entry);
        return lookup;
    }
    lookup.hit = true;
    lookup.value = entry->value;
    ++counts.hits;
    ++entry->hits;
    entry->usedAt = nextUse();
    m_entries.splice(m_entries.begin(), m_entries, entry);
    return lookup;
}

void Cache::put(const Place& place, std::string text, Value value, Micros now)
{
    keep(place, std::move(text), std::move(value), now, true);
}

void Cache::fill(const Place& place, std::string text, Value value, Micros now)
{
    keep(place, std::move(text), std::move(value), now, false);
}

void Cache::keep(const Place& place, std::string text, Value value, Micros now, bool replaces)
{
    {
        std::lock_guard guard(m_mutex);
        auto id = idOf(place);
        if (const auto found = m_index.find(id); found != m_index.end()) {
            if (!replaces && !hasExpired(*found->second, now))
                return;
            erase(found->second);
        }
        insert(place, std::move(id), std::move(text), std::move(value), now);
    }
    if (m_budget)
        m_budget->enforce();
}

void Cache::insert(const Place& place, std::string id, std::string text, Value value, Micros now)
{
    const auto bytes = kOverhead + id.size() + text.size() + (value ? value->size() : 0);
    if (bytes > m_settings.maxBytes)
        return; // everything else would have to go for it
    m_entries.push_front({std::move(id), place.kind, place.table, std::move(text), std::move(value), now,
        bytes, 0, nextUse()});
    m_index.emplace(m_entries.front().id, m_entries.begin());
    auto& counts = m_counts[place.table][place.kind];
    ++counts.entries;
    counts.bytes += bytes;
    m_bytes += bytes;
    if (m_budget)
        m_budget->add(bytes);
    evict();
}

Cache::Entries::iterator Cache::erase(Entries::iterator entry)
{
    auto& counts = m_counts[entry->table][entry->kind];
    --counts.entries;
    counts.bytes -= entry->bytes;
    m_bytes -= entry->bytes;
    if (m_budget)
        m_budget->remove(entry->bytes);
    m_index.erase(entry->id);
    return m_entries.erase(entry);
}

void Cache::evict()
{
    while (m_bytes > m_settings.maxBytes)
        evictOldest();
}

void Cache::evictOldest()
{
    const auto oldest = std::prev(m_entries.end());
    ++m_counts[oldest->table][oldest->kind].evictions;
    erase(oldest);
}

std::int64_t Cache::oldest() const
{
    std::lock_guard guard(m_mutex);
    return m_entries.empty() ? std::numeric_limits<std::int64_t>::max() : m_entries.back().usedAt;
}

void Cache::forgetSome()
{
    std::lock_guard guard(m_mutex);
    for (std::size_t i = 0; i < kEvictedAtOnce && !m_entries.empty(); ++i)
        evictOldest();
}

// Tables come and go; nobody asks for the counters of so many.
void Cache::forgetIdleTables()
{
    if (m_counts.size() < kMaxTables)
        return;
    std::erase_if(m_counts, [](const auto& table) {
        return std::ranges::all_of(
            table.second, [](const auto& counts) { return counts.second.entries == 0; });
    });
}

std::map<std::string, Cache::Counts> Cache::counts() const
{
    std::lock_guard guard(m_mutex);
    return m_counts;
}

std::vector<Cache::Shown> Cache::entries(
    const std::string& table, std::optional<EntryKind> kind, std::size_t limit, Micros now) const
{
    std::vector<Shown> shown;
    std::lock_guard guard(m_mutex);
    for (const auto& entry : m_entries) {
        if (shown.size() >= limit)
            break;
        if ((!table.empty() && entry.table != table) || (kind && entry.kind != *kind)
            || hasExpired(entry, now))
            continue;
        const auto ttl = m_settings.ttlOf(entry.kind);
        const auto age = now - entry.storedAt;
        shown.push_back({entry.kind, entry.table, entry.text, age,
            ttl > 0 ? std::optional(ttl - age) : std::nullopt, entry.bytes, entry.hits, !entry.value});
    }
    return shown;
}

std::size_t Cache::flush(const std::string& table)
{
    std::lock_guard guard(m_mutex);
    std::size_t flushed = 0;
    for (auto at = m_entries.begin(); at != m_entries.end();) {
        const bool goes = table.empty() || at->table == table;
        flushed += goes ? 1 : 0;
        at = goes ? erase(at) : std::next(at);
    }
    return flushed;
}

}
