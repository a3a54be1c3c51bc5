#pragma once

#include "core/apigateway/model.h"
#include "core/base/clock.h"
#include "core/http/message.h"

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace core::apigateway {

// Where a call's answer is kept.
struct CachePlace {
    std::string stage; // cacheName(), with "/canary" for a canary's own
    std::string key; // namespace, method and the values of the cache key parameters
    Micros ttl = 0;
    std::size_t budget = 0; // bytes that the stage's cache may hold
};

struct CachedResponse {
    http::Response response;
    Micros kept = 0;
    Micros expires = 0;
};

// The responses of stages that have a cache cluster, in memory, each until it expires on the chamber's clock.
// A stage that is full forgets what was used longest ago; all stages together are bounded too. Any thread.
class StageCache {
public:
    using Pointer = std::shared_ptr<const CachedResponse>;

    // Null when there is none that is still fresh.
    Pointer find(const CachePlace& place, Micros now);
    // False when the response is too large for the cache.
    bool put(const CachePlace& place, http::Response response, Micros now);
    void erase(const CachePlace& place);
    // All of a stage, its canary's too; gives how many entries went.
    std::size_t flush(const std::string& stage);
    void reset();

private:
    struct Entry {
        std::string key;
        Pointer response;
        std::size_t bytes = 0;
    };
    using Entries = std::list<Entry>; // the last used first
    struct Kept {
        Entries entries;
        std::unordered_map<std::string, Entries::iterator> byKey;
        std::size_t bytes = 0;
    };

    void drop(Kept& stage, Entries::iterator entry);
    void makeRoom(Kept& stage, std::size_t bytes, std::size_t budget);

    std::mutex m_mutex;
    std::map<std::string, Kept> m_stages;
    std::size_t m_bytes = 0;
};

// The name of a stage's cache; a stage that is made anew has another.
std::string cacheName(const ApiState& api, const Stage& stage);

// What the cluster of a size in GB ("0.5") may hold here: 16 MiB a GB, at most 64 MiB.
std::size_t cacheBudget(std::string_view clusterSize);

}
