#include "core/apigateway/calls.h"

#include "core/apigateway/call_metrics.h"
#include "core/apigateway/head_rules.h"
#include "core/apigateway/method_rules.h"
#include "core/apigateway/pipeline.h"
#include "core/apigateway/resource_policy.h"
#include "core/apigateway/router.h"
#include "core/apigateway/vpc_endpoint.h"
#include "core/aws/sampled_trace.h"
#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/base/text.h"

#include <algorithm>
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

// As AWS sees it, where the address of the chamber's may have more in front.
std::string targetOf(const CallContext& context)
{
    if (!context.address.rule.starts_with("path "))
        return context.request.target;
    const auto query = context.request.rawQuery();
    return context.fullPath() + (query.empty() ? "" : "?" + std::string(query));
}

std::optional<HeadRefusal> refusedHead(const CallContext& context, const std::string& target)
{
    if (auto refusal = refusedSize(context.request, target))
        return refusal;
    return refusedByRest(target, context.api && context.api->api.endpointType == "EDGE");
}

// Two paths of custom domains are AWS's own, whatever resources the API has.
bool isHealthCheck(const CallContext& context, const std::string& target)
{
    return context.address.isCustomDomain && (target == "/ping" || target == "/sping");
}

http::Response withIds(const CallContext& context, http::Response response)
{
    response.headers.set("x-amzn-RequestId", context.requestId);
    response.headers.set("x-amz-apigw-id", context.extendedRequestId);
    return response;
}

http::Response answerHealthCheck(CallContext& context)
{
    context.step("Health check", "API Gateway keeps the paths /ping and /sping of custom domains for itself");
    context.span.setStatus(200);
    http::Response healthy;
    healthy.headers.add("Content-Type", "text/plain");
    healthy.body = "healthy";
    return withIds(context, std::move(healthy));
}

// Where somebody decides who may call, the ARN of what is called has a longest length.
std::optional<HeadRefusal> refusedArn(const CallContext& context)
{
    constexpr std::size_t kLongest = 1'600;
    const auto size = methodArn(context).size();
    const auto match = size > kLongest
        ? context.deployment->router->match(context.request.method, context.path())
        : std::nullopt;
    if (!match)
        return std::nullopt;
    const auto& method = context.deployment->resources.at(match->resourceId).methods.at(match->method);
    if (method.authorizationType == "NONE" && context.deployment->policy.empty())
        return std::nullopt;
    return HeadRefusal{414, "Request URI too long",
        "The method's ARN has " + std::to_string(size)
            + " bytes; 1,600 are the most where somebody decides who may call"};
}

http::Response refuse(CallContext& context, const HeadRefusal& refusal)
{
    context.step("Refused", refusal.reason, trace::Verdict::Fail);
    context.span.setStatus(refusal.status);
    return withIds(context, answerOf(refusal));
}

// X-HTTP-Method-Override names the method that is called, and goes no further.
void overrideMethod(CallContext& context)
{
    const auto method = toUpper(context.request.headers.get("X-HTTP-Method-Override"));
    if (method.empty() || method == "ANY" || !checkHttpMethod(method))
        return;
    context.step(
        "Find stage", "X-HTTP-Method-Override makes " + context.request.method + " the method " + method);
    context.packed = context.request; // what a signature is of
    context.request.method = method;
    context.request.headers.remove("X-HTTP-Method-Override");
}

// Whether the stage's canary takes this call.
bool goesToCanary(const Stage& stage, const CallEnvironment& environment)
{
    const auto& canary = stage.settings.canary;
    return canary && environment.chance() * 100 < canary->percentTraffic;
}

// Why the VPC endpoint that the host names does not lead to the API: an alias is made for the endpoints that
// the API is associated with.
std::optional<std::string> refusedEndpoint(const CallContext& context)
{
    const auto endpoint = VpcEndpoint::of(context.request);
    const auto& api = context.api->api;
    if (endpoint.id.empty())
        return std::nullopt;
    if (api.endpointType != "PRIVATE")
        return api.name + " is not private: VPC endpoints lead to private APIs alone";
    const auto& associated = api.vpcEndpointIds;
    if (endpoint.isAlias && std::ranges::find(associated, endpoint.id) == associated.end())
        return api.name + " is not associated with " + endpoint.id;
    return std::nullopt;
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
    if (auto refused = refusedEndpoint(context))
        return refused;
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
    context.query = parseRestQuery(request.rawQuery());
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
    const auto target = targetOf(context);
    if (const auto refusal = refusedHead(context, target))
        return refuse(context, *refusal);
    if (isHealthCheck(context, target))
        return answerHealthCheck(context);
    overrideMethod(context);
    if (const auto problem = findStage(context, environment))
        return refuse(context, *problem);
    context.step("Find stage", shownStage(context), trace::Verdict::Pass);
    if (const auto refusal = refusedArn(context))
        return refuse(context, *refusal);
    if (context.stage->settings.tracingEnabled)
        aws::noteSampled(
            span, "tracingEnabled is true for stage " + context.address.stage + ": the call is a trace");
    auto response = runPipeline(context, environment);
    countCall(context, environment.metrics, response.status);
    if (context.resource)
        span.setName(context.request.method + " " + context.resource->path);
    return response;
}

}
