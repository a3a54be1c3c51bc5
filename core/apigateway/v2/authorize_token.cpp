#include "core/apigateway/jwks_cache.h"
#include "core/apigateway/v2/authorizers.h"
#include "core/apigateway/v2/openid.h"
#include "core/aws/json_text.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

using nlohmann::json;

namespace {

tl::unexpected<CallFailure> refuse(int status, std::string message, std::string challenge, std::string reason)
{
    CallFailure failure{status, std::move(message), std::move(reason)};
    failure.headers.add("www-authenticate", std::move(challenge));
    return tl::unexpected<CallFailure>(std::move(failure));
}

tl::unexpected<CallFailure> invalidToken(const Call& call, const std::string& why)
{
    return refuse(401, "Unauthorized",
        "Bearer scope=\"" + join(call.route->authorizationScopes, " ")
            + "\" error=\"invalid_token\" error_description=\"" + why + "\"",
        "The token is refused: " + why);
}

// "Bearer eyJ…" or the bare token.
std::string tokenOf(const std::string& value)
{
    constexpr std::string_view kBearer = "bearer ";
    const bool prefixed =
        value.size() > kBearer.size() && equalsIgnoreCase(value.substr(0, kBearer.size()), kBearer);
    return std::string(trimmed(prefixed ? std::string_view(value).substr(kBearer.size()) : value));
}

void pass(Call& call, const Authorizer& authorizer, const Jwt& token)
{
    json scopes = token.scopes;
    call.authorization.json = aws::writeJson({{"jwt",
        {{"claims", token.claims}, {"scopes", token.scopes.empty() ? json(nullptr) : std::move(scopes)}}}});
    call.authorization.principalId = token.claim("sub");
    for (const auto& [name, value] : token.claims)
        call.authorization.values["claims." + name] = value;
    call.step("Authorize",
        "Token of " + token.claim("sub") + " from " + authorizer.jwtConfiguration->issuer + " (authorizer "
            + authorizer.name + "), scopes: " + (token.scopes.empty() ? "none" : join(token.scopes, " ")),
        trace::Verdict::Pass);
}

} // namespace

StepResult authorizeByToken(Call& call, CallEnvironment& environment, const Authorizer& authorizer)
{
    const auto identity = identityValues(call, authorizer);
    if (!identity.missing.empty() || identity.values.empty())
        return refuse(401, "Unauthorized", "Bearer",
            "The call has no " + identity.missing + ", which authorizer " + authorizer.name
                + " takes the token from");
    if (!authorizer.jwtConfiguration)
        return internalError("Authorizer " + authorizer.name + " has no issuer");
    const auto& issuer = authorizer.jwtConfiguration->issuer;
    const auto token = tokenOf(identity.values.front());
    if (const auto readable = readJwt(token); !readable)
        return invalidToken(call, readable.error().detail);
    const auto address = environment.issuers.jwksUri(issuer, environment.caller, call.span, call.now);
    if (!address) {
        call.step("Authorize", address.error().message, trace::Verdict::Warn);
        return invalidToken(call, "OIDC discovery endpoint communication error");
    }
    const auto verified = environment.keys.verify(token, *address,
        JwtRules{issuer, authorizer.jwtConfiguration->audience, call.now}, environment.caller, call.span);
    if (!verified) {
        call.step("Authorize", verified.error().message, trace::Verdict::Warn);
        return invalidToken(call, "JWKS communication error");
    }
    if (!*verified)
        return invalidToken(call, verified->error().detail);
    const auto& wanted = call.route->authorizationScopes;
    if (!hasScope(**verified, wanted))
        return refuse(403, "Forbidden",
            "Bearer scope=\"" + join(wanted, " ")
                + "\" error=\"insufficient_scope\" error_description=\"Insufficient "
                  "scope\"",
            "The token has none of the scopes " + join(wanted, " ") + "; it has "
                + ((*verified)->scopes.empty() ? "none" : join((*verified)->scopes, " ")));
    pass(call, authorizer, **verified);
    return {};
}

} // namespace core::apigateway::v2
