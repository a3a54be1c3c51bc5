#pragma once

#include "core/apigateway/v2/call.h"

#include <span>
#include <string_view>

namespace core::apigateway::v2 {

// One box of the pipeline. A step does its part on the call, records what it decided on the span, answers for
// good, or stops the call with an answer of the gateway's.
struct PipelineStep {
    std::string_view title; // as the workbench names the box
    StepResult (*run)(Call&, CallEnvironment&);
};

// The steps of an HTTP API's call, in order.
std::span<const PipelineStep> httpPipeline();

// Sends the call through the pipeline and gives the whole response, with AWS's headers.
http::Response runPipeline(Call& call, CallEnvironment& environment);

// {"message": …} with the call's id.
http::Response gatewayAnswer(const CallFailure& failure, const std::string& requestId);

// The steps, a file each.
StepResult answerPreflight(Call& call, CallEnvironment& environment); // preflight.cpp
StepResult matchRoute(Call& call, CallEnvironment& environment); // match_route.cpp
StepResult authorize(Call& call, CallEnvironment& environment); // authorize.cpp
StepResult throttle(Call& call, CallEnvironment& environment); // throttle.cpp
StepResult mapRequest(Call& call, CallEnvironment& environment); // map_request.cpp
StepResult integrate(Call& call, CallEnvironment& environment); // integrate.cpp
StepResult mapResponse(Call& call, CallEnvironment& environment); // map_response.cpp

// The kinds of integration that integrate() chooses from.
StepResult callFunction(Call& call, CallEnvironment& environment); // lambda_integration.cpp
StepResult callService(Call& call, CallEnvironment& environment); // service_integration.cpp
StepResult callEndpoint(Call& call, CallEnvironment& environment); // http_integration.cpp

}
