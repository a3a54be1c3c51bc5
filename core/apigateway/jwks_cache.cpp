#include "core/apigateway/jwks_cache.h"

namespace core::apigateway {

namespace {

constexpr Micros kMaxAge = 3'600 * kSecond;
constexpr Micros kLeastAge = 300 * kSecond;
constexpr std::size_t kMaxIssuers = 100;

}

std::optional<JwksCache::Kept> JwksCache::find(const std::string& url) const
{
    std::lock_guard guard(m_mutex);
    const auto found = m_kept.find(url);
    return found == m_kept.end() ? std::nullopt : std::optional(found->second);
}

Result<JwtKeys> JwksCache::get(
    const std::string& url, aws::Caller& caller, trace::SpanScope& span, Micros now)
{
    if (const auto kept = find(url); kept && now - kept->fetched < kMaxAge)
        return kept->keys;
    return fetch(url, caller, span, now);
}

Result<JwtKeys> JwksCache::fetch(
    const std::string& url, aws::Caller& caller, trace::SpanScope& span, Micros now)
{
    http::Request request;
    request.headers.add("Accept", "application/json");
    const aws::CallOptions options{.parent = &span, .from = "apigateway"};
    CORE_TRY(const auto response, caller.fetch(url, std::move(request), options));
    if (response.status != 200)
        return fail(ErrorKind::Io, "JwksUnavailable", url + " answered " + std::to_string(response.status));
    CORE_TRY(auto keys, JwtKeys::parse(response.body));
    std::lock_guard guard(m_mutex);
    if (m_kept.size() >= kMaxIssuers)
        m_kept.clear();
    m_kept.insert_or_assign(url, Kept{keys, now});
    return keys;
}

Result<JwtResult> JwksCache::verify(const std::string& token, const std::string& url, const JwtRules& rules,
    aws::Caller& caller, trace::SpanScope& span)
{
    CORE_TRY(const auto keys, get(url, caller, span, rules.now));
    auto result = verifyJwt(token, keys, rules);
    if (result || result.error().kind != JwtFault::Kind::UnknownKey)
        return result;
    // Issuers change their keys; a token with a made-up one must not fetch them each time.
    const auto kept = find(url);
    if (kept && rules.now - kept->fetched < kLeastAge)
        return result;
    CORE_TRY(const auto fresh, fetch(url, caller, span, rules.now));
    return verifyJwt(token, fresh, rules);
}

void JwksCache::clear()
{
    std::lock_guard guard(m_mutex);
    m_kept.clear();
}

}
