#include "core/project/gateway_types.h"

#include "core/base/ids.h"
#include "core/project/template.h"

#include <nlohmann/json.hpp>

#include <array>

namespace core::project {

using nlohmann::json;

namespace {

constexpr auto kHttpApiProperties = std::to_array<std::string_view>({
    "Name",
    "Description",
    "StageName",
    "StageVariables.*",
    "DefinitionBody.**",
    "DisableExecuteApiEndpoint",
    "CorsConfiguration.AllowCredentials",
    "CorsConfiguration.AllowHeaders[]",
    "CorsConfiguration.AllowMethods[]",
    "CorsConfiguration.AllowOrigins[]",
    "CorsConfiguration.ExposeHeaders[]",
    "CorsConfiguration.MaxAge",
    "Auth.DefaultAuthorizer",
    "Auth.EnableIamAuthorizer",
    "Auth.Authorizers.*.AuthorizationScopes[]",
    "Auth.Authorizers.*.IdentitySource",
    "Auth.Authorizers.*.JwtConfiguration.issuer",
    "Auth.Authorizers.*.JwtConfiguration.audience[]",
    "Auth.Authorizers.*.FunctionArn",
    "Auth.Authorizers.*.AuthorizerPayloadFormatVersion",
    "Auth.Authorizers.*.EnableSimpleResponses",
    "Auth.Authorizers.*.EnableFunctionDefaultPermissions",
    "Auth.Authorizers.*.Identity.Headers[]",
    "Auth.Authorizers.*.Identity.QueryStrings[]",
    "Auth.Authorizers.*.Identity.StageVariables[]",
    "Auth.Authorizers.*.Identity.Context[]",
    "Auth.Authorizers.*.Identity.ReauthorizeEvery",
    "AccessLogSettings.DestinationArn",
    "AccessLogSettings.Format",
    "DefaultRouteSettings.ThrottlingBurstLimit",
    "DefaultRouteSettings.ThrottlingRateLimit",
    "DefaultRouteSettings.DetailedMetricsEnabled",
    "Domain.DomainName",
    "Domain.CertificateArn",
    "Domain.EndpointConfiguration",
    "Domain.BasePath[]",
});

constexpr auto kApi = std::to_array<std::string_view>({"Name", "Description", "ProtocolType", "Version",
    "RouteSelectionExpression", "ApiKeySelectionExpression", "DisableExecuteApiEndpoint",
    "DisableSchemaValidation", "CorsConfiguration.AllowCredentials", "CorsConfiguration.AllowHeaders[]",
    "CorsConfiguration.AllowMethods[]", "CorsConfiguration.AllowOrigins[]",
    "CorsConfiguration.ExposeHeaders[]", "CorsConfiguration.MaxAge", "Target", "RouteKey", "CredentialsArn",
    "Tags.*"});
constexpr auto kIntegration = std::to_array<std::string_view>({"ApiId", "ConnectionId", "ConnectionType",
    "ContentHandlingStrategy", "CredentialsArn", "Description", "IntegrationMethod", "IntegrationSubtype",
    "IntegrationType", "IntegrationUri", "PassthroughBehavior", "PayloadFormatVersion", "RequestParameters.*",
    "RequestTemplates.*", "TemplateSelectionExpression", "TimeoutInMillis", "TlsConfig.ServerNameToVerify"});
constexpr auto kRoute = std::to_array<std::string_view>({"ApiId", "ApiKeyRequired", "AuthorizationScopes[]",
    "AuthorizationType", "AuthorizerId", "ModelSelectionExpression", "OperationName", "RequestModels.*",
    "RouteKey", "RouteResponseSelectionExpression", "Target"});
constexpr auto kRouteResponse = std::to_array<std::string_view>(
    {"ApiId", "RouteId", "ModelSelectionExpression", "ResponseModels.*", "RouteResponseKey"});
constexpr auto kIntegrationResponse =
    std::to_array<std::string_view>({"ApiId", "IntegrationId", "ContentHandlingStrategy",
        "IntegrationResponseKey", "ResponseTemplates.*", "TemplateSelectionExpression"});
constexpr auto kAuthorizer = std::to_array<std::string_view>(
    {"ApiId", "AuthorizerCredentialsArn", "AuthorizerPayloadFormatVersion", "AuthorizerResultTtlInSeconds",
        "AuthorizerType", "AuthorizerUri", "EnableSimpleResponses", "IdentitySource[]",
        "IdentityValidationExpression", "JwtConfiguration.Audience[]", "JwtConfiguration.Issuer", "Name"});
constexpr auto kStage = std::to_array<std::string_view>({"ApiId", "AccessLogSettings.DestinationArn",
    "AccessLogSettings.Format", "AutoDeploy", "DefaultRouteSettings.ThrottlingBurstLimit",
    "DefaultRouteSettings.ThrottlingRateLimit", "DefaultRouteSettings.DetailedMetricsEnabled",
    "DefaultRouteSettings.DataTraceEnabled", "DefaultRouteSettings.LoggingLevel", "DeploymentId",
    "Description", "StageName", "StageVariables.*", "Tags.*"});
constexpr auto kDeployment = std::to_array<std::string_view>({"ApiId", "Description", "StageName"});
constexpr auto kDomainName =
    std::to_array<std::string_view>({"DomainName", "DomainNameConfigurations[].CertificateArn",
        "DomainNameConfigurations[].CertificateName", "DomainNameConfigurations[].EndpointType",
        "DomainNameConfigurations[].SecurityPolicy", "DomainNameConfigurations[].IpAddressType",
        "DomainNameConfigurations[].OwnershipVerificationCertificateArn",
        "MutualTlsAuthentication.TruststoreUri", "MutualTlsAuthentication.TruststoreVersion", "Tags.*"});
constexpr auto kMapping = std::to_array<std::string_view>({"ApiId", "ApiMappingKey", "DomainName", "Stage"});
constexpr auto kVpcLink =
    std::to_array<std::string_view>({"Name", "SecurityGroupIds[]", "SubnetIds[]", "Tags.*"});
constexpr auto kPermission = std::to_array<std::string_view>(
    {"Action", "FunctionName", "Principal", "SourceArn", "SourceAccount", "EventSourceToken"});

// A resource whose properties are an action's members.
struct Direct {
    const char* action;
    const char* id; // the member of the answer that Ref gives
};

constexpr Direct kMakesApi{"CreateApi", "apiId"};
constexpr Direct kMakesIntegration{"CreateIntegration", "integrationId"};
constexpr Direct kMakesRoute{"CreateRoute", "routeId"};
constexpr Direct kMakesRouteResponse{"CreateRouteResponse", "routeResponseId"};
constexpr Direct kMakesIntegrationResponse{"CreateIntegrationResponse", "integrationResponseId"};
constexpr Direct kMakesAuthorizer{"CreateAuthorizer", "authorizerId"};
constexpr Direct kMakesStage{"CreateStage", "stageName"};
constexpr Direct kMakesDeployment{"CreateDeployment", "deploymentId"};
constexpr Direct kMakesMapping{"CreateApiMapping", "apiMappingId"};
constexpr Direct kMakesVpcLink{"CreateVpcLink", "vpcLinkId"};

// Fn::GetAtt gives what the answer has, in CloudFormation's letters.
std::map<std::string, std::string> attributesOf(const json& answer)
{
    std::map<std::string, std::string> attributes;
    for (const auto& [name, value] : answer.items()) {
        if (!value.is_string() || name.empty())
            continue;
        auto spelled = name;
        spelled[0] = static_cast<char>(spelled[0] - 'a' + 'A');
        attributes[spelled] = value.get<std::string>();
    }
    return attributes;
}

template <const Direct& Kind>
Result<Created> createDirect(ImportContext& context, const std::string&, const json& properties)
{
    CORE_TRY(const auto answer, context.call("apigatewayv2", Kind.action, wireMembers(properties)));
    return Created{answer.value(Kind.id, ""), attributesOf(answer)};
}

Result<Created> createGatewayApi(ImportContext& context, const std::string& logicalId, const json& properties)
{
    CORE_TRY(auto created, createDirect<kMakesApi>(context, logicalId, properties));
    context.report.httpApiId = created.ref;
    return created;
}

Result<Created> createDomain(ImportContext& context, const std::string&, const json& properties)
{
    CORE_TRY(const auto answer, context.call("apigatewayv2", "CreateDomainName", wireMembers(properties)));
    const auto configurations = answer.value("domainNameConfigurations", json::array());
    const auto first = configurations.empty() ? json::object() : configurations.front();
    return Created{answer.value("domainName", ""),
        {{"RegionalDomainName", first.value("apiGatewayDomainName", "")},
            {"RegionalHostedZoneId", first.value("hostedZoneId", "")},
            {"DomainNameArn", answer.value("domainNameArn", "")}}};
}

Result<Created> createPermission(ImportContext& context, const std::string& logicalId, const json& properties)
{
    auto input = properties;
    input["StatementId"] = context.name + "-" + logicalId + "-" + randomUpper(12);
    CORE_CHECK(context.call("lambda", "AddPermission", input));
    return Created{input["StatementId"], {}};
}

constexpr auto kTypes = std::to_array<ResourceType>({
    {"AWS::Serverless::HttpApi", kHttpApiProperties, createHttpApi},
    {"AWS::ApiGatewayV2::Api", kApi, createGatewayApi},
    {"AWS::ApiGatewayV2::Integration", kIntegration, createDirect<kMakesIntegration>},
    {"AWS::ApiGatewayV2::IntegrationResponse", kIntegrationResponse, createDirect<kMakesIntegrationResponse>},
    {"AWS::ApiGatewayV2::Route", kRoute, createDirect<kMakesRoute>},
    {"AWS::ApiGatewayV2::RouteResponse", kRouteResponse, createDirect<kMakesRouteResponse>},
    {"AWS::ApiGatewayV2::Authorizer", kAuthorizer, createDirect<kMakesAuthorizer>},
    {"AWS::ApiGatewayV2::Stage", kStage, createDirect<kMakesStage>},
    {"AWS::ApiGatewayV2::Deployment", kDeployment, createDirect<kMakesDeployment>},
    {"AWS::ApiGatewayV2::DomainName", kDomainName, createDomain},
    {"AWS::ApiGatewayV2::ApiMapping", kMapping, createDirect<kMakesMapping>},
    {"AWS::ApiGatewayV2::VpcLink", kVpcLink, createDirect<kMakesVpcLink>},
    {"AWS::Lambda::Permission", kPermission, createPermission},
});

}

std::span<const ResourceType> gatewayTypes()
{
    return kTypes;
}

std::span<const std::string_view> httpApiProperties()
{
    return kHttpApiProperties;
}

}
