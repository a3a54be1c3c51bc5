#include "core/apigateway/authorizer_shapes.h"

#include "core/apigateway/shapes.h"

namespace core::apigateway {

using aws::Fidelity;
using aws::In;
using aws::kInteger;
using aws::kString;
using aws::kStringList;
using aws::kStringMap;
using aws::Member;
using aws::Shape;
using aws::Type;

namespace {

constexpr std::string_view kTypes[] = {"TOKEN", "REQUEST", "COGNITO_USER_POOLS"};
constexpr Shape kType{.type = Type::String, .values = kTypes};
constexpr Shape kStringListMap{.type = Type::Map, .element = &kStringList, .key = &kString};

constexpr Member kRestApiId{.name = "restApiId", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kAuthorizerId{.name = "authorizerId", .shape = &kString, .required = true, .in = In::Path};

constexpr Member kCreateMembers[] = {
    kRestApiId,
    {"name", &kString, true},
    {"type", &kType, true, Fidelity::Simplified,
        "TOKEN and REQUEST; calls of COGNITO_USER_POOLS fetch the pool's keys from its issuer: the chamber "
        "has no "
        "Cognito"},
    {"providerARNs", &kStringList},
    {"authType", &kString},
    {"authorizerUri", &kString},
    {"authorizerCredentials", &kString, false, Fidelity::Simplified, "kept and shown; roles are not assumed"},
    {"identitySource", &kString, false, Fidelity::Simplified,
        "wording of the refusals of missing and malformed sources is unverified"},
    {"identityValidationExpression", &kString, false, Fidelity::Simplified,
        "Perl's regular expressions, not Java's, over the whole token"},
    {"authorizerResultTtlInSeconds", &kInteger, false, Fidelity::Simplified,
        "wording of the refusal beyond 3600 is unverified"},
};

constexpr Member kMembers[] = {kRestApiId, kAuthorizerId};
constexpr Member kPatchMembers[] = {kRestApiId, kAuthorizerId, {"patchOperations", &kPatchOperationsShape}};

constexpr Member kTestMembers[] = {
    kRestApiId,
    kAuthorizerId,
    {"headers", &kStringMap},
    {"multiValueHeaders", &kStringListMap},
    {"pathWithQueryString", &kString},
    {"body", &kString},
    {"stageVariables", &kStringMap},
    {"additionalContext", &kStringMap, false, Fidelity::Simplified,
        "httpMethod and resourcePath; other context variables keep the test's"},
};

}

constexpr Shape kCreateAuthorizerShape{.type = Type::Structure, .members = kCreateMembers};
constexpr Shape kAuthorizerShape{.type = Type::Structure, .members = kMembers};
constexpr Shape kPatchAuthorizerShape{.type = Type::Structure, .members = kPatchMembers};
constexpr Shape kTestInvokeAuthorizerShape{.type = Type::Structure, .members = kTestMembers};

}
