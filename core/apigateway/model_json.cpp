#include "core/apigateway/model_json.h"

#include "core/apigateway/definition_json.h"

#include <nlohmann/json.hpp>

namespace core::apigateway {

using nlohmann::json;

namespace {

void setText(json& into, const char* name, const std::string& value)
{
    if (!value.empty())
        into[name] = value;
}

template <typename Container> void setFilled(json& into, const char* name, const Container& value)
{
    if (!value.empty())
        into[name] = value;
}

// AWS gives a policy with its quotes escaped once more.
std::string shownPolicy(const std::string& policy)
{
    if (policy.empty())
        return policy;
    const auto quoted = json(policy).dump();
    return quoted.substr(1, quoted.size() - 2);
}

std::int64_t seconds(Micros moment)
{
    return moment / kSecond;
}

json resourcesJson(const Resources& resources)
{
    json list = json::array();
    for (const auto& [id, resource] : resources)
        list.push_back(toJson(resource, true));
    return list;
}

MethodResponse methodResponse(const json& from)
{
    return {text(from, "statusCode"), flagMap(from, "responseParameters"), stringMap(from, "responseModels")};
}

IntegrationType integrationType(const std::string& name)
{
    if (name == "AWS_PROXY")
        return IntegrationType::AwsProxy;
    if (name == "AWS")
        return IntegrationType::Aws;
    if (name == "HTTP")
        return IntegrationType::Http;
    return name == "HTTP_PROXY" ? IntegrationType::HttpProxy : IntegrationType::Mock;
}

Integration integration(const json& from)
{
    Integration result;
    result.type = integrationType(text(from, "type"));
    result.httpMethod = text(from, "httpMethod");
    result.uri = text(from, "uri");
    result.connectionType = text(from, "connectionType");
    result.connectionId = text(from, "connectionId");
    result.insecureSkipVerification = skipsVerification(from);
    result.credentials = text(from, "credentials");
    result.requestParameters = stringMap(from, "requestParameters");
    result.requestTemplates = stringMap(from, "requestTemplates");
    result.passthroughBehavior = text(from, "passthroughBehavior");
    result.contentHandling = text(from, "contentHandling");
    result.timeoutInMillis = from.value("timeoutInMillis", 29'000);
    result.cacheNamespace = text(from, "cacheNamespace");
    result.cacheKeyParameters = stringList(from, "cacheKeyParameters");
    result.responseTransferMode = text(from, "responseTransferMode");
    result.integrationTarget = text(from, "integrationTarget");
    if (const auto responses = from.find("integrationResponses"); responses != from.end()) {
        for (const auto& [status, value] : responses->items())
            result.integrationResponses[status] = integrationResponse(value);
    }
    return result;
}

Method method(const json& from)
{
    Method result;
    result.httpMethod = text(from, "httpMethod");
    result.authorizationType = text(from, "authorizationType");
    result.authorizerId = text(from, "authorizerId");
    result.authorizationScopes = stringList(from, "authorizationScopes");
    result.apiKeyRequired = flag(from, "apiKeyRequired");
    result.operationName = text(from, "operationName");
    result.requestValidatorId = text(from, "requestValidatorId");
    result.requestParameters = flagMap(from, "requestParameters");
    result.requestModels = stringMap(from, "requestModels");
    if (const auto responses = from.find("methodResponses"); responses != from.end()) {
        for (const auto& [status, value] : responses->items())
            result.methodResponses[status] = methodResponse(value);
    }
    if (const auto found = from.find("methodIntegration"); found != from.end())
        result.integration = integration(*found);
    return result;
}

Resource resource(const json& from)
{
    Resource result{text(from, "id"), text(from, "parentId"), text(from, "pathPart"), text(from, "path"), {}};
    if (const auto methods = from.find("resourceMethods"); methods != from.end()) {
        for (const auto& [name, value] : methods->items())
            result.methods[name] = method(value);
    }
    return result;
}

Resources resources(const json& from)
{
    Resources result;
    for (const auto& entry : from.value("resources", json::array())) {
        auto one = resource(entry);
        auto id = one.id;
        result.emplace(std::move(id), std::move(one));
    }
    return result;
}

Result<json> parseStored(std::string_view stored)
{
    auto value = json::parse(stored, nullptr, false);
    if (!value.is_object())
        return fail(ErrorKind::Io, "InternalFailure", "A stored API Gateway record is not readable");
    return value;
}

}

IntegrationResponse integrationResponse(const json& from)
{
    IntegrationResponse response;
    response.statusCode = text(from, "statusCode");
    if (from.contains("selectionPattern"))
        response.selectionPattern = text(from, "selectionPattern");
    response.responseParameters = stringMap(from, "responseParameters");
    if (const auto templates = from.find("responseTemplates"); templates != from.end()) {
        for (const auto& [type, value] : templates->items())
            response.responseTemplates[type] =
                value.is_string() ? std::optional(value.get<std::string>()) : std::nullopt;
    }
    response.contentHandling = text(from, "contentHandling");
    return response;
}

json toJson(const MethodResponse& response)
{
    json out{{"statusCode", response.statusCode}};
    setFilled(out, "responseParameters", response.responseParameters);
    setFilled(out, "responseModels", response.responseModels);
    return out;
}

json toJson(const IntegrationResponse& response)
{
    json out{{"statusCode", response.statusCode}};
    if (response.selectionPattern)
        out["selectionPattern"] = *response.selectionPattern;
    setFilled(out, "responseParameters", response.responseParameters);
    for (const auto& [type, value] : response.responseTemplates)
        out["responseTemplates"][type] = value ? json(*value) : json(nullptr);
    setText(out, "contentHandling", response.contentHandling);
    return out;
}

std::string_view wireName(IntegrationType type)
{
    switch (type) {
    case IntegrationType::AwsProxy:
        return "AWS_PROXY";
    case IntegrationType::HttpProxy:
        return "HTTP_PROXY";
    case IntegrationType::Aws:
        return "AWS";
    case IntegrationType::Http:
        return "HTTP";
    case IntegrationType::Mock:
        break;
    }
    return "MOCK";
}

json toJson(const Integration& integration)
{
    json out{{"type", wireName(integration.type)}, {"passthroughBehavior", integration.passthroughBehavior},
        {"timeoutInMillis", integration.timeoutInMillis}, {"cacheNamespace", integration.cacheNamespace},
        {"cacheKeyParameters", integration.cacheKeyParameters}};
    setText(out, "httpMethod", integration.httpMethod);
    setText(out, "uri", integration.uri);
    setText(out, "connectionType", integration.connectionType);
    setText(out, "connectionId", integration.connectionId);
    if (integration.insecureSkipVerification)
        out["tlsConfig"]["insecureSkipVerification"] = *integration.insecureSkipVerification;
    setText(out, "credentials", integration.credentials);
    setText(out, "contentHandling", integration.contentHandling);
    setFilled(out, "requestParameters", integration.requestParameters);
    setFilled(out, "requestTemplates", integration.requestTemplates);
    setText(out, "responseTransferMode", integration.responseTransferMode);
    setText(out, "integrationTarget", integration.integrationTarget);
    for (const auto& [status, response] : integration.integrationResponses)
        out["integrationResponses"][status] = toJson(response);
    return out;
}

json toJson(const Method& method)
{
    json out{{"httpMethod", method.httpMethod}, {"authorizationType", method.authorizationType},
        {"apiKeyRequired", method.apiKeyRequired}};
    setText(out, "authorizerId", method.authorizerId);
    setFilled(out, "authorizationScopes", method.authorizationScopes);
    setText(out, "operationName", method.operationName);
    setText(out, "requestValidatorId", method.requestValidatorId);
    setFilled(out, "requestParameters", method.requestParameters);
    setFilled(out, "requestModels", method.requestModels);
    for (const auto& [status, response] : method.methodResponses)
        out["methodResponses"][status] = toJson(response);
    if (method.integration)
        out["methodIntegration"] = toJson(*method.integration);
    return out;
}

json toJson(const Resource& resource, bool embedMethods)
{
    json out{{"id", resource.id}, {"path", resource.path}};
    setText(out, "parentId", resource.parentId);
    setText(out, "pathPart", resource.pathPart);
    for (const auto& [name, method] : resource.methods)
        out["resourceMethods"][name] = embedMethods ? toJson(method) : json::object();
    return out;
}

json toJson(const RestApi& api)
{
    json out{{"id", api.id}, {"name", api.name}, {"createdDate", seconds(api.createdDate)},
        {"apiKeySource", api.apiKeySource}, {"disableExecuteApiEndpoint", api.disableExecuteApiEndpoint},
        {"endpointConfiguration", {{"types", {api.endpointType}}, {"ipAddressType", api.ipAddressType}}},
        {"rootResourceId", api.rootResourceId}};
    setText(out, "description", api.description);
    setText(out, "version", api.version);
    setText(out, "policy", shownPolicy(api.policy));
    setFilled(out["endpointConfiguration"], "vpcEndpointIds", api.vpcEndpointIds);
    setText(out, "securityPolicy", api.securityPolicy);
    setText(out, "endpointAccessMode", api.endpointAccessMode);
    setFilled(out, "binaryMediaTypes", api.binaryMediaTypes);
    if (api.minimumCompressionSize)
        out["minimumCompressionSize"] = *api.minimumCompressionSize;
    setFilled(out, "tags", api.tags);
    return out;
}

json toJson(const Deployment& deployment, bool embedSummary)
{
    json out{{"id", deployment.id}, {"createdDate", seconds(deployment.createdDate)}};
    setText(out, "description", deployment.description);
    if (!embedSummary)
        return out;
    out["apiSummary"] = json::object();
    for (const auto& [id, resource] : deployment.resources) {
        for (const auto& [name, method] : resource.methods)
            out["apiSummary"][resource.path][name] = {
                {"authorizationType", method.authorizationType}, {"apiKeyRequired", method.apiKeyRequired}};
    }
    return out;
}

json toJson(const Stage& stage)
{
    json out{{"stageName", stage.stageName}, {"deploymentId", stage.deploymentId},
        {"createdDate", seconds(stage.createdDate)}, {"lastUpdatedDate", seconds(stage.lastUpdatedDate)}};
    writeSettings(out, stage.settings);
    setText(out, "description", stage.description);
    setText(out, "documentationVersion", stage.documentationVersion);
    setFilled(out, "variables", stage.variables);
    setFilled(out, "tags", stage.tags);
    return out;
}

std::string writeApi(const RestApi& api)
{
    json out = toJson(api);
    out["createdDate"] = api.createdDate;
    out["region"] = api.region;
    out["account"] = api.account;
    writeDefinition(out, api);
    out["resources"] = resourcesJson(api.resources);
    writeDocumentation(out, api.documentation);
    return out.dump();
}

std::string writeDeployment(const Deployment& deployment)
{
    json out = toJson(deployment, false);
    out["createdDate"] = deployment.createdDate;
    writeDefinition(out, deployment);
    out["resources"] = resourcesJson(deployment.resources);
    return out.dump();
}

std::string writeStage(const Stage& stage)
{
    json out = toJson(stage);
    out["createdDate"] = stage.createdDate;
    out["lastUpdatedDate"] = stage.lastUpdatedDate;
    return out.dump();
}

Result<RestApi> readApi(std::string_view stored)
{
    CORE_TRY(const json from, parseStored(stored));
    RestApi api;
    api.id = text(from, "id");
    api.region = text(from, "region");
    api.account = text(from, "account");
    api.name = text(from, "name");
    api.description = text(from, "description");
    api.version = text(from, "version");
    api.createdDate = from.value("createdDate", Micros{0});
    api.apiKeySource = text(from, "apiKeySource");
    const auto endpoint = from.value("endpointConfiguration", json::object());
    if (const auto types = stringList(endpoint, "types"); !types.empty())
        api.endpointType = types.front();
    api.ipAddressType = text(endpoint, "ipAddressType");
    api.vpcEndpointIds = stringList(endpoint, "vpcEndpointIds");
    api.securityPolicy = text(from, "securityPolicy");
    api.endpointAccessMode = text(from, "endpointAccessMode");
    api.disableExecuteApiEndpoint = flag(from, "disableExecuteApiEndpoint");
    api.rootResourceId = text(from, "rootResourceId");
    readDefinition(from, api);
    api.tags = stringMap(from, "tags");
    api.resources = resources(from);
    api.documentation = readDocumentation(from);
    return api;
}

Result<Deployment> readDeployment(std::string_view stored)
{
    CORE_TRY(const json from, parseStored(stored));
    Deployment deployment;
    deployment.id = text(from, "id");
    deployment.description = text(from, "description");
    deployment.createdDate = from.value("createdDate", Micros{0});
    readDefinition(from, deployment);
    deployment.resources = resources(from);
    return deployment;
}

Result<Stage> readStage(std::string_view stored)
{
    CORE_TRY(const json from, parseStored(stored));
    Stage stage;
    stage.stageName = text(from, "stageName");
    stage.deploymentId = text(from, "deploymentId");
    stage.description = text(from, "description");
    stage.documentationVersion = text(from, "documentationVersion");
    stage.variables = stringMap(from, "variables");
    stage.tags = stringMap(from, "tags");
    stage.settings = readSettings(from);
    stage.createdDate = from.value("createdDate", Micros{0});
    stage.lastUpdatedDate = from.value("lastUpdatedDate", Micros{0});
    return stage;
}

StringMap stringMap(const json& input, std::string_view name)
{
    StringMap result;
    if (const auto found = input.find(name); found != input.end() && found->is_object()) {
        for (const auto& [key, value] : found->items())
            result[key] = value.is_string() ? value.get<std::string>() : std::string{};
    }
    return result;
}

std::map<std::string, bool> flagMap(const json& input, std::string_view name)
{
    std::map<std::string, bool> result;
    if (const auto found = input.find(name); found != input.end() && found->is_object()) {
        for (const auto& [key, value] : found->items())
            result[key] = value.is_boolean() && value.get<bool>();
    }
    return result;
}

std::vector<std::string> stringList(const json& input, std::string_view name)
{
    std::vector<std::string> result;
    if (const auto found = input.find(name); found != input.end() && found->is_array()) {
        for (const auto& value : *found) {
            if (value.is_string())
                result.push_back(value.get<std::string>());
        }
    }
    return result;
}

std::string text(const json& input, std::string_view name)
{
    const auto found = input.find(name);
    return found != input.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

bool flag(const json& input, std::string_view name)
{
    const auto found = input.find(name);
    return found != input.end() && found->is_boolean() && found->get<bool>();
}

std::optional<bool> skipsVerification(const json& integration)
{
    const auto tls = integration.find("tlsConfig");
    if (tls == integration.end() || !tls->is_object() || !tls->contains("insecureSkipVerification"))
        return std::nullopt;
    return flag(*tls, "insecureSkipVerification");
}

}
