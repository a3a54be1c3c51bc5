#include "core/apigateway/call_context.h"
#include "core/apigateway/function_permission.h"
#include "core/apigateway/integration_uri.h"
#include "core/apigateway/mapping.h"
#include "core/apigateway/service_call.h"
#include "core/apigateway/v2/function_event.h"
#include "core/apigateway/v2/pipeline.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

using nlohmann::json;

namespace {

// What a function's permission for this route names: with the route's path, not the call's.
std::string sourceArn(const Call& call)
{
    const auto& key = call.route->routeKey;
    const auto& api = call.api->api;
    return executeApiArn(api, api.apiId,
        call.stage->stageName + "/"
            + (key == "$default" ? key : call.request.method + key.substr(key.find(' ') + 1)));
}

StepResult takeAnswer(Call& call, const std::string& name, const aws::Reply& reply)
{
    const auto error = reply.headers.get("X-Amz-Function-Error");
    if (!error.empty()) {
        call.integrationError = "The Lambda function returned the following error: " + reply.body;
        return internalError(name + " failed (" + std::string(error) + "): " + shownBody(reply.body));
    }
    auto response = functionResponse(reply.body, call.integration->payloadFormatVersion);
    if (!response) {
        call.integrationError =
            "The response from the Lambda function doesn't match the format that API Gateway "
            "expects. Lambda body doesn't match expected format: "
            + response.error();
        return internalError("The answer of " + name + " is malformed: " + response.error() + ". It was "
            + shownBody(reply.body));
    }
    call.response = *std::move(response);
    call.step("Integrate",
        name + " answered after " + std::to_string(call.integrationLatency.value_or(0) / kMillisecond)
            + " ms: status " + std::to_string(call.response.status) + ", body "
            + shownBody(call.response.body),
        trace::Verdict::Pass);
    return {};
}

}

StepResult callFunction(Call& call, CallEnvironment& environment)
{
    const auto uri = substituteStageVariables(call.integration->integrationUri, call.stage->stageVariables);
    const auto function = lambdaFunctionOf(uri).value_or(uri);
    const auto name = functionNameOf(function);
    const auto region = regionOf(function, call.api->api.region);
    auto event = functionEvent(call, call.integration->payloadFormatVersion);
    call.step("Integrate",
        "Lambda function " + name + ", payload format " + call.integration->payloadFormatVersion + ", event "
            + shownBody(event));

    const Micros begin = steadyMicros();
    const Micros patience = call.integration->timeoutInMillis * kMillisecond;
    json input{{"FunctionName", function}, {"InvocationType", "RequestResponse"}};
    nameInvoker(input, call.integration->credentialsArn, sourceArn(call));
    const auto invoked = askInTime(environment.caller, environment.integrations, call.span,
        {"lambda", "Invoke", std::make_shared<const json>(std::move(input)), std::move(event), region,
            "integration", name, patience});
    call.integrationLatency = steadyMicros() - begin;
    if (!invoked) {
        call.integrationError = "The integration timed out";
        return unavailable(
            503, name + " has not answered within " + std::to_string(patience / kMillisecond) + " ms");
    }
    if (!*invoked) {
        const auto& error = invoked->error();
        call.integrationError = error.message;
        const auto reason = "Lambda did not run " + name + ": " + error.code + ": " + error.message;
        return error.kind == ErrorKind::Throttled ? unavailable(503, reason) : internalError(reason);
    }
    call.integrationStatus = 200;
    call.integrationRequestId = (*invoked)->headers.get("x-amzn-RequestId");
    return takeAnswer(call, name, **invoked);
}

}
