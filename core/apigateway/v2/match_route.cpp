#include "core/apigateway/v2/pipeline.h"
#include "core/apigateway/v2/route_table.h"

namespace core::apigateway::v2 {

namespace {

constexpr std::size_t kMaxPayload = 10 * 1024 * 1024;

}

StepResult matchRoute(Call& call, CallEnvironment&)
{
    if (call.request.body.size() > kMaxPayload)
        return stop(413, "Request Entity Too Large",
            "The body has " + std::to_string(call.request.body.size())
                + " bytes; API Gateway takes 10,485,760");
    const auto match = call.deployment->routeTable->match(call.request.method, call.path);
    if (!match)
        return stop(404, "Not Found",
            "No route of deployment " + call.deployment->deploymentId + " is for " + call.request.method + " "
                + call.path + ", and there is no $default");
    call.route = &call.deployment->routes.at(match->routeId);
    call.pathParameters = match->pathParameters;
    std::string detail = call.route->routeKey;
    for (const auto& [name, value] : match->pathParameters)
        detail += ", " + name + " = " + value;
    call.step("Match route", detail, trace::Verdict::Pass);
    const auto integration = call.deployment->integrations.find(call.route->integrationId());
    if (integration == call.deployment->integrations.end())
        return internalError("Route " + call.route->routeKey + " has no integration");
    call.integration = &integration->second;
    return {};
}

}
