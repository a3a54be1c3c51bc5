#include "core/cdn/viewer_pipeline.h"

#include "core/base/hash.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace core::cdn {

namespace {

// Larger bodies pass through to the viewer without being kept in an edge's memory.
constexpr std::uint64_t kLargestKept = 8 * 1024 * 1024;

constexpr auto kHopByHop =
    std::to_array<std::string_view>({"Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization",
        "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Content-Length"});

void dropHopByHop(http::Headers& headers)
{
    for (const auto name : kHopByHop)
        headers.remove(name);
}

std::string queryFor(const ViewerRequest& viewer)
{
    const auto& behavior = *viewer.behavior;
    http::QueryParameters sent;
    for (auto& parameter : http::parseQuery(viewer.request.rawQuery())) {
        if (behavior.keyQueries.takes(parameter.first, false)
            || behavior.sentQueries.takes(parameter.first, false))
            sent.push_back(std::move(parameter));
    }
    return sent.empty() ? std::string() : "?" + http::writeQuery(sent);
}

std::string cookiesFor(const ViewerRequest& viewer)
{
    std::vector<std::string> sent;
    for (const auto& [name, value] : cookiesOf(viewer.request.headers)) {
        if (viewer.behavior->keyCookies.takes(name, false) || viewer.behavior->sentCookies.takes(name, false))
            sent.push_back(name + "=" + value);
    }
    return join(sent, "; ");
}

// What CloudFront sends: what the key and the origin request policy name, and its own identification.
http::Request originRequest(const ViewerRequest& viewer, const Origin& origin)
{
    http::Request request;
    request.method = viewer.request.method;
    request.target = origin.path + viewer.path + queryFor(viewer);
    request.body = viewer.request.body;
    const auto& behavior = *viewer.behavior;
    for (const auto& [name, value] : viewer.request.headers) {
        const bool body = equalsIgnoreCase(name, "Content-Type");
        const bool special = equalsIgnoreCase(name, "Cookie") || equalsIgnoreCase(name, "Accept-Encoding");
        const bool wanted = behavior.keyHeaders.takes(name, true) || behavior.sentHeaders.takes(name, true)
            || (body && !request.body.empty()) || equalsIgnoreCase(name, "Authorization");
        if (wanted && !special)
            request.headers.add(name, value);
    }
    dropHopByHop(request.headers);
    // Authorization reaches the origin of answers that are not cached only; otherwise it has to be in the
    // key.
    if (viewer.cacheable && !behavior.keyHeaders.takes("Authorization", true))
        request.headers.remove("Authorization");
    if (const auto cookies = cookiesFor(viewer); !cookies.empty())
        request.headers.set("Cookie", cookies);
    if (behavior.keyEncoding && normalisedEncoding(viewer.request.headers) != "identity")
        request.headers.set(
            "Accept-Encoding", normalisedEncoding(viewer.request.headers) == "br" ? "br,gzip" : "gzip");
    for (const auto& [name, value] : origin.headers)
        request.headers.set(name, value);
    if (!behavior.sentHeaders.takes("User-Agent", true) && !behavior.keyHeaders.takes("User-Agent", true))
        request.headers.set("User-Agent", "Amazon CloudFront");
    if (!behavior.sentHeaders.takes("Host", true) && !behavior.keyHeaders.takes("Host", true))
        request.headers.set("Host", origin.domain);
    request.headers.set(
        "Via", "1.1 " + hex(md5(viewer.distribution.rules->id)) + ".cloudfront.net (CloudFront)");
    request.headers.set("X-Forwarded-For", viewer.request.remoteAddress);
    return request;
}

void addConditions(const CacheEntry& stored, http::Request& request)
{
    if (const auto etag = stored.headers.get("ETag"); !etag.empty())
        request.headers.set("If-None-Match", std::string(etag));
    else if (const auto modified = stored.headers.get("Last-Modified"); !modified.empty())
        request.headers.set("If-Modified-Since", std::string(modified));
}

bool hasValidator(const CacheEntry& entry)
{
    return entry.headers.has("ETag") || entry.headers.has("Last-Modified");
}

// An expired answer is better than none: CloudFront serves it while the origin fails.
std::optional<http::Response> serveStale(ViewerRequest& viewer, const std::string& why)
{
    if (!viewer.stored || viewer.stored->status >= 400
        || CacheControl::parse(viewer.stored->headers).mustRevalidate)
        return std::nullopt;
    viewer.span.step("Served stale", why + " The expired answer is served instead.", trace::Verdict::Warn);
    viewer.outcome = "Hit";
    return answerFrom(viewer, *viewer.stored);
}

std::optional<http::Response> refresh(ViewerRequest& viewer, const http::Response& notModified)
{
    auto entry = *viewer.stored;
    for (const auto& [name, value] : notModified.headers) {
        if (equalsIgnoreCase(name, "Cache-Control") || equalsIgnoreCase(name, "Expires")
            || equalsIgnoreCase(name, "Date"))
            entry.headers.set(name, value);
    }
    const auto& rules = *viewer.distribution.rules;
    const auto lifetime = lifetimeOf(
        entry.status, entry.headers, viewer.behavior->ttl, rules.errorTtl(entry.status), viewer.now);
    entry.storedAt = viewer.now;
    entry.initialAge = initialAge(notModified.headers);
    entry.lifetime = lifetime.seconds;
    entry.lifetimeReason = lifetime.reason;
    viewer.span.step("Not modified, so REFRESH HIT",
        "The origin confirmed the stored answer; it is fresh for " + duration(lifetime.seconds) + " more.",
        trace::Verdict::Pass);
    viewer.outcome = "RefreshHit";
    viewer.cache->store(entry);
    viewer.cache->countHit(entry.key.text);
    return answerFrom(viewer, entry);
}

}

