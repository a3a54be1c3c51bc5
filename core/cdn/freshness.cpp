#include "core/cdn/freshness.h"

#include "core/base/text.h"
#include "core/base/time_format.h"

#include <algorithm>

namespace core::cdn {

namespace {

std::optional<std::int64_t> seconds(std::string_view value)
{
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"')
        value = value.substr(1, value.size() - 2);
    const auto number = parseInteger(value);
    return number && *number >= 0 ? *number : 0;
}

void readDirective(std::string_view directive, CacheControl& into)
{
    const auto equals = directive.find('=');
    const auto name = toLower(trimmed(directive.substr(0, equals)));
    const auto value =
        equals == std::string_view::npos ? std::string_view() : trimmed(directive.substr(equals + 1));
    if (name == "max-age")
        into.maxAge = seconds(value);
    else if (name == "s-maxage")
        into.sharedMaxAge = seconds(value);
    else if (name == "stale-while-revalidate")
        into.staleWhileRevalidate = seconds(value);
    else if (name == "stale-if-error")
        into.staleIfError = seconds(value);
    else if (name == "no-store")
        into.noStore = true;
    else if (name == "no-cache")
        into.noCache = true;
    else if (name == "private")
        into.isPrivate = true;
    else if (name == "must-revalidate" || name == "proxy-revalidate")
        into.mustRevalidate = true;
}

struct Stated {
    std::optional<std::int64_t> seconds;
    std::string words; // "max-age=60"
};

Stated statedBy(const CacheControl& control, const http::Headers& headers, Micros now)
{
    if (control.sharedMaxAge)
        return {control.sharedMaxAge, "s-maxage=" + std::to_string(*control.sharedMaxAge)};
    if (control.maxAge)
        return {control.maxAge, "max-age=" + std::to_string(*control.maxAge)};
    if (!headers.has("Expires"))
        return {};
    const auto words = "Expires: " + std::string(headers.get("Expires"));
    const auto expires = parseHttpDate(headers.get("Expires"));
    if (!expires)
        return {0, words}; // RFC 9111 §5.3: an invalid date means already expired
    const auto date = parseHttpDate(headers.get("Date")).value_or(now);
    return {std::max<std::int64_t>(0, (*expires - date) / kSecond), words};
}

// 404, 410, 414 and most 5xx are always cached for a while; 400, 403, 405, 412 and 415 only when the origin
// says so.
bool alwaysCachedError(int status)
{
    return status == 404 || status == 410 || status == 414 || status == 500 || status == 501 || status == 502
        || status == 503 || status == 504;
}

bool cachedErrorWhenTold(int status)
{
    return status == 400 || status == 403 || status == 405 || status == 412 || status == 415;
}

// Heuristically cacheable or not, CloudFront keeps these when it may; others only pass through.
bool cacheableSuccess(int status)
{
    return status == 200 || status == 203 || status == 204 || status == 206 || status == 300 || status == 301
        || status == 302 || status == 303 || status == 307 || status == 308;
}

Lifetime errorLifetime(int status, const Stated& stated, std::int64_t errorTtl)
{
    const auto code = std::to_string(status);
    if (!alwaysCachedError(status) && !(cachedErrorWhenTold(status) && stated.seconds))
        return {false, 0, "Not kept",
            "CloudFront caches a " + code + " only when the origin sends Cache-Control with it."};
    const auto kept = std::max(errorTtl, stated.seconds.value_or(0));
    if (kept == 0)
        return {false, 0, "Not kept", "The error caching minimum for " + code + " is 0."};
    return {true, kept, "Error kept for " + duration(kept),
        "Errors stay at least " + duration(errorTtl) + " (error caching minimum)"
            + (stated.seconds ? "; the origin says " + stated.words + "." : ".")};
}

std::string bounds(const Ttl& ttl)
{
    return "the behavior allows " + duration(ttl.min) + " to " + duration(ttl.max);
}

}

CacheControl CacheControl::parse(const http::Headers& headers)
{
    CacheControl control;
    for (const auto value : headers.all("Cache-Control")) {
        for (const auto directive : split(value, ','))
            readDirective(trimmed(directive), control);
    }
    return control;
}

Lifetime lifetimeOf(
    int status, const http::Headers& headers, const Ttl& ttl, std::int64_t errorTtl, Micros now)
{
    const auto control = CacheControl::parse(headers);
    const auto stated = statedBy(control, headers, now);
    if (ttl.max == 0)
        return {false, 0, "Not kept", "Caching is off: the behavior's maximum TTL is 0."};
    if (status >= 400)
        return errorLifetime(status, stated, errorTtl);
    if (!cacheableSuccess(status))
        return {false, 0, "Not kept", "A " + std::to_string(status) + " is never cached."};
    if (control.noStore || control.noCache || control.isPrivate) {
        const std::string directive = control.noStore ? "no-store" : control.noCache ? "no-cache" : "private";
        if (ttl.min == 0)
            return {false, 0, "Not kept", "The origin says " + directive + ", and the minimum TTL is 0."};
        return {true, ttl.min, "Kept for " + duration(ttl.min),
            "The origin says " + directive + ", but the minimum TTL is " + duration(ttl.min)
                + ", and that wins."};
    }
    if (!stated.seconds) {
        const auto kept = std::min(std::max(ttl.normal, ttl.min), ttl.max);
        if (kept == 0)
            return {false, 0, "Not kept", "The origin says nothing, and the default TTL is 0."};
        return {
            true, kept, "Kept for " + duration(kept), "The origin says nothing, so the default TTL counts."};
    }
    const auto kept = std::clamp(*stated.seconds, ttl.min, ttl.max);
    if (kept == 0)
        return {false, 0, "Not kept", "The origin says " + stated.words + "; " + bounds(ttl) + "."};
    return {true, kept, "Kept for " + duration(kept),
        "The origin says " + stated.words + "; " + bounds(ttl) + "."};
}

Micros initialAge(const http::Headers& headers)
{
    const auto age = parseInteger(trimmed(headers.get("Age")));
    return age && *age > 0 ? *age * kSecond : 0;
}

std::string duration(std::int64_t value)
{
    if (value < 120)
        return std::to_string(value) + " s";
    if (value < 2 * 3600)
        return std::to_string(value / 60) + " min"
            + (value % 60 ? " " + std::to_string(value % 60) + " s" : "");
    if (value < 2 * 86400)
        return std::to_string(value / 3600) + " h"
            + (value % 3600 / 60 ? " " + std::to_string(value % 3600 / 60) + " min" : "");
    return std::to_string(value / 86400) + " days";
}

}
