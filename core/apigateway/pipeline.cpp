#include "core/apigateway/pipeline.h"

#include "core/apigateway/steps.h"

namespace core::apigateway {

namespace {

constexpr PipelineStep kRestPipeline[] = {
    {"Match route", matchRoute},
    {"Authorize", authorize},
    {"Map request", mapRequest},
    {"Integrate", integrate},
    {"Map response", mapResponse},
};

void addIds(const CallContext& context, http::Response& response)
{
    response.headers.set("x-amzn-RequestId", context.requestId);
    response.headers.set("x-amz-apigw-id", context.extendedRequestId);
}

http::Response answerFailure(CallContext& context, const PipelineStep& step, const GatewayFailure& failure)
{
    const auto& info = gatewayResponse(failure.type);
    auto response = writeGatewayResponse(failure.type);
    addIds(context, response);
    context.step(std::string(step.title), failure.reason, trace::Verdict::Fail);
    context.span.setStatus(info.status);
    context.logLine("Execution failed: " + failure.reason);
    context.logLine("Method completed with status: " + std::to_string(info.status));
    return response;
}

}

std::span<const PipelineStep> restPipeline()
{
    return kRestPipeline;
}

http::Response runPipeline(CallContext& context, CallEnvironment& environment)
{
    for (const auto& step : restPipeline()) {
        if (const auto result = step.run(context, environment); !result)
            return answerFailure(context, step, result.error());
    }
    addIds(context, context.response);
    context.span.setStatus(context.response.status);
    context.logLine("Successfully completed execution");
    context.logLine("Method completed with status: " + std::to_string(context.response.status));
    return std::move(context.response);
}

}
