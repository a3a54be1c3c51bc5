#pragma once

#include "core/apigateway/authorizer_cache.h"
#include "core/apigateway/authorizer_identity.h"
#include "core/apigateway/call_context.h"

#include <nlohmann/json_fwd.hpp>

namespace core::apigateway {

// The event that a TOKEN or REQUEST authorizer's function gets.
nlohmann::json authorizerEvent(
    const Authorizer& authorizer, const AuthorizerIdentity& identity, const CallContext& context);

// A function's answer taken apart; the reason in words when it is none that an authorizer may give.
tl::expected<AuthorizerVerdict, std::string> parseAuthorizerAnswer(const std::string& payload);

// Whether the function failed with the error "Unauthorized", which refuses the caller rather than the API's
// author.
bool refusesCaller(const aws::Reply& answer);

// Asks the function and waits for it. What stops the call: it said "Unauthorized", it failed, or its answer
// is none.
tl::expected<VerdictPtr, GatewayFailure> askLambdaAuthorizer(const Authorizer& authorizer,
    const AuthorizerIdentity& identity, CallContext& context, CallEnvironment& environment);

// The verdict on this call: from the cache, or of the function.
tl::expected<VerdictPtr, GatewayFailure> lambdaAuthorizerVerdict(
    const Authorizer& authorizer, CallContext& context, CallEnvironment& environment);

}
