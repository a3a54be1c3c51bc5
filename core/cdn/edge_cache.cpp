#include "core/cdn/edge_cache.h"

#include "core/base/text.h"

#include <condition_variable>

namespace core::cdn {

struct InFlight {
    std::condition_variable done;
    bool finished = false;
};

EdgeCache::EdgeCache(std::uint64_t maxBytes)
    : m_maxBytes(maxBytes)
{
}

std::optional<CacheEntry> EdgeCache::find(const std::string& key)
{
    std::lock_guard guard(m_mutex);
    const auto found = m_byKey.find(key);
    if (found == m_byKey.end())
        return std::nullopt;
    m_order.splice(m_order.begin(), m_order, found->second);
    return *found->second;
}

bool EdgeCache::store(CacheEntry entry)
{
    const auto size = entry.size();
    if (size > m_maxBytes)
        return false;
    std::lock_guard guard(m_mutex);
    if (const auto old = m_byKey.find(entry.key.text); old != m_byKey.end())
        erase(old);
    while (m_bytes + size > m_maxBytes) {
        erase(m_byKey.find(m_order.back().key.text));
        ++m_counters.evictions;
    }
    m_bytes += size;
    m_order.push_front(std::move(entry));
    m_byKey[m_order.front().key.text] = m_order.begin();
    return true;
}

void EdgeCache::countHit(const std::string& key)
{
    std::lock_guard guard(m_mutex);
    if (const auto found = m_byKey.find(key); found != m_byKey.end())
        ++found->second->hits;
}

std::size_t EdgeCache::removeMatching(std::string_view pathPattern)
{
    std::lock_guard guard(m_mutex);
    std::size_t removed = 0;
    for (auto at = m_byKey.begin(); at != m_byKey.end();) {
        const auto next = std::next(at);
        if (matchesGlob(pathPattern, at->second->key.path)) {
            erase(at);
            ++removed;
        }
        at = next;
    }
    return removed;
}

std::size_t EdgeCache::clear()
{
    return removeMatching("*");
}

std::vector<CacheEntry> EdgeCache::entries() const
{
    std::lock_guard guard(m_mutex);
    return {m_order.begin(), m_order.end()};
}

std::vector<CacheEntry> EdgeCache::siblings(const CacheKey& key) const
{
    std::lock_guard guard(m_mutex);
    std::vector<CacheEntry> result;
    // Keys of one path stand together: the path, then a line break.
    for (auto at = m_byKey.lower_bound(key.path); at != m_byKey.end() && at->first.starts_with(key.path);
         ++at) {
        if (at->second->key.path == key.path && at->first != key.text)
            result.push_back(*at->second);
    }
    return result;
}

std::uint64_t EdgeCache::bytes() const
{
    std::lock_guard guard(m_mutex);
    return m_bytes;
}

void EdgeCache::count(const EdgeCounters& more)
{
    std::lock_guard guard(m_mutex);
    m_counters.requests += more.requests;
    m_counters.hits += more.hits;
    m_counters.originRequests += more.originRequests;
    m_counters.bytesServed += more.bytesServed;
    m_counters.bytesFromOrigin += more.bytesFromOrigin;
}

EdgeCounters EdgeCache::counters() const
{
    std::lock_guard guard(m_mutex);
    return m_counters;
}

void EdgeCache::erase(std::map<std::string, Order::iterator>::iterator found)
{
    m_bytes -= found->second->size();
    m_order.erase(found->second);
    m_byKey.erase(found);
}

bool Collapser::acquire(const std::string& key)
{
    std::unique_lock lock(m_mutex);
    const auto found = m_inFlight.find(key);
    if (found == m_inFlight.end()) {
        m_inFlight.emplace(key, std::make_shared<InFlight>());
        return true;
    }
    const auto other = found->second;
    other->done.wait(lock, [&] { return other->finished; });
    return false;
}

void Collapser::release(const std::string& key)
{
    std::lock_guard guard(m_mutex);
    const auto found = m_inFlight.find(key);
    found->second->finished = true;
    found->second->done.notify_all();
    m_inFlight.erase(found);
}

}
