#include "core/apigateway/v2/model_json.h"

#include "core/aws/json_text.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

#include <concepts>

namespace core::apigateway::v2 {

using nlohmann::json;

namespace {

template <typename T, typename Noun>
concept Is = std::same_as<std::remove_const_t<T>, Noun>;

// Each noun's members under their wire names, once, for reading and for writing.

template <Is<Cors> T> void eachMember(T& cors, auto&& visit)
{
    visit("allowCredentials", cors.allowCredentials);
    visit("allowHeaders", cors.allowHeaders);
    visit("allowMethods", cors.allowMethods);
    visit("allowOrigins", cors.allowOrigins);
    visit("exposeHeaders", cors.exposeHeaders);
    visit("maxAge", cors.maxAge);
}

template <Is<RouteResponse> T> void eachMember(T& response, auto&& visit)
{
    visit("routeResponseId", response.routeResponseId);
    visit("routeResponseKey", response.routeResponseKey);
    visit("modelSelectionExpression", response.modelSelectionExpression);
    visit("responseModels", response.responseModels);
    visit("responseParameters", response.responseParameters);
}

template <Is<Route> T> void eachMember(T& route, auto&& visit)
{
    visit("routeId", route.routeId);
    visit("routeKey", route.routeKey);
    visit("apiGatewayManaged", route.apiGatewayManaged);
    visit("apiKeyRequired", route.apiKeyRequired);
    visit("authorizationType", route.authorizationType);
    visit("authorizerId", route.authorizerId);
    visit("authorizationScopes", route.authorizationScopes);
    visit("modelSelectionExpression", route.modelSelectionExpression);
    visit("operationName", route.operationName);
    visit("requestModels", route.requestModels);
    visit("requestParameters", route.requestParameters);
    visit("routeResponseSelectionExpression", route.routeResponseSelectionExpression);
    visit("target", route.target);
}

template <Is<IntegrationResponse> T> void eachMember(T& response, auto&& visit)
{
    visit("integrationResponseId", response.integrationResponseId);
    visit("integrationResponseKey", response.integrationResponseKey);
    visit("contentHandlingStrategy", response.contentHandlingStrategy);
    visit("responseParameters", response.responseParameters);
    visit("responseTemplates", response.responseTemplates);
    visit("templateSelectionExpression", response.templateSelectionExpression);
}

template <Is<TlsConfig> T> void eachMember(T& config, auto&& visit)
{
    visit("serverNameToVerify", config.serverNameToVerify);
}

template <Is<Integration> T> void eachMember(T& integration, auto&& visit)
{
    visit("integrationId", integration.integrationId);
    visit("apiGatewayManaged", integration.apiGatewayManaged);
    visit("connectionId", integration.connectionId);
    visit("connectionType", integration.connectionType);
    visit("contentHandlingStrategy", integration.contentHandlingStrategy);
    visit("credentialsArn", integration.credentialsArn);
    visit("description", integration.description);
    visit("integrationMethod", integration.integrationMethod);
    visit("integrationResponseSelectionExpression", integration.integrationResponseSelectionExpression);
    visit("integrationSubtype", integration.integrationSubtype);
    visit("integrationType", integration.integrationType);
    visit("integrationUri", integration.integrationUri);
    visit("passthroughBehavior", integration.passthroughBehavior);
    visit("payloadFormatVersion", integration.payloadFormatVersion);
    visit("requestParameters", integration.requestParameters);
    visit("requestTemplates", integration.requestTemplates);
    visit("responseParameters", integration.responseParameters);
    visit("templateSelectionExpression", integration.templateSelectionExpression);
    visit("tlsConfig", integration.tlsConfig);
    visit("timeoutInMillis", integration.timeoutInMillis);
}

template <Is<JwtConfiguration> T> void eachMember(T& configuration, auto&& visit)
{
    visit("audience", configuration.audience);
    visit("issuer", configuration.issuer);
}

template <Is<Authorizer> T> void eachMember(T& authorizer, auto&& visit)
{
    visit("authorizerId", authorizer.authorizerId);
    visit("name", authorizer.name);
    visit("authorizerType", authorizer.authorizerType);
    visit("authorizerUri", authorizer.authorizerUri);
    visit("authorizerCredentialsArn", authorizer.authorizerCredentialsArn);
    visit("authorizerPayloadFormatVersion", authorizer.authorizerPayloadFormatVersion);
    visit("authorizerResultTtlInSeconds", authorizer.authorizerResultTtlInSeconds);
    visit("enableSimpleResponses", authorizer.enableSimpleResponses);
    visit("identitySource", authorizer.identitySource);
    visit("identityValidationExpression", authorizer.identityValidationExpression);
    visit("jwtConfiguration", authorizer.jwtConfiguration);
}

template <Is<Model> T> void eachMember(T& model, auto&& visit)
{
    visit("modelId", model.modelId);
    visit("name", model.name);
    visit("contentType", model.contentType);
    visit("description", model.description);
    visit("schema", model.schema);
}

// The members of an API that a deployment freezes, and those that it does not.
template <typename T> void eachFrozen(T& definition, auto&& visit)
{
    visit("corsConfiguration", definition.corsConfiguration);
    visit("routeSelectionExpression", definition.routeSelectionExpression);
    visit("apiKeySelectionExpression", definition.apiKeySelectionExpression);
    visit("disableSchemaValidation", definition.disableSchemaValidation);
}

template <Is<Api> T> void eachMember(T& api, auto&& visit)
{
    eachFrozen(api, visit);
    visit("apiId", api.apiId);
    visit("name", api.name);
    visit("description", api.description);
    visit("version", api.version);
    visit("protocolType", api.protocolType);
    visit("ipAddressType", api.ipAddressType);
    visit("disableExecuteApiEndpoint", api.disableExecuteApiEndpoint);
    visit("createdDate", api.createdDate);
}

template <Is<RouteSettings> T> void eachMember(T& settings, auto&& visit)
{
    visit("dataTraceEnabled", settings.dataTraceEnabled);
    visit("detailedMetricsEnabled", settings.detailedMetricsEnabled);
    visit("loggingLevel", settings.loggingLevel);
    visit("throttlingBurstLimit", settings.throttlingBurstLimit);
    visit("throttlingRateLimit", settings.throttlingRateLimit);
}

template <Is<AccessLogSettings> T> void eachMember(T& settings, auto&& visit)
{
    visit("destinationArn", settings.destinationArn);
    visit("format", settings.format);
}

template <Is<Stage> T> void eachMember(T& stage, auto&& visit)
{
    visit("stageName", stage.stageName);
    visit("apiGatewayManaged", stage.apiGatewayManaged);
    visit("accessLogSettings", stage.accessLogSettings);
    visit("autoDeploy", stage.autoDeploy);
    visit("clientCertificateId", stage.clientCertificateId);
    visit("createdDate", stage.createdDate);
    visit("lastUpdatedDate", stage.lastUpdatedDate);
    visit("defaultRouteSettings", stage.defaultRouteSettings);
    visit("deploymentId", stage.deploymentId);
    visit("description", stage.description);
    visit("lastDeploymentStatusMessage", stage.lastDeploymentStatusMessage);
}

template <Is<Deployment> T> void eachMember(T& deployment, auto&& visit)
{
    visit("deploymentId", deployment.deploymentId);
    visit("autoDeployed", deployment.autoDeployed);
    visit("deploymentStatus", deployment.deploymentStatus);
    visit("deploymentStatusMessage", deployment.deploymentStatusMessage);
    visit("description", deployment.description);
    visit("createdDate", deployment.createdDate);
}

template <typename T>
concept Noun = requires(T& noun)
{
    eachMember(noun, [](const char*, auto&) {});
};

// Takes members out of JSON; what has another type than the member stays as it was, because the shape check
// has refused it before.
struct Take {
    const json& from;

