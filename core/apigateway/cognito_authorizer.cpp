#include "core/apigateway/cognito_authorizer.h"

#include "core/apigateway/authorizer_identity.h"
#include "core/apigateway/jwks_cache.h"
#include "core/aws/json_text.h"
#include "core/base/arn.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using nlohmann::json;

namespace {

std::string shownClaim(const std::string& name, const json& value)
{
    // As AWS was seen to pass them on: these two as dates, lists with commas.
    if ((name == "exp" || name == "iat") && value.is_number())
        return logTime(static_cast<Micros>(value.get<double>()) * kSecond);
    if (value.is_string())
        return value.get<std::string>();
    if (!value.is_array())
        return aws::writeJson(value);
    std::vector<std::string> parts;
    for (const auto& entry : value)
        parts.push_back(entry.is_string() ? entry.get<std::string>() : aws::writeJson(entry));
    return join(parts, ",");
}

StringMap claimsOf(const Jwt& token)
{
    StringMap claims;
    if (const auto payload = aws::parseJson(token.payload)) {
        for (const auto& [name, value] : payload->items())
            claims[name] = shownClaim(name, value);
    }
    return claims;
}

tl::unexpected<GatewayFailure> unauthorized(const JwtFault& fault)
{
    if (fault.kind == JwtFault::Kind::Expired)
        return stopWith(GatewayResponseType::Unauthorized, "The incoming token has expired", fault.detail);
    return stop(GatewayResponseType::Unauthorized, "The token is not valid: " + fault.detail);
}

// The authorizer's pool that issued the token.
const std::string* poolOf(const Authorizer& authorizer, const std::string& issuer)
{
    for (const auto& arn : authorizer.providerArns) {
        if (userPoolIssuer(arn) == issuer)
            return &arn;
    }
    return nullptr;
}

// Methods that ask for scopes take access tokens, others identity tokens.
StepResult checkUse(const Jwt& token, const std::vector<std::string>& scopes)
{
    const auto use = token.claim("token_use");
    const std::string wanted = scopes.empty() ? "id" : "access";
    if (use != wanted)
        return stop(GatewayResponseType::Unauthorized,
            "token_use is \"" + use + "\", the method takes " + wanted + " tokens because it asks for "
                + (scopes.empty() ? "no scopes" : "scopes"));
    if (!hasScope(token, scopes))
        return stop(
            GatewayResponseType::Unauthorized, "The token has none of the scopes " + join(scopes, ", "));
    return {};
}

}

std::optional<std::string> userPoolIssuer(const std::string& text)
{
    constexpr std::string_view kPool = "userpool/";
    const auto arn = Arn::parse(text);
    if (!arn || arn->service != "cognito-idp" || !arn->resource.starts_with(kPool)
        || arn->resource.size() == kPool.size())
        return std::nullopt;
    return "https://cognito-idp." + arn->region + ".amazonaws.com/" + arn->resource.substr(kPool.size());
}

StepResult authorizeByUserPool(
    const Authorizer& authorizer, CallContext& context, CallEnvironment& environment)
{
    const auto identity = authorizerIdentity(authorizer, context);
    if (identity.values.empty() || !identity.missing.empty())
        return stop(GatewayResponseType::Unauthorized, "The call has no " + authorizer.identitySource);
    std::string token = identity.values.front().second;
    constexpr std::string_view kBearer = "Bearer ";
    if (equalsIgnoreCase(std::string_view(token).substr(0, kBearer.size()), kBearer))
        token.erase(0, kBearer.size());
    const auto read = readJwt(token);
    if (!read)
        return unauthorized(read.error());
    const auto issuer = read->claim("iss");
    if (!poolOf(authorizer, issuer))
        return stop(GatewayResponseType::Unauthorized,
            "The token is of " + issuer + ", which is no pool of authorizer " + authorizer.name);
    const auto verified = environment.keys.verify(token, issuer + "/.well-known/jwks.json",
        {.issuer = issuer, .audiences = {}, .now = context.now}, environment.caller, context.span);
    if (!verified)
        return stop(GatewayResponseType::AuthorizerFailure,
            "The keys of " + issuer + " could not be fetched: " + verified.error().message
                + ". Cloud Chamber has no Cognito of its own");
    if (!*verified)
        return unauthorized(verified->error());
    if (auto use = checkUse(**verified, context.method->authorizationScopes); !use)
        return use;
    context.authorizer = AuthorizerAnswer{};
    context.authorizer->claims = claimsOf(**verified);
    context.step("Authorize",
        "The token of " + read->claim("sub") + " is valid for authorizer " + authorizer.name,
        trace::Verdict::Pass);
    return {};
}

}
