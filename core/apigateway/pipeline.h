#pragma once

#include "core/apigateway/call_context.h"

#include <span>
#include <string_view>

namespace core::apigateway {

// One box of the pipeline. A step does its part on the context, records what it decided on the span, or stops
// the request with a gateway response.
struct PipelineStep {
    std::string_view title; // as the workbench names the box
    StepResult (*run)(CallContext&, CallEnvironment&);
};

// The steps of a REST API's call, in order.
std::span<const PipelineStep> restPipeline();

// Sends the call through the pipeline and gives the whole response, with AWS's headers.
http::Response runPipeline(CallContext& context, CallEnvironment& environment);

}
