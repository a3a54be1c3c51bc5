#pragma once

#include "core/apigateway/v2/call.h"

namespace core::apigateway::v2 {

// What the kinds of authorizationType do with a call; each fills in
// call.authorization or stops it.
StepResult authorizeByToken(Call& call, CallEnvironment& environment, const Authorizer& authorizer);
StepResult authorizeByFunction(Call& call, CallEnvironment& environment, const Authorizer& authorizer);
StepResult authorizeBySignature(Call& call);

// The values of an authorizer's identity sources, in order.
struct IdentityValues {
    Strings values;
    std::string missing; // the first source that the call has not, "" when it has all

    // Each behind its length, so that no two identities look alike.
    std::string key() const;
};

IdentityValues identityValues(const Call& call, const Authorizer& authorizer);

// "arn:aws:execute-api:us-east-1:000000000000:a1b2c3d4e5/prod/GET/books/1":
// what a call asks for.
std::string routeArn(const Call& call);

} // namespace core::apigateway::v2
