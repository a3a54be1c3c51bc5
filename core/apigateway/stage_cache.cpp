#include "core/apigateway/stage_cache.h"

#include <algorithm>
#include <charconv>

namespace core::apigateway {

namespace {

constexpr std::size_t kMiB = 1024 * 1024;
constexpr std::size_t kMaxResponse = kMiB; // AWS's limit
constexpr std::size_t kAllStages = 256 * kMiB;
constexpr std::size_t kEntryOverhead = 256;

std::size_t sizeOf(const std::string& key, const http::Response& response)
{
    std::size_t bytes = kEntryOverhead + key.size() + response.body.size();
    for (const auto& [name, value] : response.headers)
        bytes += name.size() + value.size();
    return bytes;
}

}

StageCache::Pointer StageCache::find(const CachePlace& place, Micros now)
{
    const std::lock_guard guard(m_mutex);
    const auto stage = m_stages.find(place.stage);
    if (stage == m_stages.end())
        return nullptr;
    auto& [entries, byKey, bytes] = stage->second;
    const auto found = byKey.find(place.key);
    if (found == byKey.end())
        return nullptr;
    if (found->second->response->expires <= now) {
        drop(stage->second, found->second);
        return nullptr;
    }
    entries.splice(entries.begin(), entries, found->second);
    return found->second->response;
}

bool StageCache::put(const CachePlace& place, http::Response response, Micros now)
{
    if (response.body.size() > kMaxResponse || response.source)
        return false;
    const auto bytes = sizeOf(place.key, response);
    auto kept =
        std::make_shared<const CachedResponse>(CachedResponse{std::move(response), now, now + place.ttl});
    const std::lock_guard guard(m_mutex);
    auto& stage = m_stages[place.stage];
    if (const auto known = stage.byKey.find(place.key); known != stage.byKey.end())
        drop(stage, known->second);
    if (bytes > place.budget)
        return false;
    makeRoom(stage, bytes, place.budget);
    stage.entries.push_front({place.key, std::move(kept), bytes});
    stage.byKey[place.key] = stage.entries.begin();
    stage.bytes += bytes;
    m_bytes += bytes;
    return true;
}

void StageCache::erase(const CachePlace& place)
{
    const std::lock_guard guard(m_mutex);
    const auto stage = m_stages.find(place.stage);
    if (stage == m_stages.end())
        return;
    if (const auto known = stage->second.byKey.find(place.key); known != stage->second.byKey.end())
        drop(stage->second, known->second);
}

std::size_t StageCache::flush(const std::string& stage)
{
    const std::lock_guard guard(m_mutex);
    std::size_t count = 0;
    for (const auto& name : {stage, stage + "/canary"}) {
        const auto found = m_stages.find(name);
        if (found == m_stages.end())
            continue;
        count += found->second.entries.size();
        m_bytes -= found->second.bytes;
        m_stages.erase(found);
    }
    return count;
}

void StageCache::reset()
{
    const std::lock_guard guard(m_mutex);
    m_stages.clear();
    m_bytes = 0;
}

void StageCache::drop(Kept& stage, Entries::iterator entry)
{
    stage.bytes -= entry->bytes;
    m_bytes -= entry->bytes;
    stage.byKey.erase(entry->key);
    stage.entries.erase(entry);
}

// The stage's own entries go first; then those of the others, a stage after the other.
void StageCache::makeRoom(Kept& stage, std::size_t bytes, std::size_t budget)
{
    while (!stage.entries.empty() && (stage.bytes + bytes > budget || m_bytes + bytes > kAllStages))
        drop(stage, std::prev(stage.entries.end()));
    for (auto& [name, other] : m_stages) {
        while (!other.entries.empty() && m_bytes + bytes > kAllStages)
            drop(other, std::prev(other.entries.end()));
    }
}

std::string cacheName(const ApiState& api, const Stage& stage)
{
    return api.api.id + "/" + stage.stageName + "@" + std::to_string(stage.createdDate);
}

std::size_t cacheBudget(std::string_view clusterSize)
{
    constexpr double kBytesOfGb = 16.0 * kMiB;
    constexpr double kMost = 64.0 * kMiB;
    double size = 0.5;
    std::from_chars(clusterSize.data(), clusterSize.data() + clusterSize.size(), size);
    return static_cast<std::size_t>(std::min(size * kBytesOfGb, kMost));
}

}
