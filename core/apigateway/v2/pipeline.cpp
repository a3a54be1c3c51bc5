#include "core/apigateway/v2/pipeline.h"

#include "core/apigateway/v2/access_log.h"
#include "core/apigateway/v2/cors.h"
#include "core/aws/json_text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

namespace {

constexpr PipelineStep kHttpPipeline[] = {
    {"CORS", answerPreflight},
    {"Match route", matchRoute},
    {"Authorize", authorize},
    {"Throttle", throttle},
    {"Map request", mapRequest},
    {"Integrate", integrate},
    {"Map response", mapResponse},
};

http::Response answerFailure(Call& call, const PipelineStep& step, const CallFailure& failure)
{
    call.errorMessage = failure.message;
    call.step(std::string(step.title),
        failure.reason + ": " + std::to_string(failure.status) + " " + failure.message, trace::Verdict::Fail);
    return gatewayAnswer(failure, call.requestId);
}

}

std::span<const PipelineStep> httpPipeline()
{
    return kHttpPipeline;
}

http::Response gatewayAnswer(const CallFailure& failure, const std::string& requestId)
{
    http::Response response;
    response.status = failure.status;
    response.headers = failure.headers;
    response.headers.set("Content-Type", "application/json");
    response.headers.set("apigw-requestid", requestId);
    response.body = aws::writeJson({{"message", failure.message}});
    return response;
}

http::Response runPipeline(Call& call, CallEnvironment& environment)
{
    for (const auto& step : httpPipeline()) {
        if (const auto result = step.run(call, environment); !result) {
            call.response = answerFailure(call, step, result.error());
            call.isAnswered = false;
            break;
        }
        if (call.isAnswered)
            break;
    }
    if (const auto& cors = call.deployment->corsConfiguration; cors && !call.isAnswered)
        applyCors(*cors, call.request, call.response);
    call.response.headers.set("apigw-requestid", call.requestId);
    writeAccessLog(call, environment);
    call.span.setStatus(call.response.status);
    return std::move(call.response);
}

}
