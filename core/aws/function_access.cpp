#include "core/aws/function_access.h"

#include <nlohmann/json.hpp>

namespace core::aws {

using nlohmann::json;

bool policyAllowsInvoke(
    std::string_view policy, std::string_view functionArn, const FunctionCaller& caller, std::string& why)
{
    return policyAllows(policy, caller,
        {"lambda:InvokeFunction", functionArn, "the function's resource policy", "invoke it",
            "add lambda:InvokeFunction with AddPermission"},
        why);
}

FunctionAccess askFunctionAccess(Caller& services, const std::string& functionArn,
    const FunctionCaller& caller, const CallOptions& options, std::string& why)
{
    const json input = {{"FunctionName", functionArn}};
    if (const auto function = services.call("lambda", "GetFunctionConfiguration", input, options);
        !function) {
        why = function.error().message;
        return FunctionAccess::NoFunction;
    }
    const auto policy = services.call("lambda", "GetPolicy", input, options);
    const auto document = policy ? policy->json().value("Policy", "") : std::string("{}");
    return policyAllowsInvoke(document, functionArn, caller, why) ? FunctionAccess::Allowed
                                                                  : FunctionAccess::Denied;
}

}
