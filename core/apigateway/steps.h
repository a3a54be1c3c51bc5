#pragma once

#include "core/apigateway/call_context.h"

namespace core::apigateway {

// How the reason begins when a function of a proxy integration failed: AWS's log has it without the words for
// a configuration error.
inline constexpr std::string_view kFunctionFailed =
    "Lambda execution failed with status 200 due to customer function error: ";

// The steps of pipeline.cpp, a file each.
StepResult matchRoute(CallContext& context, CallEnvironment& environment); // match_route.cpp
StepResult authorize(CallContext& context, CallEnvironment& environment); // authorize.cpp
StepResult checkApiKey(CallContext& context, CallEnvironment& environment); // api_key.cpp
StepResult throttle(CallContext& context, CallEnvironment& environment); // throttle.cpp
StepResult readCache(CallContext& context, CallEnvironment& environment); // cache.cpp
StepResult keepInCache(CallContext& context, CallEnvironment& environment); // cache.cpp
StepResult validateRequest(CallContext& context, CallEnvironment& environment); // validate_request.cpp
StepResult mapRequest(CallContext& context, CallEnvironment& environment); // map_request.cpp
StepResult integrate(CallContext& context, CallEnvironment& environment); // integrate.cpp
StepResult mapResponse(CallContext& context, CallEnvironment& environment); // map_response.cpp

// The kinds of integration that integrate() chooses from.
StepResult callLambdaStream(CallContext& context, CallEnvironment& environment);
StepResult callLambdaProxy(CallContext& context, CallEnvironment& environment); // lambda_proxy.cpp
StepResult callHttp(
    CallContext& context, IntegrationEnvironment& environment); // http_integration.cpp: HTTP, HTTP_PROXY
StepResult callAwsService(CallContext& context, IntegrationEnvironment& environment); // aws_service.cpp
StepResult answerMock(CallContext& context, IntegrationEnvironment& environment); // mock.cpp

}
