#include "core/base/geo.h"
#include "core/base/text.h"
#include "core/base/time_format.h"
#include "core/cdn/actions.h"
#include "core/cdn/errors.h"

#include <nlohmann/json.hpp>

namespace core::cdn {

using nlohmann::json;

namespace {

Result<LiveDistribution> liveOf(CdnService& service, RequestContext& context, const Request& request)
{
    const auto id = request.input()["Id"].get<std::string>();
    context.touch(id);
    auto live = service.distributions.live(id);
    if (!live)
        return fail(noSuchDistribution());
    return *std::move(live);
}

json described(const geo::Edge& edge, const CacheEntry& entry, Micros now)
{
    const char* state = entry.status >= 400 ? "error" : entry.fresh(now) ? "fresh" : "stale";
    return {{"edge", edge.id}, {"path", entry.key.path}, {"key", entry.key.digest},
        {"variant", entry.key.keptText()}, {"behavior", entry.behavior}, {"state", state},
        {"status", entry.status}, {"age", entry.age(now)}, {"lifetime", entry.lifetime},
        {"reason", entry.lifetimeReason}, {"size", entry.body->size()}, {"hits", entry.hits},
        {"storedAt", iso8601Millis(entry.storedAt)}};
}

}

// GET /_chamber/cdn/distributions/{Id}/edges: {"edges": [{id, city, latitude, longitude, requests, hits,
// …}]}.
Result<Outcome> listEdges(CdnService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto live, liveOf(service, context, request));
    auto edges = json::array();
    for (const auto& edge : geo::edges()) {
        const auto& cache = live.caches->find(edge.id)->second;
        const auto counters = cache.counters();
        edges.push_back(
            {{"id", edge.id}, {"pop", edge.pop}, {"city", edge.city}, {"latitude", edge.place.latitude},
                {"longitude", edge.place.longitude}, {"requests", counters.requests}, {"hits", counters.hits},
                {"originRequests", counters.originRequests}, {"bytesServed", counters.bytesServed},
                {"bytesFromOrigin", counters.bytesFromOrigin}, {"evictions", counters.evictions},
                {"bytesStored", cache.bytes()}});
    }
    const auto* region = geo::findRegion(live.rules->region);
    json origin{{"region", live.rules->region}};
    if (region) {
        origin["latitude"] = region->place.latitude;
        origin["longitude"] = region->place.longitude;
    }
    return aws::Reply::of({{"edges", std::move(edges)}, {"origin", std::move(origin)}});
}

// GET /_chamber/cdn/distributions/{Id}/entries?path=/books*: {"entries": […]}, most recently used first at
// each edge.
Result<Outcome> listCacheEntries(CdnService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto live, liveOf(service, context, request));
    const auto pattern = request.input().value("path", "*");
    auto entries = json::array();
    for (const auto& edge : geo::edges()) {
        for (const auto& entry : live.caches->find(edge.id)->second.entries()) {
            if (matchesGlob(pattern, entry.key.path))
                entries.push_back(described(edge, entry, context.now));
        }
    }
    return aws::Reply::of({{"entries", std::move(entries)}});
}

// POST /_chamber/cdn/distributions/{Id}/empty: {"removed": 14}.
Result<Outcome> emptyCaches(CdnService& service, RequestContext& context, Request& request)
{
    CORE_TRY(const auto live, liveOf(service, context, request));
    std::size_t removed = 0;
    for (auto& [edge, cache] : *live.caches)
        removed += cache.clear();
    context.span.step("Emptied every edge", std::to_string(removed) + " entries are gone.");
    return aws::Reply::of({{"removed", removed}});
}

}
