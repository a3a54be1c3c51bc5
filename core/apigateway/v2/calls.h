#pragma once

#include "core/apigateway/v2/call.h"

namespace core::apigateway::v2 {

// One call of an HTTP API: finds stage and deployment of the address, then runs the pipeline.
http::Response serveCall(CallEnvironment& environment, ApiPtr api, const http::Request& request,
    CallTarget target, trace::SpanScope& span);

}
