#include "core/apigateway/v2/route_rules.h"

#include "core/apigateway/v2/errors.h"
#include "core/apigateway/v2/route_table.h"

namespace core::apigateway::v2 {

namespace {

constexpr std::size_t kMostScopes = 10;

// Two paths that are the same up to a variable, which they name differently.
bool hasConflictingVariable(const RouteKey& a, const RouteKey& b)
{
    for (std::size_t i = 0; i < a.segments.size() && i < b.segments.size(); ++i) {
        const auto& left = a.segments[i];
        const auto& right = b.segments[i];
        if (left.kind != right.kind)
            return false;
        if (left.text != right.text)
            return left.kind != RouteKey::Segment::Kind::Literal;
    }
    return false;
}

Result<> checkKey(const Api& api, const Route& route)
{
    const auto key = api.isHttp() ? RouteKey::parse(route.routeKey) : std::nullopt;
    if (api.isHttp() && !key)
        return fail(errors::invalidRouteKey());
    if (route.routeKey.empty())
        return fail(errors::badRequest("The provided route key must not be empty"));
    for (const auto& [id, other] : api.routes) {
        if (id == route.routeId)
            continue;
        if (other.routeKey == route.routeKey)
            return fail(errors::routeExists(route.routeKey));
        const auto otherKey = key ? RouteKey::parse(other.routeKey) : std::nullopt;
        if (otherKey && hasConflictingVariable(*key, *otherKey))
            return fail(errors::conflictingVariable(route.routeKey, other.routeKey));
    }
    return {};
}

Result<> checkTarget(const Api& api, const Route& route)
{
    if (route.target.empty())
        return {};
    const auto id = route.integrationId();
    if (id.empty())
        return fail(errors::badRequest("Invalid target " + route.target + ". It must be integrations/<id>"));
    if (!api.integrations.contains(id))
        return fail(errors::unknown("Integration", id));
    return {};
}

Result<> checkAuthorization(const Api& api, const Route& route)
{
    const auto& type = route.authorizationType;
    if (route.authorizationScopes.size() > kMostScopes)
        return fail(
            errors::badRequest("Maximum number of authorization scopes for this route has been reached: 10"));
    if (type == "JWT" && !api.isHttp())
        return fail(errors::badRequest("JWT authorizers are only supported for HTTP APIs"));
    if (type != "JWT" && type != "CUSTOM")
        return {};
    const auto authorizer = api.authorizers.find(route.authorizerId);
    if (authorizer == api.authorizers.end())
        return fail(route.authorizerId.empty()
                ? errors::badRequest("AuthorizerId is required when AuthorizationType is " + type)
                : errors::unknown("Authorizer", route.authorizerId));
    if ((type == "JWT") != (authorizer->second.authorizerType == "JWT"))
        return fail(errors::badRequest("AuthorizationType " + type + " does not fit an authorizer of type "
            + authorizer->second.authorizerType));
    return {};
}

}

Result<> checkRoute(const Api& api, const Route& route)
{
    CORE_CHECK(checkKey(api, route));
    CORE_CHECK(checkTarget(api, route));
    CORE_CHECK(checkAuthorization(api, route));
    if (api.isHttp() && route.apiKeyRequired)
        return fail(errors::badRequest("ApiKeyRequired is not currently supported for HTTP APIs"));
    return {};
}

}