    void operator()(const char* name, auto& member) const
    {
        if (const auto found = from.find(name); found != from.end() && !found->is_null())
            take(*found, member);
    }

    static void take(const json& value, std::string& member)
    {
        if (value.is_string())
            member = value.get<std::string>();
    }
    static void take(const json& value, bool& member)
    {
        if (value.is_boolean())
            member = value.get<bool>();
    }
    static void take(const json& value, int& member)
    {
        if (value.is_number())
            member = value.get<int>();
    }
    static void take(const json& value, double& member)
    {
        if (value.is_number())
            member = value.get<double>();
    }
    static void take(const json& value, Micros& member)
    {
        if (value.is_string())
            member = parseIso8601(value.get<std::string>()).value_or(member);
    }
    static void take(const json& value, Strings& member)
    {
        member.clear();
        for (const auto& element : value) {
            if (element.is_string())
                member.push_back(element.get<std::string>());
        }
    }
    template <typename Value> static void take(const json& value, std::map<std::string, Value>& member)
    {
        member.clear();
        for (const auto& [key, element] : value.items()) {
            if constexpr (std::same_as<Value, bool>)
                member[key] = element.is_object() && element.value("required", false);
            else
                take(element, member[key]);
        }
    }
    template <typename Value> static void take(const json& value, std::optional<Value>& member)
    {
        if (!member)
            member.emplace();
        take(value, *member);
    }
    template <Noun T> static void take(const json& value, T& member) { eachMember(member, Take{value}); }
};

struct Put {
    json& into;

