#include "core/apigateway/v2/calls.h"

#include "core/apigateway/head_rules.h"
#include "core/apigateway/v2/call_metrics.h"
#include "core/apigateway/v2/pipeline.h"
#include "core/aws/host_rules.h"
#include "core/base/hash.h"
#include "core/base/ids.h"

namespace core::apigateway::v2 {

namespace {

http::Response refuse(Call& call, const std::string& reason)
{
    call.step("Find stage", reason, trace::Verdict::Fail);
    call.span.setStatus(404);
    return gatewayAnswer({404, "Not Found", reason}, call.requestId);
}

// Why the address leads nowhere; fills in stage, path and deployment otherwise.
std::optional<std::string> findStage(Call& call)
{
    const auto& api = call.api->api;
    if (api.disableExecuteApiEndpoint && !call.target.isCustomDomain)
        return "disableExecuteApiEndpoint is true for " + api.name;
    auto found = stageOf(*call.api, call.target);
    call.stage = found.stage;
    call.path = std::move(found.path);
    if (!call.stage)
        return api.name + " has no stage for " + call.target.path + ", and no $default";
    const auto deployment = call.api->deployments.find(call.stage->deploymentId);
    if (deployment == call.api->deployments.end())
        return "Stage " + call.stage->stageName + " has no deployment";
    call.deployment = deployment->second;
    return std::nullopt;
}

// AWS's own name of the API where the address has no host of its own.
std::string domainOf(const CallEnvironment& environment, const std::string& apiId)
{
    const auto endpoint = environment.endpoint ? environment.endpoint() : std::string{};
    const auto slashes = endpoint.find("//");
    const auto port = slashes == endpoint.npos
        ? std::string_view()
        : aws::portOfHost(std::string_view(endpoint).substr(slashes + 2));
    return apiId + ".execute-api.localhost" + (port.empty() ? "" : ":" + std::string(port));
}

}

http::Response serveCall(CallEnvironment& environment, ApiPtr api, const http::Request& request,
    CallTarget target, trace::SpanScope& span)
{
    Call call(request, span);
    call.api = std::move(api);
    call.target = std::move(target);
    call.now = environment.clock.now();
    call.requestId = base64(randomBytes(11));
    call.query = http::parseQuery(request.rawQuery());
    call.outgoing = OutgoingRequest::of(request);
    if (call.target.domain.empty())
        call.target.domain = domainOf(environment, call.target.apiId);
    const auto problem = findStage(call);
    const auto query = std::string(request.rawQuery());
    const auto shown = call.path.empty() ? call.target.path : call.path;
    // Behind a CDN or another API the track is about what its own client asked for.
    if (span.id() == 1)
        span.setTrackRequest(request.method, shown + (query.empty() ? "" : "?" + query));
    span.setName(request.method + " " + shown);
    span.setResource(call.api->api.name + "/" + (call.stage ? call.stage->stageName : ""));
    const auto sent = call.target.path + (query.empty() ? "" : "?" + query);
    if (const auto refusal = refusedSize(request, sent)) {
        call.step("Refused", refusal->reason, trace::Verdict::Fail);
        span.setStatus(refusal->status);
        return gatewayAnswer({refusal->status, refusal->message, refusal->reason}, call.requestId);
    }
    if (problem)
        return refuse(call, *problem);
    call.step("Find stage",
        call.api->api.name + "/" + call.stage->stageName + " by " + std::string(call.target.rule)
            + ", deployment " + call.deployment->deploymentId,
        trace::Verdict::Pass);
    const auto begin = steadyMicros();
    auto response = runPipeline(call, environment);
    countCall(call, environment.metrics, response, steadyMicros() - begin);
    if (call.route)
        span.setName(call.route->routeKey);
    return response;
}

}
