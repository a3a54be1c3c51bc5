#pragma once

#include "core/apigateway/call_context.h"

namespace core::apigateway {

// What a call shows an authorizer: the values of its identity sources.
struct AuthorizerIdentity {
    std::vector<std::pair<std::string, std::string>> values; // identity source → its value
    std::string missing; // the first source that the call has not, "" when it has all

    // Each behind its length, so that no two identities look alike.
    std::string key() const;
};

AuthorizerIdentity authorizerIdentity(const Authorizer& authorizer, const CallContext& context);

// Whether a token has the form that identityValidationExpression asks for. An expression that takes too long
// fits nothing.
bool fitsExpression(const std::string& expression, const std::string& token);
// AWS's error for an expression that is none.
Result<> checkExpression(const std::string& expression);

// "secret-token" → "******-token", as execution logs show identities.
std::string maskedIdentity(const std::string& value);

}
