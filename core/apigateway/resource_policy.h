#pragma once

#include "core/apigateway/call_context.h"
#include "core/aws/policy.h"
#include "core/base/result.h"

namespace core::apigateway {

// "arn:aws:execute-api:us-east-1:000000000000:a1b2c3d4e5/prod/GET/books/1": what a call asks for.
std::string methodArn(const CallContext& context);
// The same with all but the last four digits of the account hidden, as refusals show it.
std::string maskedMethodArn(const CallContext& context);

// The call as policies see it: action, method ARN, who calls and the global condition keys.
aws::PolicyRequest policyRequest(const CallContext& context);

// A resource policy as an API keeps it: on one line, "execute-api:/…" made a whole ARN. AWS's error for what
// is no policy.
Result<std::string> normalisedPolicy(const std::string& policy, const RestApi& api);

// What the deployment's resource policy says about the call; nullopt when it has none.
Result<std::optional<aws::PolicyVerdict>> resourcePolicyVerdict(const CallContext& context);

// Stops the call with what AWS says about a denial by the resource policy.
tl::unexpected<GatewayFailure> deniedByResourcePolicy(
    const CallContext& context, const aws::PolicyVerdict& verdict);

}
