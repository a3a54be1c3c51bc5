#pragma once

#include "core/apigateway/call_context.h"
#include "core/apigateway/gateway_response.h"

namespace core::apigateway {

// What proxy integrations say of the functions that they call, whether an answer comes whole or streamed.

// The request's lines of the execution log; `target` is the path on Lambda's host.
void logFunctionRequest(
    CallContext& context, const std::string& target, const std::string& region, const std::string& event);
// Stops the call because the function was not run.
tl::unexpected<GatewayFailure> functionNotRun(const Error& error, const std::string& name);
// The same for a function that has not answered in time.
tl::unexpected<GatewayFailure> functionTooSlow(const std::string& name, int timeoutInMillis);

}
