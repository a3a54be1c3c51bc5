#include "core/apigateway/definition_shapes.h"

#include "core/apigateway/shapes.h"

namespace core::apigateway {

using aws::Fidelity;
using aws::In;
using aws::kBoolean;
using aws::kString;
using aws::kStringMap;
using aws::Member;
using aws::Shape;
using aws::Type;

namespace {

constexpr Shape kStatusCode{.type = Type::String, .pattern = "[1-5]\\d\\d"};
constexpr std::string_view kTypes[] = {"REQUEST_TOO_LARGE", "RESOURCE_NOT_FOUND",
    "AUTHORIZER_CONFIGURATION_ERROR", "MISSING_AUTHENTICATION_TOKEN", "BAD_REQUEST_BODY", "INVALID_SIGNATURE",
    "INVALID_API_KEY", "BAD_REQUEST_PARAMETERS", "AUTHORIZER_FAILURE", "UNAUTHORIZED", "INTEGRATION_TIMEOUT",
    "ACCESS_DENIED", "DEFAULT_4XX", "DEFAULT_5XX", "WAF_FILTERED", "QUOTA_EXCEEDED", "THROTTLED",
    "API_CONFIGURATION_ERROR", "UNSUPPORTED_MEDIA_TYPE", "INTEGRATION_FAILURE", "EXPIRED_TOKEN"};
constexpr Shape kType{.type = Type::String, .values = kTypes};

constexpr Member kRestApiId{.name = "restApiId", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kModelName{.name = "modelName", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kValidatorId{
    .name = "requestValidatorId", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kResponseType{.name = "responseType", .shape = &kType, .required = true, .in = In::Path};
constexpr Member kPatch{"patchOperations", &kPatchOperationsShape};

constexpr Member kCreateModelMembers[] = {
    kRestApiId,
    {"name", &kString, true},
    {"description", &kString},
    {"schema", &kString, false, Fidelity::Simplified,
        "JSON Schema draft 4; which drafts' keywords AWS refuses is not checked"},
    {"contentType", &kString, true},
};

constexpr Member kGetModelMembers[] = {
    kRestApiId,
    kModelName,
    {.name = "flatten",
        .shape = &kBoolean,
        .fidelity = Fidelity::Simplified,
        .note = "models referred to become definitions; the form is unverified",
        .in = In::Query},
};

constexpr Member kModelMembers[] = {kRestApiId, kModelName};
constexpr Member kPatchModelMembers[] = {kRestApiId, kModelName, kPatch};

constexpr Member kCreateValidatorMembers[] = {
    kRestApiId,
    {"name", &kString},
    {"validateRequestBody", &kBoolean},
    {"validateRequestParameters", &kBoolean},
};

constexpr Member kValidatorMembers[] = {kRestApiId, kValidatorId};
constexpr Member kPatchValidatorMembers[] = {kRestApiId, kValidatorId, kPatch};

constexpr Member kPutGatewayResponseMembers[] = {
    kRestApiId,
    kResponseType,
    {"statusCode", &kStatusCode},
    {"responseParameters", &kStringMap},
    {"responseTemplates", &kStringMap},
};

constexpr Member kGatewayResponseMembers[] = {kRestApiId, kResponseType};
constexpr Member kPatchGatewayResponseMembers[] = {kRestApiId, kResponseType, kPatch};

}

constexpr Shape kCreateModelShape{.type = Type::Structure, .members = kCreateModelMembers};
constexpr Shape kGetModelShape{.type = Type::Structure, .members = kGetModelMembers};
constexpr Shape kModelShape{.type = Type::Structure, .members = kModelMembers};
constexpr Shape kPatchModelShape{.type = Type::Structure, .members = kPatchModelMembers};
constexpr Shape kCreateValidatorShape{.type = Type::Structure, .members = kCreateValidatorMembers};
constexpr Shape kValidatorShape{.type = Type::Structure, .members = kValidatorMembers};
constexpr Shape kPatchValidatorShape{.type = Type::Structure, .members = kPatchValidatorMembers};
constexpr Shape kPutGatewayResponseShape{.type = Type::Structure, .members = kPutGatewayResponseMembers};
constexpr Shape kGatewayResponseShape{.type = Type::Structure, .members = kGatewayResponseMembers};
constexpr Shape kPatchGatewayResponseShape{.type = Type::Structure, .members = kPatchGatewayResponseMembers};

}
