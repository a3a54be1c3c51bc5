#include "core/cdn/managed_policies.h"

#include <array>

namespace core::cdn {

namespace {

struct CachePolicy {
    std::string_view id;
    std::string_view name;
    Ttl ttl;
    bool encoding;
    Selection::Kind queries;
    Selection::Kind cookies;
    std::array<std::string_view, 5> headers;
};

using Kind = Selection::Kind;

const std::array kCachePolicies{
    CachePolicy{"658327ea-f89d-4fab-a63d-7e88639e58f6", "CachingOptimized", {1, 86400, 31536000}, true,
        Kind::None, Kind::None, {}},
    CachePolicy{"4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "CachingDisabled", {0, 0, 0}, false, Kind::None,
        Kind::None, {}},
    CachePolicy{"b2884449-e4de-46a7-ac36-70bc7f1ddd6d", "CachingOptimizedForUncompressedObjects",
        {1, 86400, 31536000}, false, Kind::None, Kind::None, {}},
    CachePolicy{"83da9c7e-98b4-4e11-a168-04f0df8e2c65", "UseOriginCacheControlHeaders", {0, 0, 31536000},
        true, Kind::None, Kind::All,
        {"Host", "Origin", "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"}},
    CachePolicy{"4cc15a8a-d715-48a4-82b8-cc0b614638fe", "UseOriginCacheControlHeaders-QueryStrings",
        {0, 0, 31536000}, true, Kind::All, Kind::All,
        {"Host", "Origin", "X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"}},
};

std::vector<std::string> present(const std::array<std::string_view, 5>& names)
{
    std::vector<std::string> result;
    for (const auto name : names) {
        if (!name.empty())
            result.emplace_back(name);
    }
    return result;
}

}

bool applyCachePolicy(std::string_view id, Behavior& behavior)
{
    for (const auto& policy : kCachePolicies) {
        if (policy.id != id)
            continue;
        behavior.policy = policy.name;
        behavior.ttl = policy.ttl;
        behavior.keyEncoding = policy.encoding;
        behavior.keyQueries = {policy.queries, {}};
        behavior.keyCookies = {policy.cookies, {}};
        const auto headers = present(policy.headers);
        behavior.keyHeaders = headers.empty() ? Selection{} : Selection::listed(headers);
        return true;
    }
    return false;
}

bool applyOriginRequestPolicy(std::string_view id, Behavior& behavior)
{
    const auto send = [&](Selection headers, Selection cookies, Selection queries) {
        behavior.sentHeaders = std::move(headers);
        behavior.sentCookies = std::move(cookies);
        behavior.sentQueries = std::move(queries);
        return true;
    };
    if (id == "216adef6-5c7f-47e4-b989-5492eafa07d3") // AllViewer
        return send(Selection::all(), Selection::all(), Selection::all());
    if (id == "b689b0a8-53d0-40ab-baf2-68738e2966ac") // AllViewerExceptHostHeader
        return send({Kind::AllExcept, {"Host"}}, Selection::all(), Selection::all());
    if (id == "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf") // CORS-S3Origin
        return send(
            Selection::listed({"Origin", "Access-Control-Request-Headers", "Access-Control-Request-Method"}),
            {}, {});
    if (id == "59781a5b-3903-41f3-afcb-af62929ccde1") // CORS-CustomOrigin
        return send(Selection::listed({"Origin"}), {}, {});
    if (id == "acba4595-bd28-49b8-b9fe-13317c0390fa") // UserAgentRefererHeaders
        return send(Selection::listed({"User-Agent", "Referer"}), {}, {});
    return false;
}

}
