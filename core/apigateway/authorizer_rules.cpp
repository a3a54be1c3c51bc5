#include "core/apigateway/authorizer_rules.h"

#include "core/apigateway/authorizer_identity.h"
#include "core/apigateway/cognito_authorizer.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/integration_uri.h"
#include "core/apigateway/mapping.h"
#include "core/base/text.h"

namespace core::apigateway {

namespace {

constexpr std::string_view kHeader = "method.request.header.";

bool isIdentitySource(const MappingExpression& expression)
{
    using Source = MappingExpression::Source;
    return expression.source == Source::RequestHeader || expression.source == Source::RequestQuery
        || expression.source == Source::RequestMultiHeader || expression.source == Source::RequestMultiQuery
        || expression.source == Source::StageVariable || expression.source == Source::Context;
}

Result<> checkSources(const Authorizer& authorizer)
{
    const auto& all = authorizer.identitySource;
    if (all.empty()) {
        if (authorizer.type == "REQUEST" && authorizer.ttl() == 0)
            return {};
        return fail(errors::badRequest(authorizer.type == "REQUEST"
                ? "Identity source must be set if authorizer caching is enabled (TTL is greater than 0)"
                : "Identity source is required for " + authorizer.type + " authorizer"));
    }
    const bool isHeader =
        all.starts_with(kHeader) && all.size() > kHeader.size() && all.find(',') == all.npos;
    if (authorizer.type != "REQUEST" && !isHeader)
        return fail(errors::invalidMapping(all));
    for (const auto part : split(all, ',')) {
        const std::string source(trimmed(part));
        const auto expression = MappingExpression::parse(source);
        if (!expression || !isIdentitySource(*expression))
            return fail(errors::invalidMapping(source));
    }
    return {};
}

Result<> checkUri(const std::string& uri)
{
    if (uri.empty() || !lambdaFunctionOf(uri))
        return fail(errors::badRequest("Invalid Authorizer URI: " + (uri.empty() ? "null" : uri)
            + ". Authorizer URI should be a valid API Gateway ARN that represents a Lambda function "
              "invocation."));
    return {};
}

Result<> checkPools(const std::vector<std::string>& arns)
{
    if (arns.empty())
        return fail(errors::badRequest("Provider ARNs are required for COGNITO_USER_POOLS authorizer"));
    for (const auto& arn : arns) {
        if (!userPoolIssuer(arn))
            return fail(errors::badRequest("Invalid Cognito User Pool ARN: " + arn));
    }
    return {};
}

}

std::string defaultAuthType(const std::string& type)
{
    return type == "COGNITO_USER_POOLS" ? "cognito_user_pools" : "custom";
}

Result<> checkAuthorizer(const Authorizer& authorizer)
{
    if (authorizer.name.empty())
        return fail(errors::badRequest("Authorizer name cannot be empty"));
    if (authorizer.type != "TOKEN" && authorizer.type != "REQUEST" && authorizer.type != "COGNITO_USER_POOLS")
        return fail(errors::badRequest("Invalid authorizer type specified: " + authorizer.type));
    if (authorizer.ttl() < 0 || authorizer.ttl() > 3600)
        return fail(errors::badRequest("Authorizer result TTL must be between 0 and 3600 seconds"));
    if (authorizer.type == "COGNITO_USER_POOLS")
        CORE_CHECK(checkPools(authorizer.providerArns));
    else
        CORE_CHECK(checkUri(authorizer.authorizerUri));
    if (!authorizer.identityValidationExpression.empty())
        CORE_CHECK(checkExpression(authorizer.identityValidationExpression));
    return checkSources(authorizer);
}

Result<> checkAuthorizerOf(const ApiDefinition& api, const Method& method)
{
    const auto& type = method.authorizationType;
    if (type != "CUSTOM" && type != "COGNITO_USER_POOLS" && method.authorizerId.empty())
        return {};
    const auto found = api.authorizers.find(method.authorizerId);
    const bool known = found != api.authorizers.end();
    const bool pool = known && found->second.type == "COGNITO_USER_POOLS";
    if (!known || (type == "CUSTOM" && pool) || (type == "COGNITO_USER_POOLS" && !pool))
        return fail(
            errors::badRequest("Invalid authorizer ID specified. Setting the authorization type to CUSTOM or "
                               "COGNITO_USER_POOLS requires a valid authorizer."));
    return {};
}

Error errors::invalidAuthorizer()
{
    return notFound("Invalid Authorizer identifier specified");
}

Error errors::authorizerNameTaken(const std::string& name)
{
    return badRequest(
        "Authorizer name must be unique. Authorizer " + name + " already exists in this RestApi.");
}

Error errors::authorizerInUse(const std::string& name, const std::string& verb, const std::string& path)
{
    return conflict("Cannot delete authorizer '" + name + "', is referenced in method: " + verb + "/" + path);
}

}
