#pragma once

#include "core/apigateway/model.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace core::apigateway::v2 {

// The nouns of an HTTP or WebSocket API as plain values, with AWS's member names. An empty string, list or
// map and an empty optional stand for a member that was never set; it is then absent on the wire.

using apigateway::StringMap;
using Strings = std::vector<std::string>;
using Requirements = std::map<std::string, bool>; // "route.request.header.X" → required

struct Cors {
    bool allowCredentials = false;
    Strings allowHeaders;
    Strings allowMethods;
    Strings allowOrigins;
    Strings exposeHeaders;
    std::optional<int> maxAge;
};

struct RouteResponse {
    std::string routeResponseId;
    std::string routeResponseKey; // "$default" alone, as on AWS
    std::string modelSelectionExpression;
    StringMap responseModels;
    Requirements responseParameters;
};

struct Route {
    std::string routeId;
    std::string routeKey; // "GET /books/{id}", "$default"; of WebSocket APIs "$connect", "join" …
    std::optional<bool> apiGatewayManaged;
    bool apiKeyRequired = false;
    std::string authorizationType = "NONE"; // NONE, AWS_IAM, CUSTOM, JWT
    std::string authorizerId;
    Strings authorizationScopes;
    std::string modelSelectionExpression;
    std::string operationName;
    StringMap requestModels;
    Requirements requestParameters;
    std::string routeResponseSelectionExpression;
    std::string target; // "integrations/<id>"
    std::map<std::string, RouteResponse> routeResponses; // by id

    std::string integrationId() const; // "" without a target
};

struct IntegrationResponse {
    std::string integrationResponseId;
    std::string integrationResponseKey; // "$default", "/200/"
    std::string contentHandlingStrategy;
    StringMap responseParameters;
    StringMap responseTemplates;
    std::string templateSelectionExpression;
};

struct TlsConfig {
    std::string serverNameToVerify;
};

struct Integration {
    std::string integrationId;
    std::optional<bool> apiGatewayManaged;
    std::string connectionId;
    std::string connectionType = "INTERNET";
    std::string contentHandlingStrategy;
    std::string credentialsArn;
    std::string description;
    std::string integrationMethod;
    std::string integrationResponseSelectionExpression;
    std::string integrationSubtype; // "SQS-SendMessage"
    std::string integrationType; // AWS, AWS_PROXY, HTTP, HTTP_PROXY, MOCK
    std::string integrationUri;
    std::string passthroughBehavior;
    std::string payloadFormatVersion;
    std::optional<StringMap> requestParameters; // "append:header.X" → value with $variables
    StringMap requestTemplates;
    std::optional<std::map<std::string, StringMap>> responseParameters; // by status code
    std::string templateSelectionExpression;
    std::optional<TlsConfig> tlsConfig;
    int timeoutInMillis = 30'000;
    std::map<std::string, IntegrationResponse> integrationResponses; // by id
};

struct JwtConfiguration {
    Strings audience;
    std::string issuer;
};

struct Authorizer {
    std::string authorizerId;
    std::string name;
    std::string authorizerType; // REQUEST, JWT
    std::string authorizerUri;
    std::string authorizerCredentialsArn;
    std::string authorizerPayloadFormatVersion;
    std::optional<int> authorizerResultTtlInSeconds;
    std::optional<bool> enableSimpleResponses;
    Strings identitySource;
    std::string identityValidationExpression;
    std::optional<JwtConfiguration> jwtConfiguration;
};

struct Model {
    std::string modelId;
    std::string name;
    std::string contentType;
    std::string description;
    std::string schema;
};

// What a deployment freezes of an API.
struct Definition {
    std::optional<Cors> corsConfiguration;
    std::string routeSelectionExpression;
    std::string apiKeySelectionExpression;
    std::optional<bool> disableSchemaValidation;
    std::map<std::string, Route> routes; // by id
    std::map<std::string, Integration> integrations; // by id
    std::map<std::string, Authorizer> authorizers; // by id
    std::map<std::string, Model> models; // by id
};

struct Api : Definition {
    std::string apiId;
    std::string region;
    std::string account;
    std::string name;
    std::string description;
    std::string version;
    std::string protocolType; // HTTP, WEBSOCKET
    std::string ipAddressType = "ipv4";
    bool disableExecuteApiEndpoint = false;
    Micros createdDate = 0;
    StringMap tags;

    bool isHttp() const { return protocolType == "HTTP"; }
};

struct RouteSettings {
    std::optional<bool> dataTraceEnabled;
    std::optional<bool> detailedMetricsEnabled;
    std::string loggingLevel;
    std::optional<int> throttlingBurstLimit;
    std::optional<double> throttlingRateLimit;
};

struct AccessLogSettings {
    std::string destinationArn;
    std::string format;
};

struct Stage {
    std::string stageName;
    std::optional<bool> apiGatewayManaged;
    std::optional<AccessLogSettings> accessLogSettings;
    std::optional<bool> autoDeploy;
    std::string clientCertificateId; // of WebSocket APIs
    Micros createdDate = 0;
    Micros lastUpdatedDate = 0;
    RouteSettings defaultRouteSettings;
    std::map<std::string, RouteSettings> routeSettings; // by route key
    std::string deploymentId;
    std::string description;
    std::string lastDeploymentStatusMessage;
    StringMap stageVariables;
    StringMap tags;
    int authorizersCacheEpoch = 0; // grows by ResetAuthorizersCache; never on the wire
};

class RouteTable;

// What a stage serves: the API as it was when the deployment was made. Never changes but for its description.
struct Deployment : Definition {
    std::string deploymentId;
    bool autoDeployed = false;
    std::string deploymentStatus = "DEPLOYED";
    std::string deploymentStatusMessage;
    std::string description;
    Micros createdDate = 0;
    std::shared_ptr<const RouteTable> routeTable; // of HTTP APIs, made when the deployment enters the cache
};

// Everything of one API. A published state never changes: writers copy it, readers keep the pointer.
struct ApiState {
    Api api;
    std::map<std::string, std::shared_ptr<const Deployment>> deployments; // by id
    std::map<std::string, Stage> stages; // by name
};

using ApiPtr = std::shared_ptr<const ApiState>;

}
