#include "core/aws/function_access.h"

#include "core/aws/policy.h"

#include <nlohmann/json.hpp>

namespace core::aws {

using nlohmann::json;

bool policyAllowsInvoke(
    std::string_view policy, std::string_view functionArn, const FunctionCaller& caller, std::string& why)
{
    const auto document = PolicyDocument::parse(policy, PolicyDocument::Kind::Resource);
    PolicyRequest request;
    request.action = "lambda:InvokeFunction";
    request.resource = functionArn;
    request.principalService = caller.principal;
    request.keys["aws:sourcearn"] = {caller.sourceArn};
    request.keys["aws:sourceaccount"] = {caller.sourceAccount};
    const auto verdict = document ? document->evaluate(request) : PolicyVerdict{};
    if (verdict.effect == PolicyEffect::Allow) {
        why = "Statement " + verdict.statement + " of the function's resource policy allows it";
        return true;
    }
    why = verdict.effect == PolicyEffect::Deny
        ? "Statement " + verdict.statement + " of the function's resource policy denies it"
        : "No statement of the function's resource policy lets " + caller.principal + " invoke it for "
            + caller.sourceArn + ": add lambda:InvokeFunction with AddPermission";
    return false;
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
