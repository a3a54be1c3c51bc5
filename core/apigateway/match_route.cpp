#include "core/apigateway/iam_authorization.h"
#include "core/apigateway/router.h"
#include "core/apigateway/steps.h"

namespace core::apigateway {

namespace {

constexpr std::size_t kMaxPayload = 10 * 1024 * 1024;

StepResult checkSize(const CallContext& context)
{
    if (context.request.body.size() > kMaxPayload)
        return stop(GatewayResponseType::RequestTooLarge,
            "The body has " + std::to_string(context.request.body.size())
                + " bytes; API Gateway takes 10,485,760");
    return {};
}

}

StepResult matchRoute(CallContext& context, CallEnvironment&)
{
    if (const auto size = checkSize(context); !size)
        return size;
    if (context.isTest) {
        context.step(
            "Match route", "The test names " + context.method->httpMethod + " " + context.resource->path);
        return {};
    }
    const auto match = context.deployment->router->match(context.request.method, context.path());
    if (!match) {
        const auto nowhere = "No resource of deployment " + context.deployment->id + " has a method for "
            + context.request.method + " " + context.path();
        if (const auto scheme = checkAuthorizationScheme(context.request); !scheme) {
            context.step("Match route", nowhere, trace::Verdict::Fail);
            return scheme;
        }
        return stop(GatewayResponseType::MissingAuthenticationToken, nowhere);
    }
    context.resource = &context.deployment->resources.at(match->resourceId);
    context.method = &context.resource->methods.at(match->method);
    context.pathParameters = match->pathParameters;
    std::string detail = context.resource->path + " by " + match->method;
    for (const auto& [name, value] : match->pathParameters)
        detail += ", " + name + " = " + value;
    context.step("Match route", detail, trace::Verdict::Pass);
    return {};
}

}
