#include "core/apigateway/v2/authorizer_rules.h"

#include "core/apigateway/integration_uri.h"
#include "core/apigateway/v2/errors.h"

#include <algorithm>
#include <array>

namespace core::apigateway::v2 {

namespace {

constexpr std::size_t kMostAudiences = 50;

// HTTP APIs begin the names of a request's parts with a dollar, WebSocket APIs do not.
bool isSource(const Api& api, const std::string& source)
{
    constexpr std::array<std::string_view, 3> kOfHttp{"$request.", "$context.", "$stageVariables."};
    constexpr std::array<std::string_view, 3> kOfSockets{"route.request.", "context.", "stageVariables."};
    const auto& known = api.isHttp() ? kOfHttp : kOfSockets;
    return std::any_of(
        known.begin(), known.end(), [&](std::string_view begin) { return source.starts_with(begin); });
}

Result<> completeJwt(const Api& api, const Authorizer& authorizer)
{
    if (!api.isHttp())
        return fail(errors::badRequest("JWT authorizers are only supported for HTTP APIs"));
    const auto& jwt = authorizer.jwtConfiguration;
    if (!jwt || jwt->issuer.empty() || jwt->audience.empty())
        return fail(
            errors::badRequest("JwtConfiguration with Issuer and Audience is required for JWT authorizers"));
    if (!jwt->issuer.starts_with("https://") && !jwt->issuer.starts_with("http://"))
        return fail(errors::badRequest("Invalid issuer: " + jwt->issuer + ". Issuer must be a URL"));
    if (jwt->audience.size() > kMostAudiences)
        return fail(
            errors::badRequest("Maximum number of audiences for this authorizer has been reached: 50"));
    if (authorizer.identitySource.size() != 1)
        return fail(errors::badRequest("JWT authorizers take exactly one IdentitySource"));
    return {};
}

Result<> completeRequest(const Api& api, Authorizer& authorizer)
{
    if (!lambdaFunctionOf(authorizer.authorizerUri))
        return fail(errors::badRequest("Invalid Authorizer URI: " + authorizer.authorizerUri));
    auto& version = authorizer.authorizerPayloadFormatVersion;
    if (!api.isHttp()) {
        if (!version.empty() || authorizer.enableSimpleResponses.value_or(false))
            return fail(errors::badRequest(
                "AuthorizerPayloadFormatVersion and EnableSimpleResponses are only supported for HTTP APIs"));
        return {};
    }
    if (version != "1.0" && version != "2.0")
        return fail(errors::badRequest("AuthorizerPayloadFormatVersion is a required parameter for REQUEST "
                                       "authorizers of HTTP APIs: 1.0 or 2.0"));
    if (version == "1.0" && authorizer.enableSimpleResponses.value_or(false))
        return fail(errors::badRequest(
            "EnableSimpleResponses is only supported with AuthorizerPayloadFormatVersion 2.0"));
    if (!authorizer.enableSimpleResponses)
        authorizer.enableSimpleResponses = false;
    if (!authorizer.authorizerResultTtlInSeconds)
        authorizer.authorizerResultTtlInSeconds = authorizer.identitySource.empty() ? 0 : 300;
    if (*authorizer.authorizerResultTtlInSeconds > 0 && authorizer.identitySource.empty())
        return fail(errors::badRequest("IdentitySource is required when caching is enabled"));
    return {};
}

}

Result<> completeAuthorizer(const Api& api, Authorizer& authorizer)
{
    for (const auto& source : authorizer.identitySource) {
        if (!isSource(api, source))
            return fail(errors::badRequest("Invalid identity source: " + source));
    }
    return authorizer.authorizerType == "JWT" ? completeJwt(api, authorizer)
                                              : completeRequest(api, authorizer);
}

}
