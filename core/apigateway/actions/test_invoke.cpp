#include "core/apigateway/account_records.h"
#include "core/apigateway/actions.h"
#include "core/apigateway/lookup.h"
#include "core/apigateway/pipeline.h"
#include "core/apigateway/requests.h"
#include "core/apigateway/router.h"
#include "core/apigateway/stage_logs.h"
#include "core/apigateway/test_call.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using aws::Reply;
using nlohmann::json;

namespace {

constexpr std::uint64_t kMaxStreamed = 64ULL * 1024 * 1024;
constexpr const char* kTestStage = "test-invoke-stage";

http::Request requestOf(const json& input, const Resource& resource)
{
    auto target = text(input, "pathWithQueryString");
    if (target.empty() || target.starts_with('?'))
        target = resource.path + target;
    return testRequest(input, text(input, "httpMethod"), std::move(target));
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
    CORE_CHECK(checkCertificate(
        service.records().certificates, context.region, text(request.input(), "clientCertificateId")));
    context.touch(state->api.id);

    const auto wire = requestOf(request.input(), resource);
    auto environment = service.callEnvironment();
    ExecutionLog log(service.host().clock);
    auto call = newTestCall(environment, wire, context.span, state, request.input(), kTestStage, log);
    call.resource = &resource;
    call.method = method;
    const auto parameters = Router::parameters(resource.path, call.path());
    if (!parameters)
        return fail(errors::badRequest(
            "Invalid test invoke path: " + call.path() + " does not fit " + resource.path));
    call.pathParameters = *parameters;

    call.logLine("Execution log for request " + call.requestId);
    logBeginning(call, wire);
    const Micros begin = steadyMicros();
    auto response = runPipeline(call, environment);
    if (response.source) {
        auto whole = http::readAll(*response.source, kMaxStreamed);
        if (!whole)
            call.logLine("The response ended before its end: " + whole.error().message);
        response.body = std::move(whole).value_or(std::string());
    }
    return Reply::of(answerJson(response, log, steadyMicros() - begin));
}

}
