#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace core::cdn {

// Which headers, cookies or query parameters take part: in the cache key, or in what the origin gets.
struct Selection {
    enum class Kind { None, Listed, AllExcept, All };
    Kind kind = Kind::None;
    std::vector<std::string> names;

    bool takes(std::string_view name, bool ignoreCase) const;
    static Selection all() { return {Kind::All, {}}; }
    static Selection listed(std::vector<std::string> names) { return {Kind::Listed, std::move(names)}; }
};

struct Ttl {
    std::int64_t min = 0; // seconds
    std::int64_t normal = 86400; // DefaultTTL: the origin says nothing
    std::int64_t max = 31536000;
};

// One cache behavior: the rules of the paths that its pattern matches.
struct Behavior {
    std::string pattern; // "*" for the default one
    std::string originId;
    std::string policy; // how the rules are called: a managed policy's name, "legacy settings"
    std::vector<std::string> allowedMethods;
    std::vector<std::string> cachedMethods;
    Ttl ttl;
    Selection keyHeaders;
    Selection keyCookies;
    Selection keyQueries;
    bool keyEncoding = false; // Accept-Encoding, normalised, is part of the key
    Selection sentHeaders; // beside those of the key
    Selection sentCookies;
    Selection sentQueries;
};

struct Origin {
    std::string id;
    std::string domain;
    std::string path; // before every request's path
    std::vector<std::pair<std::string, std::string>> headers;
    bool bucket = false;
    std::string scheme = "https";
    std::uint16_t port = 443;
};

struct ErrorRule {
    int status;
    std::int64_t minTtl;
};

// A distribution as the viewers' side needs it: read from its DistributionConfig, never changed afterwards.
struct Distribution {
    std::string id;
    std::string domainName; // "d111111abcdef8.cloudfront.net"
    std::string comment;
    std::string defaultRootObject;
    std::string region; // of the request that made it: where its own origins stand
    bool enabled = true;
    std::vector<Behavior> behaviors; // in order of precedence, the default one last
    std::vector<Origin> origins;
    std::vector<ErrorRule> errorRules;

    const Behavior& behaviorFor(std::string_view path) const;
    const Origin* origin(std::string_view originId) const;
    std::int64_t errorTtl(int status) const; // ErrorCachingMinTTL: 10 s unless configured
};

// Reads a DistributionConfig (CloudFront API shape) with everything its rules refer to. Errors in
// CloudFront's words: NoSuchOrigin, NoSuchCachePolicy, InvalidArgument, InconsistentQuantities, and what is
// not emulated, by name.
Result<Distribution> readDistribution(const nlohmann::json& config);

// The config as GetDistribution gives it back: with CloudFront's defaults for members that were left out.
nlohmann::json withDefaults(nlohmann::json config);

}
