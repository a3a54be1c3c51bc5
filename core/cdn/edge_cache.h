#pragma once

#include "core/base/clock.h"
#include "core/cdn/cache_key.h"
#include "core/http/message.h"

#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace core::cdn {

// One stored answer. A value: copies share the body.
struct CacheEntry {
    CacheKey key;
    std::string behavior; // path pattern that stored it
    int status = 200;
    http::Headers headers; // as the origin sent them, without hop-by-hop ones
    std::shared_ptr<const std::string> body;
    Micros storedAt = 0; // chamber's clock; moved on by a revalidation
    Micros initialAge = 0;
    std::int64_t lifetime = 0; // seconds
    std::string lifetimeReason;
    std::uint64_t hits = 0;

    std::int64_t age(Micros now) const { return (now - storedAt + initialAge) / kSecond; }
    bool fresh(Micros now) const { return age(now) < lifetime; }
    std::uint64_t size() const { return body->size() + key.text.size(); }
};

struct EdgeCounters {
    std::uint64_t requests = 0;
    std::uint64_t hits = 0;
    std::uint64_t originRequests = 0;
    std::uint64_t bytesServed = 0;
    std::uint64_t bytesFromOrigin = 0;
    std::uint64_t evictions = 0;
};

// The cache of one distribution at one edge: least recently used goes first when its bytes are full. Any
// thread.
class EdgeCache {
public:
    explicit EdgeCache(std::uint64_t maxBytes);

    std::optional<CacheEntry> find(const std::string& key);
    // `entry` replaces the one of its key. False when it alone is larger than the cache.
    bool store(CacheEntry entry);
    void countHit(const std::string& key);
    std::size_t removeMatching(std::string_view pathPattern);
    std::size_t clear();
    std::vector<CacheEntry> entries() const; // most recently used first
    // Entries of the same path under other keys: what a miss is compared with.
    std::vector<CacheEntry> siblings(const CacheKey& key) const;
    std::uint64_t bytes() const;

    void count(const EdgeCounters& more);
    EdgeCounters counters() const;

private:
    using Order = std::list<CacheEntry>;
    void erase(std::map<std::string, Order::iterator>::iterator found);

    const std::uint64_t m_maxBytes;
    mutable std::mutex m_mutex;
    Order m_order;
    std::map<std::string, Order::iterator> m_byKey;
    std::uint64_t m_bytes = 0;
    EdgeCounters m_counters;
};

// Lets one request ask the origin while others for the same key wait for it (request collapsing). Any thread.
class Collapser {
public:
    // Waits while another request holds `key`. True when this one has to ask the origin and must call
    // release().
    bool acquire(const std::string& key);
    void release(const std::string& key);

private:
    std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<struct InFlight>> m_inFlight;
};

}
