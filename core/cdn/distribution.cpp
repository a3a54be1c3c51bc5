#include "core/cdn/distribution.h"

#include "core/base/text.h"
#include "core/cdn/errors.h"
#include "core/cdn/managed_policies.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::cdn {

namespace {

using nlohmann::json;

constexpr std::int64_t kErrorTtl = 10; // CloudFront's Error Caching Minimum TTL when none is configured

Result<json> itemsOf(const json& parent, const char* member)
{
    const auto found = parent.find(member);
    if (found == parent.end() || !found->is_object())
        return json::array();
    auto items = found->value("Items", json::array());
    if (found->value("Quantity", std::size_t(0)) != items.size())
        return fail(inconsistentQuantities());
    return items;
}

Result<std::vector<std::string>> names(const json& parent, const char* member)
{
    CORE_TRY(const auto items, itemsOf(parent, member));
    return items.get<std::vector<std::string>>();
}

// Members that are accepted while they switch nothing on. Turned on, they are refused by name.
Result<> refuseWhatIsOn(
    const json& parent, const std::string& where, std::initializer_list<const char*> members)
{
    for (const auto* member : members) {
        const auto found = parent.find(member);
        if (found == parent.end())
            continue;
        const bool on = found->is_object() ? found->value("Quantity", 0) > 0 || found->value("Enabled", false)
            : found->is_boolean()          ? found->get<bool>()
                                           : !(found->is_string() && found->get<std::string>().empty());
        if (on)
            return fail(invalidArgument(where + member + " is not supported by this emulation."));
    }
    return {};
}

Result<> readForwardedValues(const json& forwarded, Behavior& behavior)
{
    behavior.policy = "legacy settings";
    CORE_TRY(const auto headers, names(forwarded, "Headers"));
    if (std::find(headers.begin(), headers.end(), "*") != headers.end())
        behavior.ttl = {0, 0, 0}; // all headers forwarded: CloudFront does not cache
    behavior.keyHeaders = headers.empty() ? Selection{} : Selection::listed(headers);
    const auto cookies = forwarded.value("Cookies", json::object());
    const auto forward = cookies.value("Forward", "none");
    CORE_TRY(const auto cookieNames, names(cookies, "WhitelistedNames"));
    if (forward != "none")
        behavior.keyCookies = forward == "all" ? Selection::all() : Selection::listed(cookieNames);
    if (forwarded.value("QueryString", false)) {
        CORE_TRY(const auto keys, names(forwarded, "QueryStringCacheKeys"));
        behavior.keyQueries = keys.empty() ? Selection::all() : Selection::listed(keys);
        behavior.sentQueries = Selection::all();
    }
    return {};
}

Result<> readRules(const json& source, Behavior& behavior)
{
    const auto policy = source.value("CachePolicyId", "");
    if (policy.empty() != source.contains("ForwardedValues"))
        return fail(invalidArgument("The parameter ForwardedValues cannot be used when a cache policy is "
                                    "associated to the cache behavior; one of "
                                    "both is required."));
    if (policy.empty()) {
        behavior.ttl = {source.value("MinTTL", std::int64_t(0)),
            source.value("DefaultTTL", std::int64_t(86400)), source.value("MaxTTL", std::int64_t(31536000))};
        CORE_CHECK(readForwardedValues(source["ForwardedValues"], behavior));
        behavior.keyEncoding = source.value("Compress", false);
    } else if (!applyCachePolicy(policy, behavior)) {
        return fail(noSuchCachePolicy());
    }
    if (behavior.ttl.min > behavior.ttl.max)
        return fail({ErrorKind::Invalid, "InvalidTTLOrder",
            "The TTL order specified is not valid: MinTTL must be less than or equal to MaxTTL."});
    const auto originRequest = source.value("OriginRequestPolicyId", "");
    if (!originRequest.empty() && !applyOriginRequestPolicy(originRequest, behavior))
        return fail(noSuchOriginRequestPolicy());
    return {};
}

Result<Behavior> readBehavior(const json& source, std::string pattern)
{
    Behavior behavior;
    behavior.pattern = std::move(pattern);
    behavior.originId = source.value("TargetOriginId", "");
    CORE_CHECK(refuseWhatIsOn(source, "CacheBehavior.",
        {"TrustedSigners", "TrustedKeyGroups", "SmoothStreaming", "LambdaFunctionAssociations",
            "FunctionAssociations", "FieldLevelEncryptionId", "RealtimeLogConfigArn",
            "ResponseHeadersPolicyId"}));
    CORE_TRY(behavior.allowedMethods, names(source, "AllowedMethods"));
    if (behavior.allowedMethods.empty())
        behavior.allowedMethods = {"GET", "HEAD"};
    CORE_TRY(behavior.cachedMethods, names(source.value("AllowedMethods", json::object()), "CachedMethods"));
    if (behavior.cachedMethods.empty())
        behavior.cachedMethods = {"GET", "HEAD"};
    CORE_CHECK(readRules(source, behavior));
    return behavior;
}

Result<Origin> readOrigin(const json& source)
{
    Origin origin;
    origin.id = source.value("Id", "");
    origin.domain = source.value("DomainName", "");
    origin.path = source.value("OriginPath", "");
    if (!origin.path.empty() && (origin.path.front() != '/' || origin.path.back() == '/'))
        return fail(
            invalidArgument("The parameter OriginPath must begin with a slash and not end with one."));
    if (source.value("OriginShield", json::object()).value("Enabled", false))
        return fail(invalidArgument("OriginShield is not supported by this emulation."));
    origin.bucket = source.contains("S3OriginConfig");
    if (origin.bucket == source.contains("CustomOriginConfig"))
        return fail(invalidArgument("An origin takes one of S3OriginConfig and CustomOriginConfig."));
    CORE_TRY(const auto headers, itemsOf(source, "CustomHeaders"));
    for (const auto& header : headers)
        origin.headers.emplace_back(header.value("HeaderName", ""), header.value("HeaderValue", ""));
    if (!origin.bucket) {
        const auto& custom = source["CustomOriginConfig"];
        // Viewers of the chamber come over http, so match-viewer means http.
        const bool plain = custom.value("OriginProtocolPolicy", "https-only") != "https-only";
        origin.scheme = plain ? "http" : "https";
        origin.port =
            static_cast<std::uint16_t>(plain ? custom.value("HTTPPort", 80) : custom.value("HTTPSPort", 443));
    }
    return origin;
}

Result<> readErrorRules(const json& config, Distribution& distribution)
{
    CORE_TRY(const auto rules, itemsOf(config, "CustomErrorResponses"));
    for (const auto& rule : rules) {
        CORE_CHECK(refuseWhatIsOn(rule, "CustomErrorResponse.", {"ResponsePagePath", "ResponseCode"}));
        distribution.errorRules.push_back(
            {rule.value("ErrorCode", 0), rule.value("ErrorCachingMinTTL", kErrorTtl)});
    }
    return {};
}

json noItems()
{
    return {{"Quantity", 0}};
}

void addBehaviorDefaults(json& behavior)
{
    behavior.emplace("TrustedSigners", json{{"Enabled", false}, {"Quantity", 0}});
    behavior.emplace("TrustedKeyGroups", json{{"Enabled", false}, {"Quantity", 0}});
    behavior.emplace("AllowedMethods", json{{"Quantity", 2}, {"Items", {"HEAD", "GET"}}});
    behavior["AllowedMethods"].emplace("CachedMethods", json{{"Quantity", 2}, {"Items", {"HEAD", "GET"}}});
    behavior.emplace("SmoothStreaming", false);
    behavior.emplace("Compress", false);
    behavior.emplace("LambdaFunctionAssociations", noItems());
    behavior.emplace("FunctionAssociations", noItems());
    behavior.emplace("FieldLevelEncryptionId", "");
    if (behavior.contains("ForwardedValues")) {
        behavior["ForwardedValues"].emplace("Headers", noItems());
        behavior["ForwardedValues"].emplace("QueryStringCacheKeys", noItems());
        behavior.emplace("MinTTL", 0);
        behavior.emplace("DefaultTTL", 86400);
        behavior.emplace("MaxTTL", 31536000);
    }
}

void addOriginDefaults(json& origin)
{
    origin.emplace("OriginPath", "");
    origin.emplace("CustomHeaders", noItems());
    origin.emplace("ConnectionAttempts", 3);
    origin.emplace("ConnectionTimeout", 10);
    origin.emplace("OriginShield", json{{"Enabled", false}});
    origin.emplace("OriginAccessControlId", "");
}

}

