#include "core/apigateway/v2/shapes.h"

namespace core::apigateway::v2 {

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

constexpr Member path(std::string_view name)
{
    return {.name = name, .shape = &kString, .required = true, .in = In::Path};
}

// A member of AWS's that is refused by name.
constexpr Member unsupported(std::string_view name, const Shape& shape, std::string_view note = {})
{
    return {name, &shape, false, Fidelity::Unsupported, note};
}

constexpr Member simplified(std::string_view name, const Shape& shape, std::string_view note)
{
    return {name, &shape, false, Fidelity::Simplified, note};
}

constexpr Shape kText1To64{.type = Type::String, .min = 1, .max = 64};
constexpr Shape kCorsMethodList{.type = Type::List, .element = &kText1To64};
constexpr Shape kIntegerMinus1To86400{.type = Type::Integer, .min = -1, .max = 86400};
constexpr Member kCorsMembers[] = {
    {"allowCredentials", &kBoolean},
    {"allowHeaders", &kStringList},
    {"allowMethods", &kCorsMethodList},
    {"allowOrigins", &kStringList},
    {"exposeHeaders", &kStringList},
    {"maxAge", &kIntegerMinus1To86400},
};
constexpr Shape kCors{.type = Type::Structure, .members = kCorsMembers};
constexpr Shape kText0To1024{.type = Type::String, .min = 0, .max = 1024};
constexpr std::string_view kIpAddressTypeValues[] = {"ipv4", "dualstack"};
constexpr Shape kIpAddressType{.type = Type::String, .values = kIpAddressTypeValues};
constexpr Shape kText1To128{.type = Type::String, .min = 1, .max = 128};
constexpr std::string_view kProtocolTypeValues[] = {"WEBSOCKET", "HTTP"};
constexpr Shape kProtocolType{.type = Type::String, .values = kProtocolTypeValues};
constexpr Shape kText1To1600{.type = Type::String, .min = 1, .max = 1600};
constexpr Shape kTags{.type = Type::Map, .element = &kText1To1600, .key = &kString};
constexpr Shape kText1To2048{.type = Type::String, .min = 1, .max = 2048};
constexpr Shape kAuthorizationScopes{.type = Type::List, .element = &kText1To64};
constexpr std::string_view kAuthorizationTypeValues[] = {"NONE", "AWS_IAM", "CUSTOM", "JWT"};
constexpr Shape kAuthorizationType{.type = Type::String, .values = kAuthorizationTypeValues};
constexpr Shape kRouteModels{.type = Type::Map, .element = &kText1To128, .key = &kString};
constexpr Member kParameterConstraintsMembers[] = {
    {"required", &kBoolean},
};
constexpr Shape kParameterConstraints{.type = Type::Structure, .members = kParameterConstraintsMembers};
constexpr Shape kRouteParameters{.type = Type::Map, .element = &kParameterConstraints, .key = &kString};
constexpr Shape kText1To1024{.type = Type::String, .min = 1, .max = 1024};
constexpr std::string_view kConnectionTypeValues[] = {"INTERNET", "VPC_LINK"};
constexpr Shape kConnectionType{.type = Type::String, .values = kConnectionTypeValues};
constexpr std::string_view kContentHandlingStrategyValues[] = {"CONVERT_TO_BINARY", "CONVERT_TO_TEXT"};
constexpr Shape kContentHandlingStrategy{.type = Type::String, .values = kContentHandlingStrategyValues};
constexpr std::string_view kIntegrationTypeValues[] = {"AWS", "HTTP", "MOCK", "HTTP_PROXY", "AWS_PROXY"};
constexpr Shape kIntegrationType{.type = Type::String, .values = kIntegrationTypeValues};
constexpr std::string_view kPassthroughBehaviorValues[] = {"WHEN_NO_MATCH", "NEVER", "WHEN_NO_TEMPLATES"};
constexpr Shape kPassthroughBehavior{.type = Type::String, .values = kPassthroughBehaviorValues};
constexpr Shape kText1To512{.type = Type::String, .min = 1, .max = 512};
constexpr Shape kParameterText{.type = Type::String, .max = 512}; // "" removes the entry
constexpr Shape kIntegrationParameters{.type = Type::Map, .element = &kParameterText, .key = &kString};
constexpr Shape kText0To32768{.type = Type::String, .min = 0, .max = 32768};
constexpr Shape kTemplateMap{.type = Type::Map, .element = &kText0To32768, .key = &kString};
constexpr Shape kResponseParameters{.type = Type::Map, .element = &kIntegrationParameters, .key = &kString};
constexpr Shape kInteger50To30000{.type = Type::Integer, .min = 50, .max = 30000};
constexpr Member kTlsConfigInputMembers[] = {
    {"serverNameToVerify", &kText1To512},
};
constexpr Shape kTlsConfigInput{.type = Type::Structure, .members = kTlsConfigInputMembers};
constexpr Member kAccessLogSettingsMembers[] = {
    {"destinationArn", &kString},
    {"format", &kText1To1024},
};
constexpr Shape kAccessLogSettings{.type = Type::Structure, .members = kAccessLogSettingsMembers};
constexpr std::string_view kLoggingLevelValues[] = {"ERROR", "INFO", "OFF"};
constexpr Shape kLoggingLevel{.type = Type::String, .values = kLoggingLevelValues};
constexpr Member kRouteSettingsMembers[] = {
    simplified("dataTraceEnabled", kBoolean, "wording of WebSocket APIs' data lines is unverified"),
    {"detailedMetricsEnabled", &kBoolean},
    simplified("loggingLevel", kLoggingLevel,
        "of WebSocket APIs, as on AWS; what ERROR leaves out and some lines' wording are unverified"),
    {"throttlingBurstLimit", &kInteger},
    {"throttlingRateLimit", &kDouble},
};
constexpr Shape kRouteSettings{.type = Type::Structure, .members = kRouteSettingsMembers};
constexpr Shape kRouteSettingsMap{.type = Type::Map, .element = &kRouteSettings, .key = &kString};
constexpr Shape kText0To2048{.type = Type::String, .min = 0, .max = 2048};
constexpr Shape kStageVariablesMap{.type = Type::Map, .element = &kText0To2048, .key = &kString};
constexpr Shape kInteger0To3600{.type = Type::Integer, .min = 0, .max = 3600};
constexpr std::string_view kAuthorizerTypeValues[] = {"REQUEST", "JWT"};
constexpr Shape kAuthorizerType{.type = Type::String, .values = kAuthorizerTypeValues};
constexpr Member kJwtConfigurationMembers[] = {
    {"audience", &kStringList},
    {"issuer", &kText1To2048},
};
constexpr Shape kJwtConfiguration{.type = Type::Structure, .members = kJwtConfigurationMembers};
constexpr Shape kText1To256{.type = Type::String, .min = 1, .max = 256};

constexpr Member kCreateApiMembers[] = {
    {"apiKeySelectionExpression", &kString},
    {"corsConfiguration", &kCors},
    simplified("credentialsArn", kString, "kept and shown; roles are not assumed"),
    {"description", &kText0To1024},
    {"disableSchemaValidation", &kBoolean},
    {"disableExecuteApiEndpoint", &kBoolean},
    simplified(
        "ipAddressType", kIpAddressType, "kept and shown; every API is served at the chamber's endpoint"),
    {"name", &kText1To128, true},
    {"protocolType", &kProtocolType, true},
    {"routeKey", &kString},
    {"routeSelectionExpression", &kString},
    {"tags", &kTags},
    {"target", &kText1To2048},
    {"version", &kText1To64},
};
constexpr Member kGetApisMembers[] = {
    {.name = "maxResults", .shape = &kString, .in = In::Query},
    {.name = "nextToken", .shape = &kString, .in = In::Query},
};
constexpr Member kApiMembers[] = {
    path("apiId"),
};
constexpr Member kUpdateApiMembers[] = {
    path("apiId"),
    {"apiKeySelectionExpression", &kString},
    {"corsConfiguration", &kCors},
    simplified("credentialsArn", kString, "kept and shown; roles are not assumed"),
    {"description", &kText0To1024},
    {"disableSchemaValidation", &kBoolean},
    {"disableExecuteApiEndpoint", &kBoolean},
    simplified(
        "ipAddressType", kIpAddressType, "kept and shown; every API is served at the chamber's endpoint"),
    {"name", &kText1To128},
    {"routeKey", &kString},
    {"routeSelectionExpression", &kString},
    {"target", &kText1To2048},
    {"version", &kText1To64},
};
constexpr Member kCreateRouteMembers[] = {
    path("apiId"),
    {"apiKeyRequired", &kBoolean},
    {"authorizationScopes", &kAuthorizationScopes},
    {"authorizationType", &kAuthorizationType},
    {"authorizerId", &kString},
    {"modelSelectionExpression", &kString},
    {"operationName", &kText1To64},
    {"requestModels", &kRouteModels},
    {"requestParameters", &kRouteParameters},
    {"routeKey", &kString, true},
    {"routeResponseSelectionExpression", &kString},
    {"target", &kText1To128},
};
constexpr Member kApiPageMembers[] = {
    path("apiId"),
    {.name = "maxResults", .shape = &kString, .in = In::Query},
    {.name = "nextToken", .shape = &kString, .in = In::Query},
};
constexpr Member kRouteMembers[] = {
    path("apiId"),
    path("routeId"),
};
constexpr Member kUpdateRouteMembers[] = {
    path("apiId"),
    path("routeId"),
    {"apiKeyRequired", &kBoolean},
    {"authorizationScopes", &kAuthorizationScopes},
    {"authorizationType", &kAuthorizationType},
    {"authorizerId", &kString},
    {"modelSelectionExpression", &kString},
    {"operationName", &kText1To64},
    {"requestModels", &kRouteModels},
    {"requestParameters", &kRouteParameters},
    {"routeKey", &kString},
    {"routeResponseSelectionExpression", &kString},
    {"target", &kText1To128},
};
constexpr Member kDeleteRouteRequestParameterMembers[] = {
    path("apiId"),
    path("routeId"),
    path("requestParameterKey"),
};
constexpr Member kCreateRouteResponseMembers[] = {
    path("apiId"),
    path("routeId"),
    {"modelSelectionExpression", &kString},
    {"responseModels", &kRouteModels},
    {"responseParameters", &kRouteParameters},
    {"routeResponseKey", &kString, true},
};
constexpr Member kGetRouteResponsesMembers[] = {
    path("apiId"),
    path("routeId"),
    {.name = "maxResults", .shape = &kString, .in = In::Query},
    {.name = "nextToken", .shape = &kString, .in = In::Query},
};
constexpr Member kRouteResponseMembers[] = {
    path("apiId"),
    path("routeId"),
    path("routeResponseId"),
};
constexpr Member kUpdateRouteResponseMembers[] = {
    path("apiId"),
    path("routeId"),
    path("routeResponseId"),
    {"modelSelectionExpression", &kString},
    {"responseModels", &kRouteModels},
    {"responseParameters", &kRouteParameters},
    {"routeResponseKey", &kString},
};
constexpr Member kCreateIntegrationMembers[] = {
    path("apiId"),
    {"connectionId", &kText1To1024},
    simplified("connectionType", kConnectionType,
        "VPC_LINK calls the host of the URI, or the URL of the link's tag _custom_target_: the chamber has "
        "no "
        "networks of its own"),
    {"contentHandlingStrategy", &kContentHandlingStrategy},
    simplified("credentialsArn", kString, "kept and shown; roles are not assumed"),
    {"description", &kText0To1024},
    {"integrationMethod", &kText1To64},
    {"integrationSubtype", &kText1To128},
    {"integrationType", &kIntegrationType, true},
    {"integrationUri", &kText1To2048},
    {"passthroughBehavior", &kPassthroughBehavior},
    {"payloadFormatVersion", &kText1To64},
    {"requestParameters", &kIntegrationParameters},
    {"requestTemplates", &kTemplateMap},
    {"responseParameters", &kResponseParameters},
    {"templateSelectionExpression", &kString},
    {"timeoutInMillis", &kInteger50To30000},
    simplified(
        "tlsConfig", kTlsConfigInput, "kept and shown; the endpoint's certificate is held against its host"),
};
constexpr Member kIntegrationMembers[] = {
    path("apiId"),
    path("integrationId"),
};
constexpr Member kUpdateIntegrationMembers[] = {
    path("apiId"),
    path("integrationId"),
    {"connectionId", &kText1To1024},
    simplified("connectionType", kConnectionType,
        "VPC_LINK calls the host of the URI, or the URL of the link's tag _custom_target_: the chamber has "
        "no "
        "networks of its own"),
    {"contentHandlingStrategy", &kContentHandlingStrategy},
    simplified("credentialsArn", kString, "kept and shown; roles are not assumed"),
    {"description", &kText0To1024},
    {"integrationMethod", &kText1To64},
    {"integrationSubtype", &kText1To128},
    {"integrationType", &kIntegrationType},
    {"integrationUri", &kText1To2048},
    {"passthroughBehavior", &kPassthroughBehavior},
    {"payloadFormatVersion", &kText1To64},
    {"requestParameters", &kIntegrationParameters},
    {"requestTemplates", &kTemplateMap},
    {"responseParameters", &kResponseParameters},
    {"templateSelectionExpression", &kString},
    {"timeoutInMillis", &kInteger50To30000},
    simplified(
        "tlsConfig", kTlsConfigInput, "kept and shown; the endpoint's certificate is held against its host"),
};
constexpr Member kCreateIntegrationResponseMembers[] = {
    path("apiId"),
    path("integrationId"),
    {"contentHandlingStrategy", &kContentHandlingStrategy},
    {"integrationResponseKey", &kString, true},
    {"responseParameters", &kIntegrationParameters},
    {"responseTemplates", &kTemplateMap},
    {"templateSelectionExpression", &kString},
};
constexpr Member kGetIntegrationResponsesMembers[] = {
    path("apiId"),
    path("integrationId"),
    {.name = "maxResults", .shape = &kString, .in = In::Query},
    {.name = "nextToken", .shape = &kString, .in = In::Query},
};
constexpr Member kIntegrationResponseMembers[] = {
    path("apiId"),
    path("integrationId"),
    path("integrationResponseId"),
};
constexpr Member kUpdateIntegrationResponseMembers[] = {
    path("apiId"),
    path("integrationId"),
    path("integrationResponseId"),
    {"contentHandlingStrategy", &kContentHandlingStrategy},
    {"integrationResponseKey", &kString},
    {"responseParameters", &kIntegrationParameters},
    {"responseTemplates", &kTemplateMap},
    {"templateSelectionExpression", &kString},
};
constexpr Member kCreateDeploymentMembers[] = {
    path("apiId"),
    {"description", &kText0To1024},
    {"stageName", &kText1To128},
};
constexpr Member kDeploymentMembers[] = {
    path("apiId"),
    path("deploymentId"),
};
constexpr Member kUpdateDeploymentMembers[] = {
    path("apiId"),
    path("deploymentId"),
    {"description", &kText0To1024},
};
constexpr Member kCreateStageMembers[] = {
    path("apiId"),
    simplified("accessLogSettings", kAccessLogSettings, "to log groups, not to Firehose"),
    {"autoDeploy", &kBoolean},
    simplified("clientCertificateId", kString, "checked, kept and shown; backends are not shown it"),
    {"defaultRouteSettings", &kRouteSettings},
    {"deploymentId", &kString},
    {"description", &kText0To1024},
    {"routeSettings", &kRouteSettingsMap},
    {"stageName", &kString, true},
    {"stageVariables", &kStageVariablesMap},
    {"tags", &kTags},
};
constexpr Member kStageMembers[] = {
    path("apiId"),
    path("stageName"),
};
constexpr Member kUpdateStageMembers[] = {
    path("apiId"),
    path("stageName"),
    simplified("accessLogSettings", kAccessLogSettings, "to log groups, not to Firehose"),
    {"autoDeploy", &kBoolean},
    simplified("clientCertificateId", kString, "checked, kept and shown; backends are not shown it"),
    {"defaultRouteSettings", &kRouteSettings},
    {"deploymentId", &kString},
    {"description", &kText0To1024},
    {"routeSettings", &kRouteSettingsMap},
    {"stageVariables", &kStageVariablesMap},
};
constexpr Member kDeleteRouteSettingsMembers[] = {
    path("apiId"),
    path("stageName"),
    path("routeKey"),
};
constexpr Member kCreateAuthorizerMembers[] = {
    path("apiId"),
    simplified("authorizerCredentialsArn", kString, "kept and shown; roles are not assumed"),
    {"authorizerPayloadFormatVersion", &kText1To64},
    {"authorizerResultTtlInSeconds", &kInteger0To3600},
    {"authorizerType", &kAuthorizerType, true},
    {"authorizerUri", &kText1To2048},
    {"enableSimpleResponses", &kBoolean},
    {"identitySource", &kStringList, true},
    {"identityValidationExpression", &kText0To1024},
    {"jwtConfiguration", &kJwtConfiguration},
    {"name", &kText1To128, true},
};
constexpr Member kAuthorizerMembers[] = {
    path("apiId"),
    path("authorizerId"),
};
constexpr Member kUpdateAuthorizerMembers[] = {
    path("apiId"),
    path("authorizerId"),
    simplified("authorizerCredentialsArn", kString, "kept and shown; roles are not assumed"),
    {"authorizerPayloadFormatVersion", &kText1To64},
    {"authorizerResultTtlInSeconds", &kInteger0To3600},
    {"authorizerType", &kAuthorizerType},
    {"authorizerUri", &kText1To2048},
    {"enableSimpleResponses", &kBoolean},
    {"identitySource", &kStringList},
    {"identityValidationExpression", &kText0To1024},
    {"jwtConfiguration", &kJwtConfiguration},
    {"name", &kText1To128},
};
constexpr Member kCreateModelMembers[] = {
    path("apiId"),
    {"contentType", &kText1To256},
    {"description", &kText0To1024},
    {"name", &kText1To128, true},
    {"schema", &kText0To32768, true},
};
constexpr Member kModelMembers[] = {
    path("apiId"),
    path("modelId"),
};
constexpr Member kUpdateModelMembers[] = {
    path("apiId"),
    path("modelId"),
    {"contentType", &kText1To256},
    {"description", &kText0To1024},
    {"name", &kText1To128},
    {"schema", &kText0To32768},
};
constexpr Member kGetTagsMembers[] = {
    path("resourceArn"),
};
constexpr Member kTagResourceMembers[] = {
    path("resourceArn"),
    {"tags", &kTags},
};
constexpr Member kUntagResourceMembers[] = {
    path("resourceArn"),
    {.name = "tagKeys", .shape = &kStringList, .required = true, .in = In::Query},
};

}

