#pragma once

#include "core/lambda/alias.h"
#include "core/lambda/function.h"
#include "core/trace/tracer.h"

#include <string>
#include <string_view>

namespace core::lambda {

// A service of the chamber that invokes a function by itself, as it is named in permissions.
struct InvokingService {
    std::string name; // "apigateway.amazonaws.com", "" where somebody's own credentials call
    std::string arn; // of what invokes: a method, a bucket, a rule
};

// Whether the resource policy of a function, a version or an alias lets a service invoke it. `why` says which
// statement decided. Pure.
bool policyAllowsService(
    const std::string& policy, const InvokingService& service, std::string_view account, std::string& why);

// On AWS a service needs such a permission. Here it is a choice: a step on the track says what AWS would do,
// and with `CHAMBER_LAMBDA_PERMISSIONS=enforce` in the chamber's environment it is refused.
Result<> checkInvokingService(
    const InvokingService& service, const Function& function, const Alias* alias, trace::SpanScope& span);

}