bool Selection::takes(std::string_view name, bool ignoreCase) const
{
    if (kind == Kind::None || kind == Kind::All)
        return kind == Kind::All;
    const bool named = std::any_of(names.begin(), names.end(), [&](const std::string& candidate) {
        return ignoreCase ? equalsIgnoreCase(candidate, name) : candidate == name;
    });
    return named == (kind == Kind::Listed);
}

const Behavior& Distribution::behaviorFor(std::string_view path) const
{
    for (const auto& behavior : behaviors) {
        // CloudFront takes a pattern with and without its leading slash as the same.
        const auto pattern = behavior.pattern.starts_with('/') || behavior.pattern.starts_with('*')
            ? behavior.pattern
            : "/" + behavior.pattern;
        if (matchesGlob(pattern, path))
            return behavior;
    }
    return behaviors.back();
}

const Origin* Distribution::origin(std::string_view originId) const
{
    const auto found = std::find_if(
        origins.begin(), origins.end(), [&](const Origin& entry) { return entry.id == originId; });
    return found == origins.end() ? nullptr : &*found;
}

std::int64_t Distribution::errorTtl(int status) const
{
    for (const auto& rule : errorRules) {
        if (rule.status == status)
            return rule.minTtl;
    }
    return kErrorTtl;
}