constexpr Shape kCreateApiShape{.type = Type::Structure, .members = kCreateApiMembers};
constexpr Shape kGetApisShape{.type = Type::Structure, .members = kGetApisMembers};
constexpr Shape kApiShape{.type = Type::Structure, .members = kApiMembers};
constexpr Shape kUpdateApiShape{.type = Type::Structure, .members = kUpdateApiMembers};
constexpr Shape kCreateRouteShape{.type = Type::Structure, .members = kCreateRouteMembers};
constexpr Shape kApiPageShape{.type = Type::Structure, .members = kApiPageMembers};
constexpr Shape kRouteShape{.type = Type::Structure, .members = kRouteMembers};
constexpr Shape kUpdateRouteShape{.type = Type::Structure, .members = kUpdateRouteMembers};
constexpr Shape kDeleteRouteRequestParameterShape{
    .type = Type::Structure, .members = kDeleteRouteRequestParameterMembers};
constexpr Shape kCreateRouteResponseShape{.type = Type::Structure, .members = kCreateRouteResponseMembers};
constexpr Shape kGetRouteResponsesShape{.type = Type::Structure, .members = kGetRouteResponsesMembers};
constexpr Shape kRouteResponseShape{.type = Type::Structure, .members = kRouteResponseMembers};
constexpr Shape kUpdateRouteResponseShape{.type = Type::Structure, .members = kUpdateRouteResponseMembers};
constexpr Shape kCreateIntegrationShape{.type = Type::Structure, .members = kCreateIntegrationMembers};
constexpr Shape kIntegrationShape{.type = Type::Structure, .members = kIntegrationMembers};
constexpr Shape kUpdateIntegrationShape{.type = Type::Structure, .members = kUpdateIntegrationMembers};
constexpr Shape kCreateIntegrationResponseShape{
    .type = Type::Structure, .members = kCreateIntegrationResponseMembers};