std::optional<http::Response> askOrigin(ViewerRequest& viewer)
{
    const auto& rules = *viewer.distribution.rules;
    const auto& origin = *rules.origin(viewer.behavior->originId);
    auto request = originRequest(viewer, origin);
    const bool revalidates = viewer.stored && hasValidator(*viewer.stored);
    if (revalidates)
        addConditions(*viewer.stored, request);
    const auto* region = geo::findRegion(rules.region);
    const auto distance = geo::roundTrip(viewer.edge->place, region ? region->place : viewer.edge->place);
    viewer.span.step(revalidates ? "Asks the origin whether it changed" : "Asks the origin " + origin.id,
        request.method + " " + origin.domain + request.target + ", " + std::to_string((distance + 500) / 1000)
            + " ms from " + std::string(viewer.edge->id));
    const bool usual = origin.port == (origin.scheme == "https" ? 443 : 80);
    const auto url = origin.scheme + "://" + origin.domain + (usual ? "" : ":" + std::to_string(origin.port))
        + request.target;
    aws::CallOptions options;
    options.parent = &viewer.span;
    options.region = rules.region;
    auto answer = viewer.caller.fetch(url, std::move(request), options);
    if (!answer) {
        if (auto stale = serveStale(viewer, "The origin did not answer: " + answer.error().message + "."))
            return stale;
        const bool late = answer.error().code == "Timeout";
        viewer.span.step("The origin did not answer", answer.error().message, trace::Verdict::Fail);
        viewer.outcome = "Error";
        return errorPage(late ? 504 : 502, "The request could not be satisfied.",
            late ? "CloudFront attempted to establish a connection with the origin, but either the attempt "
                   "failed or the "
                   "origin closed the connection."
                 : "CloudFront wasn't able to connect to the origin.");
    }
    if (revalidates && answer->status == 304)
        return refresh(viewer, *answer);
    if (answer->status >= 500) {
        if (auto stale = serveStale(viewer, "The origin answered " + std::to_string(answer->status) + "."))
            return stale;
    }
    dropHopByHop(answer->headers);
    viewer.fromOrigin = *std::move(answer);
    return std::nullopt;
}

std::optional<http::Response> decideStorage(ViewerRequest& viewer)
{
    auto& response = *viewer.fromOrigin;
    viewer.outcome = response.status >= 400 ? "Error" : "Miss";
    const bool large = response.source && response.sourceLength > kLargestKept;
    const bool whole = viewer.cacheable && viewer.request.method != "HEAD" && !large;
    const auto& rules = *viewer.distribution.rules;
    const auto lifetime = lifetimeOf(
        response.status, response.headers, viewer.behavior->ttl, rules.errorTtl(response.status), viewer.now);
    if (!whole || !lifetime.store) {
        const std::string why = large ? "Larger than an edge keeps here (8 MiB); it passes through."
            : viewer.cacheable        ? lifetime.reason
                                      : "Answers of this behavior and method are not cached.";
        viewer.span.step("Not kept", why);
        return response;
    }
    if (response.source) {
        auto body = http::readAll(*response.source, kLargestKept);
        if (!body)
            return errorPage(502, "The request could not be satisfied.", body.error().message);
        response.body = *std::move(body);
        response.source.reset();
    }
    CacheEntry entry{viewer.key, viewer.behavior->pattern, response.status, response.headers,
        std::make_shared<const std::string>(std::move(response.body)), viewer.now,
        initialAge(response.headers), lifetime.seconds, lifetime.reason};
    entry.headers.remove("Age");
    viewer.cache->count({.bytesFromOrigin = entry.body->size()});
    viewer.cache->store(entry);
    viewer.span.step(lifetime.title, lifetime.reason, trace::Verdict::Pass);
    auto answer = answerFrom(viewer, entry);
    answer.headers.remove("Age"); // just come from the origin
    return answer;
}

}
