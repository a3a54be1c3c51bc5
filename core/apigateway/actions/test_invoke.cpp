#include "core/apigateway/actions.h"
#include "core/apigateway/calls.h"
#include "core/apigateway/lookup.h"
#include "core/apigateway/pipeline.h"
#include "core/apigateway/requests.h"
#include "core/apigateway/router.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

constexpr const char* kTestStage = "test-invoke-stage";

http::Headers testHeaders(const json& input)
{
    http::Headers headers;
    for (const auto& [name, value] : stringMap(input, "headers"))
        headers.add(name, value);
    if (const auto multi = input.find("multiValueHeaders"); multi != input.end() && multi->is_object()) {
        for (const auto& [name, values] : multi->items()) {
            headers.remove(name);
            for (const auto& value : values)
                headers.add(name, value.get<std::string>());
        }
    }
    return headers;
}

http::Request testRequest(const json& input, const Resource& resource)
{
    http::Request wire;
    wire.method = text(input, "httpMethod");
    wire.target = text(input, "pathWithQueryString");
    if (wire.target.empty() || wire.target.starts_with('?'))
        wire.target = resource.path + wire.target;
    wire.headers = testHeaders(input);
    wire.body = text(input, "body");
    return wire;
}

// What runs is the API as it stands now, not a deployment.
std::shared_ptr<const Deployment> undeployed(const RestApi& api)
{
    Deployment now;
    static_cast<ApiDefinition&>(now) = api;
    return std::make_shared<const Deployment>(std::move(now));
}

void logBeginning(CallContext& context, const http::Request& wire)
{
    StringMap query;
    for (const auto& [name, value] : context.query)
        query[name] = value;
    context.logLine("Execution log for request " + context.requestId);
    context.logLine("Starting execution for request: " + context.requestId);
    context.logLine("HTTP Method: " + wire.method + ", Resource Path: " + context.path());
    context.logLine("Method request path: " + logMap(context.pathParameters));
    context.logLine("Method request query string: " + logMap(query));
    context.logLine("Method request headers: " + logMap(wire.headers));
    context.logLine("Method request body before transformations: " + wire.body);
}

json answerJson(const http::Response& response, const ExecutionLog& log, Micros latency)
{
    json headers = json::object();
    json multi = json::object();
    for (const auto& [name, value] : response.headers) {
        // The ids of the call are not the method's response.
        if (name == "x-amzn-RequestId" || name == "x-amz-apigw-id")
            continue;
        headers[name] = value;
        multi[name].push_back(value);
    }
    return {{"status", response.status}, {"body", response.body}, {"headers", std::move(headers)},
        {"multiValueHeaders", std::move(multi)}, {"log", log.text()}, {"latency", latency / kMillisecond}};
}

}

Result<Outcome> testInvokeMethod(ApiGatewayService& service, RequestContext& context, Request& request)
{
    const MethodAddress address(request.input());
    CORE_TRY(const auto state, readApiOf(service, context, request, errors::invalidResource()));
    CORE_TRY(const auto tested, findResource(state->api, address.resourceId));
    const auto& resource = *tested;
    // A method that only ANY serves can be tested by its own name, as in the console.
    const bool own = resource.methods.contains(address.httpMethod);
    CORE_TRY(const auto method, findMethod(state->api, address.resourceId, own ? address.httpMethod : "ANY"));
    context.touch(state->api.id);

    const auto wire = testRequest(request.input(), resource);
    auto environment = service.callEnvironment();
    ExecutionLog log(service.host().clock);
    auto call = newCallContext(environment, wire, context.span);
    call.address = {.apiId = state->api.id,
        .stage = kTestStage,
        .path = std::string(wire.path()),
        .domain = "testPrefix.testDomainName"};
    call.api = state;
    call.deployment = undeployed(state->api);
    call.stageVariables = stringMap(request.input(), "stageVariables");
    call.isTest = true;
    call.resource = &resource;
    call.method = method;
    call.log = &log;
    const auto parameters = Router::parameters(resource.path, call.path());
    if (!parameters)
        return fail(errors::badRequest(
            "Invalid test invoke path: " + call.path() + " does not fit " + resource.path));
    call.pathParameters = *parameters;

    logBeginning(call, wire);
    const Micros begin = steadyMicros();
    const auto response = runPipeline(call, environment);
    return Reply::of(answerJson(response, log, steadyMicros() - begin));
}

}
