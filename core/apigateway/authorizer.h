#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace core::apigateway {

// Who decides on the calls of methods whose authorizationType is CUSTOM or COGNITO_USER_POOLS.
struct Authorizer {
    std::string id;
    std::string name;
    std::string type; // TOKEN, REQUEST or COGNITO_USER_POOLS
    std::vector<std::string> providerArns;
    std::string authType; // "custom": what OpenAPI documents call it
    std::string authorizerUri;
    std::string authorizerCredentials;
    std::string identitySource; // "method.request.header.Authorization", several with commas between
    std::string identityValidationExpression;
    std::optional<int> resultTtlInSeconds; // AWS's default is 300

    int ttl() const { return resultTtlInSeconds.value_or(300); }
};

using Authorizers = std::map<std::string, Authorizer>; // by id

}