    void operator()(const char* name, const auto& member) const
    {
        if (isSet(member))
            into[name] = written(member);
    }

    static bool isSet(const auto& /*member*/) { return true; }
    static bool isSet(const std::string& member) { return !member.empty(); }
    static bool isSet(const Strings& member) { return !member.empty(); }
    template <typename Value> static bool isSet(const std::map<std::string, Value>& member)
    {
        return !member.empty();
    }
    template <typename Value> static bool isSet(const std::optional<Value>& member)
    {
        return member.has_value();
    }

    static json written(const auto& member) { return member; }
    static json written(const Micros& member) { return iso8601(member); }
    template <typename Value> static json written(const std::map<std::string, Value>& member)
    {
        json map = json::object();
        for (const auto& [key, value] : member) {
            if constexpr (std::same_as<Value, bool>)
                map[key] = {{"required", value}};
            else
                map[key] = written(value);
        }
        return map;
    }
    template <typename Value> static json written(const std::optional<Value>& member)
    {
        return written(*member);
    }
    template <Noun T> static json written(const T& member)
    {
        json object = json::object();
        eachMember(member, Put{object});
        return object;
    }
};

template <typename T> void takeMap(const json& from, const char* name, std::map<std::string, T>& map)
{
    const auto found = from.find(name);
    if (found == from.end())
        return;
    for (const auto& [key, value] : found->items())
        Take::take(value, map[key]);
}

json storedDefinition(const Definition& definition)
{
    json out = json::object();
    eachFrozen(definition, Put{out});
    out["routes"] = Put::written(definition.routes);
    for (const auto& [id, route] : definition.routes)
        out["routes"][id]["routeResponses"] = Put::written(route.routeResponses);
    out["integrations"] = Put::written(definition.integrations);
    for (const auto& [id, integration] : definition.integrations)
        out["integrations"][id]["integrationResponses"] = Put::written(integration.integrationResponses);
    out["authorizers"] = Put::written(definition.authorizers);
    out["models"] = Put::written(definition.models);
    return out;
}

void takeDefinition(const json& from, Definition& definition)
{
    eachFrozen(definition, Take{from});
    takeMap(from, "routes", definition.routes);
    for (auto& [id, route] : definition.routes)
        takeMap(from["routes"][id], "routeResponses", route.routeResponses);
    takeMap(from, "integrations", definition.integrations);
    for (auto& [id, integration] : definition.integrations)
        takeMap(from["integrations"][id], "integrationResponses", integration.integrationResponses);
    takeMap(from, "authorizers", definition.authorizers);
    takeMap(from, "models", definition.models);
}

}

void merge(Api& api, const json& input)
{
    Take::take(input, api);
}

void merge(Route& route, const json& input)
{
    Take::take(input, route);
}

void merge(RouteResponse& response, const json& input)
{
    Take::take(input, response);
}

void merge(Integration& integration, const json& input)
{
    Take::take(input, integration);
}

void merge(IntegrationResponse& response, const json& input)
{
    Take::take(input, response);
}

void merge(Authorizer& authorizer, const json& input)
{
    Take::take(input, authorizer);
}

void merge(Model& model, const json& input)
{
    Take::take(input, model);
}

void merge(Stage& stage, const json& input)
{
    Take::take(input, stage);
    // Settings and variables that are not named stay; a variable is removed by an empty value.
    takeMap(input, "routeSettings", stage.routeSettings);
    takeMap(input, "stageVariables", stage.stageVariables);
    std::erase_if(stage.stageVariables, [](const auto& variable) { return variable.second.empty(); });
}

json toJson(const Api& api, const std::string& endpoint)
{
    auto out = Put::written(api);
    out["apiEndpoint"] = endpoint;
    out["tags"] = api.tags;
    return out;
}

json toJson(const Route& route)
{
    return Put::written(route);
}

json toJson(const RouteResponse& response)
{
    return Put::written(response);
}

json toJson(const Integration& integration)
{
    return Put::written(integration);
}

json toJson(const IntegrationResponse& response)
{
    return Put::written(response);
}

json toJson(const Authorizer& authorizer)
{
    return Put::written(authorizer);
}

json toJson(const Model& model)
{
    return Put::written(model);
}

json toJson(const Stage& stage)
{
    auto out = Put::written(stage);
    // As AWS was seen to answer, set or not.
    if (!out["defaultRouteSettings"].contains("detailedMetricsEnabled"))
        out["defaultRouteSettings"]["detailedMetricsEnabled"] = false;
    out["routeSettings"] = Put::written(stage.routeSettings);
    out["stageVariables"] = stage.stageVariables;
    out["tags"] = stage.tags;
    return out;
}

json toJson(const Deployment& deployment)
{
    return Put::written(deployment);
}

std::string apiEndpoint(const Api& api, const std::string& chamber)
{
    const auto colon = chamber.rfind(':');
    const auto port = colon == chamber.npos || colon < 6 ? std::string{} : chamber.substr(colon);
    return (api.isHttp() ? "http://" : "ws://") + api.apiId + ".execute-api." + api.region + ".localhost"
        + port;
}

std::string writeApi(const Api& api, const std::map<std::string, Stage>& stages)
{
    auto out = storedDefinition(api);
    eachMember(api, Put{out});
    out["region"] = api.region;
    out["account"] = api.account;
    out["tags"] = api.tags;
    out["stages"] = json::object();
    for (const auto& [name, stage] : stages) {
        out["stages"][name] = toJson(stage);
        out["stages"][name]["authorizersCacheEpoch"] = stage.authorizersCacheEpoch;
    }
    return out.dump();
}

std::string writeDeployment(const Deployment& deployment)
{
    auto out = storedDefinition(deployment);
    eachMember(deployment, Put{out});
    return out.dump();
}

Result<ApiState> readApi(std::string_view text)
{
    CORE_TRY(const auto from, aws::parseJson(text));
    ApiState state;
    takeDefinition(from, state.api);
    Take::take(from, state.api);
    Take{from}("region", state.api.region);
    Take{from}("account", state.api.account);
    Take{from}("tags", state.api.tags);
    takeMap(from, "stages", state.stages);
    for (auto& [name, stage] : state.stages) {
        const auto& stored = from["stages"][name];
        takeMap(stored, "routeSettings", stage.routeSettings);
        Take{stored}("stageVariables", stage.stageVariables);
        Take{stored}("tags", stage.tags);
        Take{stored}("authorizersCacheEpoch", stage.authorizersCacheEpoch);
    }
    return state;
}

Result<Deployment> readDeployment(std::string_view text)
{
    CORE_TRY(const auto from, aws::parseJson(text));
    Deployment deployment;
    takeDefinition(from, deployment);
    Take::take(from, deployment);
    return deployment;
}

}
