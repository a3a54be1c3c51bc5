#include "core/apigateway/pipeline.h"

#include "core/apigateway/compression.h"
#include "core/apigateway/stage_logs.h"
#include "core/apigateway/steps.h"

namespace core::apigateway {

namespace {

constexpr PipelineStep kRestPipeline[] = {
    {"Match route", matchRoute},
    {"Authorize", authorize},
    {"API key", checkApiKey},
    {"Throttle", throttle},
    {"Validate", validateRequest},
    {"Cache", readCache},
    {"Map request", mapRequest},
    {"Integrate", integrate},
    {"Map response", mapResponse},
    {"Keep in cache", keepInCache},
};

void addIds(const CallContext& context, http::Response& response)
{
    response.headers.set("x-amzn-RequestId", context.requestId);
    response.headers.set("x-amz-apigw-id", context.extendedRequestId);
}

// As AWS words it in execution logs.
std::string executionFailure(const GatewayFailure& failure)
{
    if (failure.reason.starts_with(kFunctionFailed))
        return failure.reason;
    switch (failure.type) {
    case GatewayResponseType::ApiConfigurationError:
    case GatewayResponseType::MalformedProxyResponse:
        return "Execution failed due to configuration error: " + failure.reason;
    case GatewayResponseType::IntegrationTimeout:
        return "Execution failed due to a timeout error";
    case GatewayResponseType::BadRequestBody:
        return "Request body does not match model schema for content type: " + failure.reason;
    default:
        return "Execution failed: " + failure.reason;
    }
}

http::Response answerFailure(CallContext& context, const PipelineStep& step, const GatewayFailure& failure)
{
    context.step(std::string(step.title), failure.reason, trace::Verdict::Fail);
    auto response = writeGatewayResponse(context, failure);
    addIds(context, response);
    context.span.setStatus(response.status);
    context.logLine(executionFailure(failure), ExecutionLog::Kind::Failure);
    context.logLine("Gateway response type: " + context.errorType
        + " with status code: " + std::to_string(response.status));
    context.logData("Gateway response body: " + response.body);
    context.logData("Gateway response headers: " + logMap(response.headers));
    context.logLine(
        "Method completed with status: " + std::to_string(response.status), ExecutionLog::Kind::Failure);
    return response;
}

http::Response runSteps(CallContext& context, CallEnvironment& environment)
{
    constexpr PipelineStep kUnpack{"Match route", nullptr};
    if (const auto unpacked = unpackRequest(context); !unpacked)
        return answerFailure(context, kUnpack, unpacked.error());
    for (const auto& step : kRestPipeline) {
        if (const auto result = step.run(context, environment); !result)
            return answerFailure(context, step, result.error());
        if (context.isAnswered)
            break;
    }
    packResponse(context, context.response);
    addIds(context, context.response);
    context.span.setStatus(context.response.status);
    context.logLine("Successfully completed execution");
    context.logLine("Method completed with status: " + std::to_string(context.response.status));
    return std::move(context.response);
}

}

std::span<const PipelineStep> restPipeline()
{
    return kRestPipeline;
}

http::Response runPipeline(CallContext& context, CallEnvironment& environment)
{
    StageLogs logs(context, environment);
    auto response = runSteps(context, environment);
    logs.write(response);
    return response;
}

}