constexpr Shape kGetIntegrationResponsesShape{
    .type = Type::Structure, .members = kGetIntegrationResponsesMembers};
constexpr Shape kIntegrationResponseShape{.type = Type::Structure, .members = kIntegrationResponseMembers};
constexpr Shape kUpdateIntegrationResponseShape{
    .type = Type::Structure, .members = kUpdateIntegrationResponseMembers};
constexpr Shape kCreateDeploymentShape{.type = Type::Structure, .members = kCreateDeploymentMembers};
constexpr Shape kDeploymentShape{.type = Type::Structure, .members = kDeploymentMembers};
constexpr Shape kUpdateDeploymentShape{.type = Type::Structure, .members = kUpdateDeploymentMembers};
constexpr Shape kCreateStageShape{.type = Type::Structure, .members = kCreateStageMembers};
constexpr Shape kStageShape{.type = Type::Structure, .members = kStageMembers};
constexpr Shape kUpdateStageShape{.type = Type::Structure, .members = kUpdateStageMembers};
constexpr Shape kDeleteRouteSettingsShape{.type = Type::Structure, .members = kDeleteRouteSettingsMembers};
constexpr Shape kCreateAuthorizerShape{.type = Type::Structure, .members = kCreateAuthorizerMembers};
constexpr Shape kAuthorizerShape{.type = Type::Structure, .members = kAuthorizerMembers};
constexpr Shape kUpdateAuthorizerShape{.type = Type::Structure, .members = kUpdateAuthorizerMembers};
constexpr Shape kCreateModelShape{.type = Type::Structure, .members = kCreateModelMembers};
constexpr Shape kModelShape{.type = Type::Structure, .members = kModelMembers};
constexpr Shape kUpdateModelShape{.type = Type::Structure, .members = kUpdateModelMembers};
constexpr Shape kGetTagsShape{.type = Type::Structure, .members = kGetTagsMembers};
constexpr Shape kTagResourceShape{.type = Type::Structure, .members = kTagResourceMembers};
constexpr Shape kUntagResourceShape{.type = Type::Structure, .members = kUntagResourceMembers};

}
