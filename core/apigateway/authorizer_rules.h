#pragma once

#include "core/apigateway/model.h"
#include "core/base/result.h"

namespace core::apigateway {

// What CreateAuthorizer and UpdateAuthorizer accept, in AWS's words.
Result<> checkAuthorizer(const Authorizer& authorizer);
// "custom" or "cognito_user_pools", where nothing else was given.
std::string defaultAuthType(const std::string& type);
// A method's authorizerId must name an authorizer of the kind that its authorizationType asks for.
Result<> checkAuthorizerOf(const ApiDefinition& api, const Method& method);

namespace errors {

Error invalidAuthorizer();
Error authorizerNameTaken(const std::string& name);
Error authorizerInUse(const std::string& name, const std::string& verb, const std::string& path);

}

}
