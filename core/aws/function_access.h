#pragma once

#include "core/aws/acting_service.h"
#include "core/aws/service.h"

#include <string>
#include <string_view>

namespace core::aws {

// A service that wants to run a function on behalf of one of its resources.
using FunctionCaller = ActingService;

// Whether a function's resource policy ({"Statement": […]}, as GetPolicy gives it) lets the caller invoke it;
// `why` names the statement, or what is missing. Pure.
bool policyAllowsInvoke(
    std::string_view policy, std::string_view functionArn, const FunctionCaller& caller, std::string& why);

enum class FunctionAccess { Allowed, NoFunction, Denied };
// Asks Lambda. Waits.
FunctionAccess askFunctionAccess(Caller& services, const std::string& functionArn,
    const FunctionCaller& caller, const CallOptions& options, std::string& why);

}
