#pragma once

#include "core/apigateway/call_context.h"

namespace core::apigateway {

// One call of a deployed API: finds API, stage and deployment of the address, then runs the pipeline.
http::Response serveCall(CallEnvironment& environment, ApiPtr api, const http::Request& request,
    CallAddress address, trace::SpanScope& span);

// Fields that every call and test has: ids, time, query, trace header.
CallContext newCallContext(
    const CallEnvironment& environment, const http::Request& request, trace::SpanScope& span);

}
