#include "core/apigateway/calls.h"

#include "core/apigateway/call_metrics.h"
#include "core/apigateway/pipeline.h"
#include "core/aws/sampled_trace.h"
#include "core/base/hash.h"
#include "core/base/ids.h"

#include <array>
#include <cstdio>

namespace core::apigateway {

namespace {

// As the client knows it: its path with the query, without the part that names the API.
std::string shownPath(const CallContext& context)
{
    const auto query = context.request.rawQuery();
    return context.path() + (query.empty() ? "" : "?" + std::string(query));
}

http::Response refuse(CallContext& context, const std::string& reason)
{
    context.step("Find stage", reason, trace::Verdict::Fail);
    context.span.setStatus(403);
    auto response = writeGatewayResponse(GatewayResponseType::Forbidden);
    response.headers.set("x-amzn-RequestId", context.requestId);
    response.headers.set("x-amz-apigw-id", context.extendedRequestId);
    return response;
}

// Whether the stage's canary takes this call.
bool goesToCanary(const Stage& stage, const CallEnvironment& environment)
{
    const auto& canary = stage.settings.canary;
    return canary && environment.chance() * 100 < canary->percentTraffic;
}

// Why the address leads nowhere; fills in API, stage and deployment otherwise.
std::optional<std::string> findStage(CallContext& context, const CallEnvironment& environment)
{
    if (context.address.isCustomDomain && context.address.apiId.empty())
        return "No base path mapping of " + context.address.domain + " takes " + context.path();
    if (!context.api)
        return "No API has the id " + context.address.apiId;
    if (context.api->api.disableExecuteApiEndpoint && !context.address.isCustomDomain)
        return "disableExecuteApiEndpoint is true for " + context.api->api.name;
    const auto found = context.api->stages.find(context.address.stage);
    if (found == context.api->stages.end())
        return context.api->api.name + " has no stage \"" + context.address.stage + "\"";
    const auto& stage = found->second;
    context.stage = &stage;
    context.isCanary = goesToCanary(stage, environment);
    const auto& canary = stage.settings.canary;
    const auto deployment =
        context.api->deployments.find(context.isCanary ? canary->deploymentId : stage.deploymentId);
    if (deployment == context.api->deployments.end())
        return "Stage " + found->first + " has no deployment";
    context.deployment = deployment->second;
    context.stageVariables = stage.variables;
    if (context.isCanary) {
        for (const auto& [name, value] : canary->stageVariableOverrides)
            context.stageVariables[name] = value;
    }
    return std::nullopt;
}

std::string shownStage(const CallContext& context)
{
    std::string shown = context.api->api.name + "/" + context.address.stage + " by "
        + std::string(context.address.rule) + ", deployment " + context.deployment->id;
    const auto& canary = context.stage->settings.canary;
    if (!canary)
        return shown;
    std::array<char, 32> percent{};
    std::snprintf(percent.data(), percent.size(), "%.10g", canary->percentTraffic);
    return shown + (context.isCanary ? " of the canary, which takes " : ", not the canary, which takes ")
        + percent.data() + " % of the calls";
}

// AWS's own name of the API where the address has no host of its own.
std::string domainOf(const CallEnvironment& environment, const std::string& apiId)
{
    const auto endpoint = environment.endpoint ? environment.endpoint() : std::string{};
    const auto port = endpoint.rfind(':');
    return apiId + ".execute-api.localhost"
        + (port > 5 && port != endpoint.npos ? endpoint.substr(port) : "");
}

}

CallContext newCallContext(
    const CallEnvironment& environment, const http::Request& request, trace::SpanScope& span)
{
    CallContext context(request, span);
    context.now = environment.clock.now();
    context.requestId = newUuid();
    context.extendedRequestId = base64(randomBytes(11));
    context.traceHeader = span.traceHeader();
    context.query = http::parseQuery(request.rawQuery());
    return context;
}

http::Response serveCall(CallEnvironment& environment, ApiPtr api, const http::Request& request,
    CallAddress address, trace::SpanScope& span)
{
    auto context = newCallContext(environment, request, span);
    context.api = std::move(api);
    context.address = std::move(address);
    if (context.address.domain.empty())
        context.address.domain = domainOf(environment, context.address.apiId);
    // Behind a CDN or a function the track is about what its own client asked for.
    if (span.id() == 1)
        span.setTrackRequest(request.method, shownPath(context));
    span.setName(request.method + " " + context.path());
    span.setResource(
        (context.api ? context.api->api.name : context.address.apiId) + "/" + context.address.stage);
    if (const auto problem = findStage(context, environment))
        return refuse(context, *problem);
    context.step("Find stage", shownStage(context), trace::Verdict::Pass);
    if (context.stage->settings.tracingEnabled)
        aws::noteSampled(
            span, "tracingEnabled is true for stage " + context.address.stage + ": the call is a trace");
    auto response = runPipeline(context, environment);
    countCall(context, environment.metrics, response.status);
    if (context.resource)
        span.setName(request.method + " " + context.resource->path);
    return response;
}

}
