#include "core/apigateway/v2/cors.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace core::apigateway::v2 {

namespace {

constexpr std::array kCorsHeaders{"Access-Control-Allow-Origin", "Access-Control-Allow-Methods",
    "Access-Control-Allow-Headers", "Access-Control-Expose-Headers", "Access-Control-Max-Age",
    "Access-Control-Allow-Credentials"};

bool matchesOrigin(std::string_view allowed, std::string_view origin)
{
    // "https://*" stands for every origin of the scheme.
    if (allowed == "http://*" || allowed == "https://*")
        return origin.starts_with(allowed.substr(0, allowed.size() - 1));
    return equalsIgnoreCase(allowed, origin);
}

}

std::optional<std::string> allowedOrigin(const Cors& cors, std::string_view origin)
{
    if (origin.empty())
        return std::nullopt;
    const auto& origins = cors.allowOrigins;
    if (std::find(origins.begin(), origins.end(), "*") != origins.end())
        return "*";
    const bool allowed = std::any_of(origins.begin(), origins.end(),
        [&](const std::string& candidate) { return matchesOrigin(candidate, origin); });
    return allowed ? std::optional(std::string(origin)) : std::nullopt;
}

bool isPreflight(const http::Request& request)
{
    return request.method == "OPTIONS" && request.headers.has("Origin")
        && request.headers.has("Access-Control-Request-Method");
}

http::Response preflightAnswer(const Cors& cors, const http::Request& request)
{
    http::Response response;
    response.status = 204;
    const auto origin = allowedOrigin(cors, request.headers.get("Origin"));
    if (!origin)
        return response;
    response.headers.set("Access-Control-Allow-Origin", *origin);
    if (!cors.allowMethods.empty())
        response.headers.set("Access-Control-Allow-Methods", join(cors.allowMethods, ","));
    if (!cors.allowHeaders.empty())
        response.headers.set("Access-Control-Allow-Headers", join(cors.allowHeaders, ","));
    if (!cors.exposeHeaders.empty())
        response.headers.set("Access-Control-Expose-Headers", join(cors.exposeHeaders, ","));
    if (cors.maxAge)
        response.headers.set("Access-Control-Max-Age", std::to_string(*cors.maxAge));
    if (cors.allowCredentials)
        response.headers.set("Access-Control-Allow-Credentials", "true");
    return response;
}

void applyCors(const Cors& cors, const http::Request& request, http::Response& response)
{
    for (const std::string_view name : kCorsHeaders)
        response.headers.remove(name);
    const auto origin = allowedOrigin(cors, request.headers.get("Origin"));
    if (!origin)
        return;
    response.headers.set("Access-Control-Allow-Origin", *origin);
    if (!cors.exposeHeaders.empty())
        response.headers.set("Access-Control-Expose-Headers", join(cors.exposeHeaders, ","));
    if (cors.allowCredentials)
        response.headers.set("Access-Control-Allow-Credentials", "true");
}

}
