#include "core/cdn/viewer_pipeline.h"

#include "core/base/text.h"

#include <algorithm>

namespace core::cdn {

namespace {

std::string milliseconds(Micros time)
{
    return std::to_string((time + 500) / 1000) + " ms";
}

std::string ordinal(std::size_t index, std::size_t count)
{
    return index + 1 == count ? "Default behavior"
                              : "Rule " + std::to_string(index + 1) + " of " + std::to_string(count);
}

bool contains(const std::vector<std::string>& methods, std::string_view method)
{
    return std::find(methods.begin(), methods.end(), method) != methods.end();
}

// The first part that differs from the closest stored key: the answer to "why a miss?".
std::string differenceFrom(const CacheKey& wanted, const CacheKey& other)
{
    for (const auto& part : wanted.parts) {
        if (!part.kept)
            continue;
        const auto same = std::find_if(other.parts.begin(), other.parts.end(), [&](const KeyPart& candidate) {
            return candidate.kept && candidate.kind == part.kind && candidate.name == part.name;
        });
        if (same == other.parts.end())
            return part.text() + " is new";
        if (same->value != part.value)
            return part.name + " is " + part.value + ", stored is " + same->value;
    }
    for (const auto& part : other.parts) {
        const auto same =
            std::find_if(wanted.parts.begin(), wanted.parts.end(), [&](const KeyPart& candidate) {
                return candidate.kept && candidate.kind == part.kind && candidate.name == part.name;
            });
        if (part.kept && same == wanted.parts.end())
            return "stored with " + part.text() + ", asked without";
    }
    return "stored under another key";
}

void explainMiss(ViewerRequest& viewer)
{
    const auto siblings = viewer.cache->siblings(viewer.key);
    const auto edge = std::string(viewer.edge->id);
    if (siblings.empty()) {
        viewer.span.step("Not in " + edge, "Nothing is stored for this path here.");
        return;
    }
    auto detail = std::to_string(siblings.size()) + (siblings.size() == 1 ? " other key" : " other keys")
        + " of this path: " + differenceFrom(viewer.key, siblings.front().key) + ".";
    viewer.span.step("Not in " + edge, std::move(detail));
}

}

std::optional<http::Response> findPlace(ViewerRequest& viewer)
{
    const auto wanted = std::string(trimmed(viewer.request.headers.get("X-Chamber-From")));
    const auto* city = geo::findCity(wanted);
    viewer.edge =
        city ? &geo::nearestEdge(city->place) : geo::findEdge(wanted.empty() ? "IAD" : toUpper(wanted));
    const bool unknown = viewer.edge == nullptr;
    if (unknown)
        viewer.edge = geo::findEdge("IAD");
    viewer.from = city ? std::string(city->name) : std::string(viewer.edge->city);
    viewer.viewerDistance = geo::roundTrip(city ? city->place : viewer.edge->place, viewer.edge->place);
    viewer.cache = &viewer.distribution.caches->find(viewer.edge->id)->second;
    viewer.span.setTrackFrom(viewer.from);
    viewer.request.headers.remove("X-Chamber-From");
    if (unknown)
        return errorPage(400, "Unknown place",
            "X-Chamber-From names neither a city nor an edge location that this emulation knows: " + wanted);
    viewer.span.step(viewer.from + " to edge " + std::string(viewer.edge->id),
        "Nearest of " + std::to_string(geo::edges().size()) + " edges, " + milliseconds(viewer.viewerDistance)
            + " round trip");
    return std::nullopt;
}

std::optional<http::Response> chooseBehavior(ViewerRequest& viewer)
{
    const auto& rules = *viewer.distribution.rules;
    if (!rules.enabled) {
        viewer.span.step(
            "The distribution is disabled", "Enabled is false in its configuration.", trace::Verdict::Fail);
        return errorPage(403, "The request could not be satisfied.", "The distribution is not enabled.");
    }
    viewer.path = std::string(viewer.request.path());
    if (viewer.path == "/" && !rules.defaultRootObject.empty()) {
        viewer.path += rules.defaultRootObject;
        viewer.span.step("Default root object", "/ stands for " + viewer.path);
    }
    viewer.behavior = &rules.behaviorFor(viewer.path);
    const auto index = static_cast<std::size_t>(viewer.behavior - rules.behaviors.data());
    viewer.span.step("Behavior " + viewer.behavior->pattern,
        ordinal(index, rules.behaviors.size()) + ", origin " + viewer.behavior->originId + ", "
            + viewer.behavior->policy,
        trace::Verdict::Pass);
    return std::nullopt;
}

std::optional<http::Response> checkMethod(ViewerRequest& viewer)
{
    const auto& method = viewer.request.method;
    if (!contains(viewer.behavior->allowedMethods, method)) {
        viewer.span.step(method + " is not allowed",
            "The behavior allows " + join(viewer.behavior->allowedMethods, ", "), trace::Verdict::Fail);
        return errorPage(403, "The request could not be satisfied.",
            "This distribution is not configured to allow the HTTP request method that was used for this "
            "request. The "
            "distribution supports only cachable requests.");
    }
    viewer.cacheable = contains(viewer.behavior->cachedMethods, method) && viewer.behavior->ttl.max > 0;
    if (!viewer.cacheable)
        viewer.span.step("Goes to the origin",
            viewer.behavior->ttl.max == 0 ? "Caching is off: the maximum TTL is 0."
                                          : method + " answers are not cached.");
    return std::nullopt;
}

std::optional<http::Response> formKey(ViewerRequest& viewer)
{
    viewer.key = makeCacheKey(*viewer.behavior, viewer.request, viewer.path);
    // OPTIONS answers differ from GET's; HEAD is served from GET's entry.
    if (viewer.request.method == "OPTIONS")
        viewer.key.text = "OPTIONS " + viewer.key.text;
    if (!viewer.cacheable)
        return std::nullopt;
    auto detail = viewer.key.path;
    if (const auto kept = viewer.key.keptText(); !kept.empty())
        detail += " with " + kept;
    if (const auto dropped = viewer.key.droppedText(); !dropped.empty())
        detail += "; left out: " + dropped;
    viewer.span.step("Cache key " + viewer.key.digest, std::move(detail));
    const auto asked = viewer.request.headers.joined("Cache-Control");
    if (!asked.empty())
        viewer.span.step(
            "Viewer's Cache-Control has no effect", "CloudFront ignores \"" + asked + "\" in requests.");
    return std::nullopt;
}

std::optional<http::Response> lookUpEdge(ViewerRequest& viewer)
{
    if (!viewer.cacheable)
        return std::nullopt;
    const auto hold = std::string(viewer.edge->id) + "\n" + viewer.key.text;
    for (;;) {
        viewer.stored = viewer.cache->find(viewer.key.text);
        if (viewer.stored && viewer.stored->fresh(viewer.now))
            break;
        if (viewer.distribution.collapser->acquire(hold)) {
            viewer.asksOrigin = true;
            break;
        }
        viewer.span.step(
            "Waited for another request", "The same key was already on its way from the origin.");
        // What the other request could not store is asked for anew, by one after another.
    }
    if (!viewer.stored) {
        explainMiss(viewer);
        return std::nullopt;
    }
    const auto age = viewer.stored->age(viewer.now);
    const auto lifetime = viewer.stored->lifetime;
    const auto words = "Age " + duration(age) + " of " + duration(lifetime);
    viewer.span.step("Found in " + std::string(viewer.edge->id),
        std::to_string(viewer.stored->hits) + (viewer.stored->hits == 1 ? " hit" : " hits")
            + " since it was stored");
    if (!viewer.stored->fresh(viewer.now)) {
        viewer.span.step(words, "Stale: " + viewer.stored->lifetimeReason, trace::Verdict::Warn);
        return std::nullopt;
    }
    viewer.span.step(words, viewer.stored->lifetimeReason);
    viewer.outcome = viewer.stored->status >= 400 ? "Error" : "Hit";
    viewer.cache->countHit(viewer.key.text);
    viewer.span.step(viewer.stored->status >= 400 ? "A cached error" : "Fresh, so HIT",
        "The origin was not asked.", trace::Verdict::Pass);
    return answerFrom(viewer, *viewer.stored);
}

}
