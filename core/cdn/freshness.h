#pragma once

#include "core/base/clock.h"
#include "core/cdn/distribution.h"
#include "core/http/message.h"

#include <optional>
#include <string>

namespace core::cdn {

// Cache-Control (RFC 9111 §5.2.2), as far as a shared cache uses it. Directives compare without case; a
// repeated or malformed max-age counts as 0, which is the safe reading.
struct CacheControl {
    std::optional<std::int64_t> maxAge;
    std::optional<std::int64_t> sharedMaxAge;
    std::optional<std::int64_t> staleWhileRevalidate;
    std::optional<std::int64_t> staleIfError;
    bool noStore = false;
    bool noCache = false;
    bool isPrivate = false;
    bool mustRevalidate = false;

    static CacheControl parse(const http::Headers& headers);
};

// Whether an answer may be kept, for how long, and the rule that decided: the words of the decision trace.
struct Lifetime {
    bool store = false;
    std::int64_t seconds = 0;
    std::string title; // "Kept for 60 s"
    std::string reason; // "The origin says max-age=60; the behavior allows 0 to 86 400."
};

// CloudFront's rules: the origin's s-maxage, max-age or Expires within [MinTTL, MaxTTL]; DefaultTTL when it
// says nothing; no-store, no-cache and private obeyed only while MinTTL is 0; errors for ErrorCachingMinTTL,
// and only the statuses that CloudFront caches.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
Lifetime lifetimeOf(
    int status, const http::Headers& headers, const Ttl& ttl, std::int64_t errorTtl, Micros now);

// Age when an answer arrives: the Age header that an earlier cache sent. The origin's Date is not used: it
// runs on real time, the chamber's clock may not.
Micros initialAge(const http::Headers& headers);

// "42 s", "3 min", "5 h", "2 days": for people.
std::string duration(std::int64_t seconds);

}
