#pragma once

#include "core/apigateway/authorizer.h"
#include "core/apigateway/documentation.h"
#include "core/apigateway/stage_settings.h"
#include "core/base/clock.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace core::apigateway {

// The nouns of a REST API as plain values, with AWS's member names. An empty string or map stands for a
// member that was never set; it is then absent on the wire.

using StringMap = std::map<std::string, std::string>;

struct MethodResponse {
    std::string statusCode;
    std::map<std::string, bool> responseParameters; // "method.response.header.X" → required
    StringMap responseModels; // content type → model name
};

struct IntegrationResponse {
    std::string statusCode;
    std::optional<std::string> selectionPattern;
    StringMap responseParameters; // "method.response.header.X" → mapping expression
    std::map<std::string, std::optional<std::string>> responseTemplates;
    std::string contentHandling;
};

enum class IntegrationType { AwsProxy, HttpProxy, Mock, Aws, Http };

struct Integration {
    IntegrationType type = IntegrationType::Mock;
    std::string httpMethod;
    std::string uri;
    std::string connectionType;
    std::string connectionId; // of a VPC link, or a stage variable that names one
    std::optional<bool> insecureSkipVerification; // of tlsConfig
    std::string credentials;
    StringMap requestParameters; // "integration.request.path.proxy" → mapping expression
    StringMap requestTemplates; // content type → template
    std::string passthroughBehavior = "WHEN_NO_MATCH";
    std::string contentHandling; // "", CONVERT_TO_BINARY or CONVERT_TO_TEXT
    int timeoutInMillis = 29'000;
    std::string cacheNamespace;
    std::vector<std::string> cacheKeyParameters;
    std::string responseTransferMode; // BUFFERED, STREAM or "" for BUFFERED
    std::string integrationTarget; // the load balancer behind a VPC link
    std::map<std::string, IntegrationResponse> integrationResponses; // by status code

    bool streams() const { return responseTransferMode == "STREAM"; }
};

struct Method {
    std::string httpMethod;
    std::string authorizationType = "NONE"; // or AWS_IAM, CUSTOM, COGNITO_USER_POOLS
    std::string authorizerId;
    std::vector<std::string> authorizationScopes; // of a Cognito authorizer's access tokens
    bool apiKeyRequired = false;
    std::string operationName;
    std::string requestValidatorId;
    std::map<std::string, bool> requestParameters; // "method.request.path.id" → required
    StringMap requestModels;
    std::map<std::string, MethodResponse> methodResponses; // by status code
    std::optional<Integration> integration;
};

struct Resource {
    std::string id;
    std::string parentId; // "" for the root
    std::string pathPart; // "" for the root
    std::string path; // "/books/{id}"
    std::map<std::string, Method> methods; // by HTTP method or "ANY"
};

using Resources = std::map<std::string, Resource>; // by id

// A JSON Schema that bodies are held against, by name.
struct Model {
    std::string id;
    std::string name;
    std::string description;
    std::string schema;
    std::string contentType;
};

struct RequestValidator {
    std::string id;
    std::string name;
    bool validateRequestBody = false;
    bool validateRequestParameters = false;
};

// What an API answers itself instead of AWS's default for a type.
struct GatewayResponse {
    std::string statusCode; // "" for the default's
    StringMap responseParameters; // "gatewayresponse.header.X" → mapping expression
    StringMap responseTemplates; // content type → template
};

// What a deployment freezes of an API.
struct ApiDefinition {
    std::vector<std::string> binaryMediaTypes;
    std::optional<int> minimumCompressionSize;
    Resources resources;
    std::map<std::string, Model> models; // by name
    std::map<std::string, RequestValidator> validators; // by id
    std::map<std::string, GatewayResponse> gatewayResponses; // by AWS's type name
    Authorizers authorizers;
    std::string policy; // the resource policy as a JSON document, "" for none
};

struct RestApi : ApiDefinition {
    std::string id;
    std::string region;
    std::string account;
    std::string name;
    std::string description;
    std::string version;
    Micros createdDate = 0;
    std::string apiKeySource = "HEADER";
    std::string endpointType = "EDGE";
    std::string ipAddressType = "ipv4";
    std::vector<std::string> vpcEndpointIds; // of a private API
    std::string securityPolicy; // "" for AWS's default
    std::string endpointAccessMode;
    bool disableExecuteApiEndpoint = false;
    std::string rootResourceId;
    StringMap tags;
    Documentation documentation;
};

class Router;

// What a stage serves: the API as it was when the deployment was made. Never changes but for its description.
struct Deployment : ApiDefinition {
    std::string id;
    std::string description;
    Micros createdDate = 0;
    std::shared_ptr<const Router> router; // made from `resources` when the deployment enters the cache
};

struct Stage {
    std::string stageName;
    std::string deploymentId;
    std::string description;
    std::string documentationVersion;
    StringMap variables;
    StringMap tags;
    StageSettings settings;
    Micros createdDate = 0;
    Micros lastUpdatedDate = 0;
};

// Everything of one API. A published state never changes: writers copy it, readers keep the pointer.
struct ApiState {
    RestApi api;
    std::map<std::string, std::shared_ptr<const Deployment>> deployments; // by id
    std::map<std::string, Stage> stages; // by name
};

using ApiPtr = std::shared_ptr<const ApiState>;

}