Result<Distribution> readDistribution(const json& config)
{
    Distribution distribution;
    distribution.comment = config.value("Comment", "");
    distribution.enabled = config.value("Enabled", true);
    distribution.defaultRootObject = config.value("DefaultRootObject", "");
    CORE_CHECK(refuseWhatIsOn(config, "DistributionConfig.",
        {"Aliases", "OriginGroups", "Logging", "WebACLId", "ContinuousDeploymentPolicyId", "Staging"}));
    if (config.value("Restrictions", json::object())
            .value("GeoRestriction", json::object())
            .value("Quantity", 0)
        > 0)
        return fail(invalidArgument("GeoRestriction is not supported by this emulation."));
    CORE_TRY(const auto origins, itemsOf(config, "Origins"));
    if (origins.empty())
        return fail(invalidArgument("The parameter Origins must have at least one origin."));
    for (const auto& source : origins) {
        CORE_TRY(auto origin, readOrigin(source));
        distribution.origins.push_back(std::move(origin));
    }
    CORE_TRY(const auto behaviors, itemsOf(config, "CacheBehaviors"));
    for (const auto& source : behaviors) {
        CORE_TRY(auto behavior, readBehavior(source, source.value("PathPattern", "")));
        distribution.behaviors.push_back(std::move(behavior));
    }
    CORE_TRY(auto standard, readBehavior(config.value("DefaultCacheBehavior", json::object()), "*"));
    distribution.behaviors.push_back(std::move(standard));
    for (const auto& behavior : distribution.behaviors) {
        if (!distribution.origin(behavior.originId))
            return fail(noSuchOrigin());
    }
    CORE_CHECK(readErrorRules(config, distribution));
    return distribution;
}

json withDefaults(json config)
{
    config.emplace("Aliases", noItems());
    config.emplace("DefaultRootObject", "");
    config.emplace("OriginGroups", noItems());
    config.emplace("CacheBehaviors", noItems());
    config.emplace("CustomErrorResponses", noItems());
    config.emplace(
        "Logging", json{{"Enabled", false}, {"IncludeCookies", false}, {"Bucket", ""}, {"Prefix", ""}});
    config.emplace("PriceClass", "PriceClass_All");
    config.emplace("ViewerCertificate",
        json{{"CloudFrontDefaultCertificate", true}, {"MinimumProtocolVersion", "TLSv1"},
            {"CertificateSource", "cloudfront"}});
    config.emplace("Restrictions", json{{"GeoRestriction", {{"RestrictionType", "none"}, {"Quantity", 0}}}});
    config.emplace("WebACLId", "");
    config.emplace("HttpVersion", "http2");
    config.emplace("IsIPV6Enabled", false);
    for (auto& origin : config["Origins"]["Items"])
        addOriginDefaults(origin);
    addBehaviorDefaults(config["DefaultCacheBehavior"]);
    if (config["CacheBehaviors"].contains("Items")) {
        for (auto& behavior : config["CacheBehaviors"]["Items"])
            addBehaviorDefaults(behavior);
    }
    return config;
}

}
