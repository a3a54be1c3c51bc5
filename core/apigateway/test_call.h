#pragma once

#include "core/apigateway/calls.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace core::apigateway {

// The request that a TestInvoke action's input describes: its headers and its body, to `target`.
http::Request testRequest(const nlohmann::json& input, std::string method, std::string target);

// A call that tests the API as it stands now rather than a deployment of it. All but the result are borrowed.
CallContext newTestCall(const CallEnvironment& environment, const http::Request& request,
    trace::SpanScope& span, ApiPtr api, const nlohmann::json& input, std::string stage, ExecutionLog& log);

}
