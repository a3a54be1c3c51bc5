#include "core/apigateway/v2/authorizers.h"
#include "core/apigateway/v2/mapping_values.h"
#include "core/apigateway/v2/pipeline.h"

namespace core::apigateway::v2 {

namespace {

// WebSocket APIs and REST APIs write "route.request.header.X"; HTTP APIs
// "$request.header.X".
std::string variableOf(const std::string& source)
{
    constexpr std::string_view kRoute = "route.";
    if (source.starts_with('$'))
        return source;
    return "$" + (source.starts_with(kRoute) ? source.substr(kRoute.size()) : source);
}

} // namespace

std::string IdentityValues::key() const
{
    std::string text;
    for (const auto& value : values)
        text += std::to_string(value.size()) + ':' + value;
    return text;
}

IdentityValues identityValues(const Call& call, const Authorizer& authorizer)
{
    IdentityValues identity;
    for (const auto& source : authorizer.identitySource) {
        auto value = mappedValue(call, variableOf(source), MappingSide::Request).value_or("");
        if (value.empty() && identity.missing.empty())
            identity.missing = source;
        identity.values.push_back(std::move(value));
    }
    return identity;
}

std::string routeArn(const Call& call)
{
    const auto& api = call.api->api;
    return "arn:aws:execute-api:" + api.region + ":" + api.account + ":" + api.apiId + "/"
        + call.stage->stageName + "/" + call.request.method + call.path;
}

StepResult authorize(Call& call, CallEnvironment& environment)
{
    const auto& type = call.route->authorizationType;
    if (type == "NONE") {
        call.step("Authorize", "Open: authorizationType is NONE", trace::Verdict::Pass);
        return {};
    }
    if (type == "AWS_IAM")
        return authorizeBySignature(call);
    const auto authorizer = call.deployment->authorizers.find(call.route->authorizerId);
    if (authorizer == call.deployment->authorizers.end())
        return internalError(
            "Route " + call.route->routeKey + " has no authorizer " + call.route->authorizerId);
    return type == "JWT" ? authorizeByToken(call, environment, authorizer->second)
                         : authorizeByFunction(call, environment, authorizer->second);
}

} // namespace core::apigateway::v2
