#pragma once

#include "core/apigateway/call_context.h"

#include <optional>

namespace core::apigateway {

// The issuer of a user pool's tokens: "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_abc" of its ARN.
std::optional<std::string> userPoolIssuer(const std::string& arn);

// A COGNITO_USER_POOLS authorizer: the token of the identity source must be signed by one of the pools, be
// valid now, and have one of the method's scopes if it asks for any. The chamber has no Cognito: the pools'
// keys are fetched from their issuer, and a call fails where that cannot be reached.
StepResult authorizeByUserPool(
    const Authorizer& authorizer, CallContext& context, CallEnvironment& environment);

}
