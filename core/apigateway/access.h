#pragma once

#include <map>
#include <optional>
#include <string>

namespace core::apigateway {

// What the access steps find out about a caller and leave for later ones. An empty text is null in events.

// $context.identity and requestContext.identity, beside source address and user agent.
struct Identity {
    std::string accessKey;
    std::string accountId;
    std::string apiKey;
    std::string apiKeyId;
    std::string caller;
    std::string cognitoAuthenticationProvider;
    std::string cognitoAuthenticationType;
    std::string cognitoIdentityId;
    std::string cognitoIdentityPoolId;
    std::string principalOrgId;
    std::string user;
    std::string userArn;
};

// A scalar of an authorizer's context. REST APIs pass its text on, HTTP APIs the value itself.
struct AuthorizerValue {
    std::string text; // "123", "true", "null", or a string's own text
    bool isString = true;
};

// What an authorizer answered: $context.authorizer and requestContext.authorizer.
struct AuthorizerAnswer {
    std::string principalId; // of a Lambda authorizer
    std::map<std::string, AuthorizerValue> values; // its context
    std::optional<std::map<std::string, std::string>> claims; // of a JWT instead
    std::string usageIdentifierKey; // the API key where an API's apiKeySource is AUTHORIZER
    std::optional<int> integrationStatus;
    std::optional<long> integrationLatency; // milliseconds; 0 from the cache
    std::string requestId; // of the function's run
};

}
