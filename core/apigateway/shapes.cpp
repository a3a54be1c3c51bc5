#include "core/apigateway/shapes.h"

#include "core/apigateway/endpoint_security.h"

namespace core::apigateway {

using aws::Fidelity;
using aws::In;
using aws::kBoolean;
using aws::kDouble;
using aws::kInteger;
using aws::kString;
using aws::kStringList;
using aws::kStringMap;
using aws::Member;
using aws::Shape;
using aws::Type;

namespace {

constexpr std::string_view kOperations[] = {"add", "remove", "move", "test", "replace", "copy"};
constexpr Shape kOperation{.type = Type::String, .values = kOperations};
constexpr Member kPatchMembers[] = {
    {"op", &kOperation},
    {"path", &kString},
    {"value", &kString},
    {"from", &kString},
};
constexpr Shape kPatchOperation{.type = Type::Structure, .members = kPatchMembers};

}

constexpr Shape kPatchOperationsShape{.type = Type::List, .element = &kPatchOperation};

namespace {

constexpr Shape kBooleanMap{.type = Type::Map, .element = &kBoolean, .key = &kString};
constexpr Shape kStringListMap{.type = Type::Map, .element = &kStringList, .key = &kString};
constexpr Shape kStatusCode{.type = Type::String, .pattern = "[1-5]\\d\\d"};

constexpr Member kRestApiId{.name = "restApiId", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kResourceId{.name = "resourceId", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kHttpMethod{.name = "httpMethod", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kStatusMember{.name = "statusCode", .shape = &kStatusCode, .required = true, .in = In::Path};
constexpr Member kDeploymentId{.name = "deploymentId", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kStageName{.name = "stageName", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kResourceArn{.name = "resourceArn", .shape = &kString, .required = true, .in = In::Path};
constexpr Member kPosition{.name = "position", .shape = &kString, .in = In::Query};
constexpr Member kLimit{.name = "limit", .shape = &kInteger, .in = In::Query};
constexpr Member kEmbed{.name = "embed", .shape = &kStringList, .in = In::Query};
constexpr Member kPatch{"patchOperations", &kPatchOperationsShape};

constexpr std::string_view kNoTls = "held against the endpoint type, kept and shown; the chamber's endpoint "
                                    "speaks no TLS; wording of refusals "
                                    "is unverified";
constexpr std::string_view kStreams =
    "functions stream, with AWS's time-outs and without its 2 MB/s beyond 10 MB; HTTP_PROXY streams from "
    "hosts "
    "of the chamber, others' answers go out when they are whole, up to 64 MiB within 30 s; access logs are "
    "written when the answer begins; wording of refusals is unverified";

constexpr std::string_view kKeySources[] = {"HEADER", "AUTHORIZER"};
constexpr Shape kKeySource{.type = Type::String, .values = kKeySources};
constexpr std::string_view kEndpointTypes[] = {"PRIVATE", "EDGE", "REGIONAL"};
constexpr Shape kEndpointType{.type = Type::String, .values = kEndpointTypes};
constexpr Shape kEndpointTypeList{.type = Type::List, .element = &kEndpointType};
constexpr std::string_view kIpTypes[] = {"ipv4", "dualstack"};
constexpr Shape kIpType{.type = Type::String, .values = kIpTypes};
constexpr Member kEndpointMembers[] = {
    {"types", &kEndpointTypeList},
    {"ipAddressType", &kIpType},
    {"vpcEndpointIds", &kStringList, false, Fidelity::Simplified,
        "kept and shown: a private API is served at the chamber's endpoint like any other, and no VPC "
        "endpoint "
        "stands before it; wording of refusals is unverified"},
};
constexpr Shape kEndpoint{.type = Type::Structure, .members = kEndpointMembers};

constexpr std::string_view kIntegrationTypes[] = {"HTTP", "AWS", "MOCK", "HTTP_PROXY", "AWS_PROXY"};
constexpr Shape kIntegrationTypeShape{.type = Type::String, .values = kIntegrationTypes};
constexpr std::string_view kConnectionTypes[] = {"INTERNET", "VPC_LINK"};
constexpr Shape kConnectionType{.type = Type::String, .values = kConnectionTypes};
constexpr std::string_view kContentHandlings[] = {"CONVERT_TO_BINARY", "CONVERT_TO_TEXT"};
constexpr Shape kContentHandling{.type = Type::String, .values = kContentHandlings};
constexpr std::string_view kTransferModes[] = {"BUFFERED", "STREAM"};
constexpr Shape kTransferMode{.type = Type::String, .values = kTransferModes};
constexpr Member kTlsMembers[] = {{"insecureSkipVerification", &kBoolean}};
constexpr Shape kTlsConfig{.type = Type::Structure, .members = kTlsMembers};

constexpr Member kCanaryMembers[] = {
    {"percentTraffic", &kDouble},
    {"deploymentId", &kString},
    {"stageVariableOverrides", &kStringMap},
    {"useStageCache", &kBoolean},
};
constexpr Shape kCanary{.type = Type::Structure, .members = kCanaryMembers};
constexpr Member kDeploymentCanaryMembers[] = {
    {"percentTraffic", &kDouble},
    {"stageVariableOverrides", &kStringMap},
    {"useStageCache", &kBoolean},
};
constexpr Shape kDeploymentCanary{.type = Type::Structure, .members = kDeploymentCanaryMembers};
constexpr std::string_view kCacheSizes[] = {"0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"};
constexpr Shape kCacheSize{.type = Type::String, .values = kCacheSizes};

// What stages and deployments say of a stage's cache and traces alike.
constexpr Member kCacheClusterEnabled{"cacheClusterEnabled", &kBoolean, false, Fidelity::Simplified,
    "in memory and there at once; only answers of status 2xx are kept (unverified)"};
constexpr Member kCacheClusterSize{"cacheClusterSize", &kCacheSize, false, Fidelity::Simplified,
    "16 MiB a GB, at most 64 MiB; all stages together 256 MiB"};
constexpr Member kTracingEnabled{"tracingEnabled", &kBoolean, false, Fidelity::Simplified,
    "makes a call a trace of X-Ray; nothing is sampled, and every request leaves a track"};

constexpr Member kCreateRestApiMembers[] = {
    {"name", &kString, true},
    {"description", &kString},
    {"version", &kString},
    {"cloneFrom", &kString, false, Fidelity::Simplified,
        "all but deployments, stages, tags and the resource policy; AWS does not say what it copies"},
    {"binaryMediaTypes", &kStringList},
    {"minimumCompressionSize", &kInteger},
    {"apiKeySource", &kKeySource},
    {"endpointConfiguration", &kEndpoint, false, Fidelity::Simplified,
        "kept and shown; every API is served at the chamber's endpoint"},
    {"policy", &kString},
    {"tags", &kStringMap},
    {"disableExecuteApiEndpoint", &kBoolean},
    {"securityPolicy", &kSecurityPolicyShape, false, Fidelity::Simplified, kNoTls},
    {"endpointAccessMode", &kAccessModeShape, false, Fidelity::Simplified, kNoTls},
};

constexpr Member kPageMembers[] = {
    kPosition,
    kLimit,
};

constexpr Member kApiMembers[] = {
    kRestApiId,
};

constexpr Member kPatchApiMembers[] = {
    kRestApiId,
    kPatch,
};

constexpr Member kApiPageMembers[] = {
    kRestApiId,
    kPosition,
    kLimit,
};

constexpr Member kGetResourcesMembers[] = {
    kRestApiId,
    kPosition,
    kLimit,
    kEmbed,
};

constexpr Member kGetResourceMembers[] = {
    kRestApiId,
    kResourceId,
    kEmbed,
};

constexpr Member kCreateResourceMembers[] = {
    kRestApiId,
    {.name = "parentId", .shape = &kString, .required = true, .in = In::Path},
    {"pathPart", &kString, true},
};

constexpr Member kResourceMembers[] = {
    kRestApiId,
    kResourceId,
};

constexpr Member kPatchResourceMembers[] = {
    kRestApiId,
    kResourceId,
    kPatch,
};

constexpr Member kPutMethodMembers[] = {
    kRestApiId,
    kResourceId,
    kHttpMethod,
    {"authorizationType", &kString, true},
    {"authorizerId", &kString},
    {"apiKeyRequired", &kBoolean},
    {"operationName", &kString},
    {"requestParameters", &kBooleanMap},
    {"requestModels", &kStringMap},
    {"requestValidatorId", &kString},
    {"authorizationScopes", &kStringList},
};

constexpr Member kMethodMembers[] = {
    kRestApiId,
    kResourceId,
    kHttpMethod,
};

constexpr Member kPatchMethodMembers[] = {
    kRestApiId,
    kResourceId,
    kHttpMethod,
    kPatch,
};

constexpr Member kTestInvokeMethodMembers[] = {
    kRestApiId,
    kResourceId,
    kHttpMethod,
    {"pathWithQueryString", &kString},
    {"body", &kString},
    {"headers", &kStringMap},
    {"multiValueHeaders", &kStringListMap},
    {"clientCertificateId", &kString, false, Fidelity::Simplified, "checked; backends are not shown it"},
    {"stageVariables", &kStringMap},
};

constexpr Member kPutMethodResponseMembers[] = {
    kRestApiId,
    kResourceId,
    kHttpMethod,
    kStatusMember,
    {"responseParameters", &kBooleanMap},
    {"responseModels", &kStringMap},
};

constexpr Member kStatusMembers[] = {
    kRestApiId,
    kResourceId,
    kHttpMethod,
    kStatusMember,
};

constexpr Member kPatchStatusMembers[] = {
    kRestApiId,
    kResourceId,
    kHttpMethod,
    kStatusMember,
    kPatch,
};

constexpr Member kPutIntegrationMembers[] = {
    kRestApiId,
    kResourceId,
    kHttpMethod,
    {"type", &kIntegrationTypeShape, true, Fidelity::Simplified,
        "AWS to services of the chamber (action/ to DynamoDB and CloudWatch Logs); AWS_PROXY to Lambda"},
    {.name = "integrationHttpMethod", .shape = &kString, .wireName = "httpMethod"},
    {"uri", &kString},
    {"connectionType", &kConnectionType, false, Fidelity::Simplified,
        "VPC_LINK calls the host of the URI: the chamber has no networks of its own"},
    {"connectionId", &kString},
    {"credentials", &kString, false, Fidelity::Simplified, "kept and shown; roles are not assumed"},
    {"requestParameters", &kStringMap},
    {"requestTemplates", &kStringMap, false, Fidelity::Simplified,
        "a template that cannot be parsed is met by calls, not when it is put (unverified)"},
    {"passthroughBehavior", &kString},
    {"cacheNamespace", &kString},
    {"cacheKeyParameters", &kStringList},
    {"contentHandling", &kContentHandling},
    {"timeoutInMillis", &kInteger},
    {"tlsConfig", &kTlsConfig},
    {"responseTransferMode", &kTransferMode, false, Fidelity::Simplified, kStreams},
    {"integrationTarget", &kString, false, Fidelity::Simplified,
        "an ARN of a load balancer or listener, kept and shown; calls go where the VPC link leads"},
};

constexpr Member kPutIntegrationResponseMembers[] = {
    kRestApiId,
    kResourceId,
    kHttpMethod,
    kStatusMember,
    {"selectionPattern", &kString},
    {"responseParameters", &kStringMap},
    {"responseTemplates", &kStringMap, false, Fidelity::Simplified,
        "a template that cannot be parsed is met by calls, not when it is put (unverified)"},
    {"contentHandling", &kContentHandling},
};

constexpr Member kCreateDeploymentMembers[] = {
    kRestApiId,
    {"stageName", &kString},
    {"stageDescription", &kString},
    {"description", &kString},
    kCacheClusterEnabled,
    kCacheClusterSize,
    {"variables", &kStringMap},
    {"canarySettings", &kDeploymentCanary},
    kTracingEnabled,
};

constexpr Member kGetDeploymentMembers[] = {
    kRestApiId,
    kDeploymentId,
    kEmbed,
};

constexpr Member kDeploymentMembers[] = {
    kRestApiId,
    kDeploymentId,
};

constexpr Member kPatchDeploymentMembers[] = {
    kRestApiId,
    kDeploymentId,
    kPatch,
};

constexpr Member kCreateStageMembers[] = {
    kRestApiId,
    {"stageName", &kString, true},
    {"deploymentId", &kString, true},
    {"description", &kString},
    kCacheClusterEnabled,
    kCacheClusterSize,
    {"variables", &kStringMap},
    {"documentationVersion", &kString},
    {"canarySettings", &kCanary},
    kTracingEnabled,
    {"tags", &kStringMap},
};

constexpr Member kGetStagesMembers[] = {
    kRestApiId,
    {.name = "deploymentId", .shape = &kString, .in = In::Query},
};

constexpr Member kStageMembers[] = {
    kRestApiId,
    kStageName,
};

constexpr Member kPatchStageMembers[] = {
    kRestApiId,
    kStageName,
    {"patchOperations", &kPatchOperationsShape, false, Fidelity::Simplified,
        "cache encryption is kept and shown; tracing makes every call a trace; access logs go to log groups, "
        "not "
        "to Firehose; who signs as IAM wants may invalidate the cache; words for values that are refused and "
        "what loggingLevel ERROR leaves out are unverified"},
};

constexpr Member kTagResourceMembers[] = {
    kResourceArn,
    {"tags", &kStringMap, true},
};

constexpr Member kUntagResourceMembers[] = {
    kResourceArn,
    {.name = "tagKeys", .shape = &kStringList, .required = true, .in = In::Query},
};

constexpr Member kGetTagsMembers[] = {
    kResourceArn,
    kPosition,
    kLimit,
};

}

constexpr Shape kCreateRestApiShape{.type = Type::Structure, .members = kCreateRestApiMembers};
constexpr Shape kPageShape{.type = Type::Structure, .members = kPageMembers};
constexpr Shape kApiShape{.type = Type::Structure, .members = kApiMembers};
constexpr Shape kPatchApiShape{.type = Type::Structure, .members = kPatchApiMembers};
constexpr Shape kApiPageShape{.type = Type::Structure, .members = kApiPageMembers};
constexpr Shape kGetResourcesShape{.type = Type::Structure, .members = kGetResourcesMembers};
constexpr Shape kGetResourceShape{.type = Type::Structure, .members = kGetResourceMembers};
constexpr Shape kCreateResourceShape{.type = Type::Structure, .members = kCreateResourceMembers};
constexpr Shape kResourceShape{.type = Type::Structure, .members = kResourceMembers};
constexpr Shape kPatchResourceShape{.type = Type::Structure, .members = kPatchResourceMembers};
constexpr Shape kPutMethodShape{.type = Type::Structure, .members = kPutMethodMembers};
constexpr Shape kMethodShape{.type = Type::Structure, .members = kMethodMembers};
constexpr Shape kPatchMethodShape{.type = Type::Structure, .members = kPatchMethodMembers};
constexpr Shape kTestInvokeMethodShape{.type = Type::Structure, .members = kTestInvokeMethodMembers};
constexpr Shape kPutMethodResponseShape{.type = Type::Structure, .members = kPutMethodResponseMembers};
constexpr Shape kStatusShape{.type = Type::Structure, .members = kStatusMembers};
constexpr Shape kPatchStatusShape{.type = Type::Structure, .members = kPatchStatusMembers};
constexpr Shape kPutIntegrationShape{.type = Type::Structure, .members = kPutIntegrationMembers};
constexpr Shape kPutIntegrationResponseShape{
    .type = Type::Structure, .members = kPutIntegrationResponseMembers};
constexpr Shape kCreateDeploymentShape{.type = Type::Structure, .members = kCreateDeploymentMembers};
constexpr Shape kGetDeploymentShape{.type = Type::Structure, .members = kGetDeploymentMembers};
constexpr Shape kDeploymentShape{.type = Type::Structure, .members = kDeploymentMembers};
constexpr Shape kPatchDeploymentShape{.type = Type::Structure, .members = kPatchDeploymentMembers};
constexpr Shape kCreateStageShape{.type = Type::Structure, .members = kCreateStageMembers};
constexpr Shape kGetStagesShape{.type = Type::Structure, .members = kGetStagesMembers};
constexpr Shape kStageShape{.type = Type::Structure, .members = kStageMembers};
constexpr Shape kPatchStageShape{.type = Type::Structure, .members = kPatchStageMembers};
constexpr Shape kTagResourceShape{.type = Type::Structure, .members = kTagResourceMembers};
constexpr Shape kUntagResourceShape{.type = Type::Structure, .members = kUntagResourceMembers};
constexpr Shape kGetTagsShape{.type = Type::Structure, .members = kGetTagsMembers};

}
