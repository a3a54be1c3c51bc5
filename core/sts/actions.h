#pragma once

#include "core/aws/session.h"
#include "core/sts/service.h"

#include <nlohmann/json_fwd.hpp>

namespace core::sts {

// The actions, one function each, named as on the wire.
using aws::Outcome;
using aws::Request;
using aws::RequestContext;

Result<Outcome> getCallerIdentity(StsService& service, RequestContext& context, Request& request);
Result<Outcome> getAccessKeyInfo(StsService& service, RequestContext& context, Request& request);
Result<Outcome> getSessionToken(StsService& service, RequestContext& context, Request& request);
Result<Outcome> getFederationToken(StsService& service, RequestContext& context, Request& request);
Result<Outcome> assumeRole(StsService& service, RequestContext& context, Request& request);
Result<Outcome> assumeRoleWithWebIdentity(StsService& service, RequestContext& context, Request& request);

// What several of them share.

// Who asks: the holder of the token that came with the request, else the account's root user. Errors:
// MissingAuthenticationToken.
Result<aws::Session> callerOf(const RequestContext& context, const Request& request);
// Credentials as they are answered, for so many seconds of the chamber's clock.
nlohmann::json credentialsFor(aws::Session session, const RequestContext& context, std::int64_t seconds);
// That Policy and PolicyArns are such. Errors: MalformedPolicyDocument, PackedPolicyTooLarge,
// ValidationError.
Result<> checkSessionPolicies(const nlohmann::json& input);
// How full the room for session policies and tags is, in per cent, where something is in it.
void addPackedSize(const nlohmann::json& input, nlohmann::json& output);

}
