#include "core/apigateway/v2/openid.h"

#include "core/aws/json_text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

namespace {

constexpr Micros kMaxAge = 3'600 * kSecond;
constexpr std::size_t kMaxIssuers = 100;

} // namespace

Result<std::string> OpenIdConfigurations::jwksUri(
    const std::string& issuer, aws::Caller& caller, trace::SpanScope& span, Micros now)
{
    {
        std::lock_guard guard(m_mutex);
        const auto kept = m_kept.find(issuer);
        if (kept != m_kept.end() && now - kept->second.fetched < kMaxAge)
            return kept->second.jwksUri;
    }
    const auto url = issuer + (issuer.ends_with('/') ? "" : "/") + ".well-known/openid-configuration";
    http::Request request;
    request.headers.add("Accept", "application/json");
    CORE_TRY(const auto response,
        caller.fetch(url, std::move(request), aws::CallOptions{.parent = &span, .from = "apigateway"}));
    const auto document = aws::parseJson(response.body);
    if (response.status != 200 || !document || !document->is_object() || !document->contains("jwks_uri")
        || !document->at("jwks_uri").is_string())
        return fail(ErrorKind::Io, "DiscoveryFailed",
            url + " answered " + std::to_string(response.status) + " without a jwks_uri");
    auto uri = document->at("jwks_uri").get<std::string>();
    std::lock_guard guard(m_mutex);
    if (m_kept.size() >= kMaxIssuers)
        m_kept.clear();
    m_kept.insert_or_assign(issuer, Kept{uri, now});
    return uri;
}

void OpenIdConfigurations::clear()
{
    std::lock_guard guard(m_mutex);
    m_kept.clear();
}

} // namespace core::apigateway::v2
