#include "core/base/arn.h"
#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/project/gateway_types.h"
#include "core/project/template.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::project {

using nlohmann::json;

namespace {

constexpr const char* kService = "apigatewayv2";
constexpr const char* kHeaderIdentity = "$request.header.Authorization";

// "AllowOrigins" → "allowOrigins", as the wire spells members.
std::string wireName(std::string name)
{
    if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z')
        name[0] = static_cast<char>(name[0] - 'A' + 'a');
    return name;
}

// CorsConfiguration: true allows every origin.
json corsOf(const json& given)
{
    if (!given.is_boolean())
        return wireMembers(given);
    return given.get<bool>() ? json{{"allowOrigins", {"*"}}} : json(nullptr);
}

// Where a Lambda authorizer looks for who calls.
json identitySources(const json& identity)
{
    json sources = json::array();
    const std::pair<const char*, const char*> kKinds[] = {{"Headers", "$request.header."},
        {"QueryStrings", "$request.querystring."}, {"StageVariables", "$stageVariables."},
        {"Context", "$context."}};
    for (const auto& [member, prefix] : kKinds) {
        for (const auto& name : identity.value(member, json::array()))
            sources.push_back(prefix + name.get<std::string>());
    }
    return sources;
}

json jwtAuthorizer(const json& properties)
{
    return {{"authorizerType", "JWT"},
        {"identitySource", json::array({properties.value("IdentitySource", kHeaderIdentity)})},
        {"jwtConfiguration", wireMembers(properties["JwtConfiguration"])}};
}

Result<json> lambdaAuthorizer(const ImportContext& context, const std::string& name, const json& properties)
{
    if (!properties.contains("FunctionArn") || !properties.contains("AuthorizerPayloadFormatVersion"))
        return fail(templateError("authorizer " + name
            + " needs a JwtConfiguration, or FunctionArn and AuthorizerPayloadFormatVersion"));
    const auto& version = properties["AuthorizerPayloadFormatVersion"];
    const auto identity = properties.value("Identity", json::object());
    json input{{"authorizerType", "REQUEST"},
        {"authorizerPayloadFormatVersion", version.is_string() ? version : json(version.dump())},
        {"authorizerUri", invocationArn(context.region, properties["FunctionArn"].get<std::string>())},
        {"identitySource", identitySources(identity)}};
    if (properties.contains("EnableSimpleResponses"))
        input["enableSimpleResponses"] = properties["EnableSimpleResponses"];
    if (identity.contains("ReauthorizeEvery"))
        input["authorizerResultTtlInSeconds"] = identity["ReauthorizeEvery"];
    return input;
}

Result<> permit(
    ImportContext& context, const std::string& function, const std::string& apiId, const std::string& what)
{
    CORE_CHECK(context.call("lambda", "AddPermission",
        {{"FunctionName", function}, {"StatementId", "apigateway-" + randomLower(10)},
            {"Action", "lambda:InvokeFunction"}, {"Principal", "apigateway.amazonaws.com"},
            {"SourceArn", Arn{"execute-api", context.region, context.account, apiId + "/" + what}.text()}}));
    return {};
}

Result<> addAuthorizer(ImportContext& context, const std::string& apiId, const std::string& name,
    const json& properties, HttpApiAuth& auth)
{
    const bool isJwt = properties.contains("JwtConfiguration");
    CORE_TRY(auto input,
        isJwt ? Result<json>(jwtAuthorizer(properties)) : lambdaAuthorizer(context, name, properties));
    input["apiId"] = apiId;
    input["name"] = name;
    CORE_TRY(const auto made, context.call(kService, "CreateAuthorizer", input));
    const auto id = made.value("authorizerId", "");
    auth.authorizers[name] = {
        isJwt ? "JWT" : "CUSTOM", id, properties.value("AuthorizationScopes", std::vector<std::string>{})};
    if (!isJwt)
        CORE_CHECK(permit(context, properties["FunctionArn"].get<std::string>(), apiId, "authorizers/" + id));
    return {};
}

Result<> addAuth(ImportContext& context, const std::string& apiId, const json& properties)
{
    const auto given = properties.value("Auth", json::object());
    auto& auth = context.httpAuth[apiId];
    auth.defaultAuthorizer = given.value("DefaultAuthorizer", "");
    const auto authorizers = given.value("Authorizers", json::object());
    for (const auto& [name, one] : authorizers.items())
        CORE_CHECK(addAuthorizer(context, apiId, name, one, auth));
    return {};
}

Result<> addStage(ImportContext& context, const std::string& apiId, const json& properties)
{
    json stage{
        {"apiId", apiId}, {"stageName", properties.value("StageName", "$default")}, {"autoDeploy", true}};
    if (properties.contains("StageVariables"))
        stage["stageVariables"] = properties["StageVariables"];
    for (const auto* member : {"AccessLogSettings", "DefaultRouteSettings"}) {
        if (properties.contains(member))
            stage[wireName(member)] = wireMembers(properties[member]);
    }
    CORE_CHECK(context.call(kService, "CreateStage", stage));
    return {};
}

Result<> addDomain(ImportContext& context, const std::string& apiId, const json& properties)
{
    const auto domain = properties.value("Domain", json::object());
    if (domain.empty())
        return {};
    if (!domain.contains("DomainName"))
        return fail(templateError("property Domain.DomainName is missing"));
    json configuration{{"endpointType", domain.value("EndpointConfiguration", "REGIONAL")}};
    if (domain.contains("CertificateArn"))
        configuration["certificateArn"] = domain["CertificateArn"];
    CORE_CHECK(context.call(kService, "CreateDomainName",
        {{"domainName", domain["DomainName"]}, {"domainNameConfigurations", {configuration}}}));
    for (std::string path : domain.value("BasePath", json::array({"/"}))) {
        path.erase(0, std::min(path.find_first_not_of('/'), path.size()));
        CORE_CHECK(context.call(kService, "CreateApiMapping",
            {{"domainName", domain["DomainName"]}, {"apiId", apiId}, {"apiMappingKey", path},
                {"stage", properties.value("StageName", "$default")}}));
    }
    return {};
}

// Of a definition, or empty.
Result<json> newApi(ImportContext& context, const json& properties)
{
    if (properties.contains("DefinitionBody"))
        return context.call(kService, "ImportApi", {{"body", properties["DefinitionBody"].dump()}});
    return context.call(
        kService, "CreateApi", {{"name", properties.value("Name", context.name)}, {"protocolType", "HTTP"}});
}

// What a definition does not say.
Result<> completeApi(ImportContext& context, const std::string& apiId, const json& properties)
{
    json input = json::object();
    if (properties.contains("DefinitionBody") && properties.contains("Name"))
        input["name"] = properties["Name"];
    if (properties.contains("Description"))
        input["description"] = properties["Description"];
    if (properties.contains("DisableExecuteApiEndpoint"))
        input["disableExecuteApiEndpoint"] = properties["DisableExecuteApiEndpoint"];
    if (properties.contains("CorsConfiguration")) {
        if (auto cors = corsOf(properties["CorsConfiguration"]); !cors.is_null())
            input["corsConfiguration"] = std::move(cors);
    }
    if (input.empty())
        return {};
    input["apiId"] = apiId;
    CORE_CHECK(context.call(kService, "UpdateApi", input));
    return {};
}

// The authorizer of a route: the event's own, the API's default, or none.
Result<> authorize(const ImportContext& context, const HttpRoute& route, json& into)
{
    const auto found = context.httpAuth.find(route.apiId);
    auto name = route.authorizer;
    if (name.empty() && found != context.httpAuth.end())
        name = found->second.defaultAuthorizer;
    if (name.empty() || name == "NONE")
        return {};
    if (name == "AWS_IAM") {
        into["authorizationType"] = name;
        return {};
    }
    const auto* known = found == context.httpAuth.end() ? nullptr : &found->second.authorizers;
    if (!known || !known->contains(name))
        return fail(templateError("the API of route " + route.path + " has no authorizer " + name));
    const auto& authorizer = known->at(name);
    into["authorizationType"] = authorizer.type;
    into["authorizerId"] = authorizer.id;
    const auto& scopes = route.scopes.empty() ? authorizer.scopes : route.scopes;
    if (!scopes.empty() && authorizer.type == "JWT")
        into["authorizationScopes"] = scopes;
    return {};
}

Result<> addRoute(ImportContext& context, const HttpRoute& route)
{
    json integration{{"apiId", route.apiId}, {"integrationType", "AWS_PROXY"},
        {"integrationUri", route.functionArn}, {"payloadFormatVersion", route.payloadFormatVersion}};
    if (route.timeoutInMillis > 0)
        integration["timeoutInMillis"] = route.timeoutInMillis;
    CORE_TRY(const auto made, context.call(kService, "CreateIntegration", integration));
    const bool isDefault = route.path == "$default";
    json input{{"apiId", route.apiId}, {"routeKey", isDefault ? route.path : route.method + " " + route.path},
        {"target", "integrations/" + made.value("integrationId", "")}};
    CORE_CHECK(authorize(context, route, input));
    CORE_CHECK(context.call(kService, "CreateRoute", input));
    const auto method = isDefault || route.method == "ANY" ? "*" : route.method;
    return permit(
        context, route.functionArn, route.apiId, "*/" + method + (isDefault ? "" : std::string(route.path)));
}

}

json wireMembers(const json& properties)
{
    // Maps whose keys are the user's own.
    static constexpr std::string_view kMaps[] = {"StageVariables", "Tags", "RequestTemplates",
        "ResponseTemplates", "RequestParameters", "RequestModels", "ResponseModels"};
    if (properties.is_array()) {
        json list = json::array();
        for (const auto& entry : properties)
            list.push_back(wireMembers(entry));
        return list;
    }
    if (!properties.is_object())
        return properties;
    json members = json::object();
    for (const auto& [name, value] : properties.items()) {
        const bool isMap = std::find(std::begin(kMaps), std::end(kMaps), name) != std::end(kMaps);
        members[wireName(name)] = isMap ? value : wireMembers(value);
    }
    return members;
}

std::string invocationArn(const std::string& region, const std::string& functionArn)
{
    return "arn:aws:apigateway:" + region + ":lambda:path/2015-03-31/functions/" + functionArn
        + "/invocations";
}

Result<Created> createHttpApi(ImportContext& context, const std::string&, const json& properties)
{
    CORE_TRY(const auto output, newApi(context, properties));
    const auto id = output.value("apiId", "");
    context.report.httpApiId = id;
    CORE_CHECK(completeApi(context, id, properties));
    CORE_CHECK(addAuth(context, id, properties));
    CORE_CHECK(addStage(context, id, properties));
    CORE_CHECK(addDomain(context, id, properties));
    return Created{id, {{"ApiEndpoint", output.value("apiEndpoint", "")}, {"ApiId", id}}};
}

Result<std::vector<HttpRoute>> httpRoutesOf(const json& functionProperties, const std::string& functionArn)
{
    std::vector<HttpRoute> routes;
    const auto events = functionProperties.value("Events", json::object());
    for (const auto& [name, event] : events.items()) {
        if (event.value("Type", "") != "HttpApi")
            continue;
        const auto wanted = event.value("Properties", json::object());
        if (wanted.contains("Path") != wanted.contains("Method"))
            return fail(templateError("event " + name + ": Path and Method go together"));
        const auto auth = wanted.value("Auth", json::object());
        const auto version = wanted.value("PayloadFormatVersion", json("2.0"));
        auto method = toUpper(wanted.value("Method", "ANY"));
        if (method == "X-AMAZON-APIGATEWAY-ANY-METHOD")
            method = "ANY";
        routes.push_back({wanted.value("ApiId", ""), wanted.value("Path", "$default"), method, functionArn,
            version.is_string() ? version.get<std::string>() : version.dump(),
            wanted.value("TimeoutInMillis", 0), auth.value("Authorizer", ""),
            auth.value("AuthorizationScopes", std::vector<std::string>{})});
    }
    return routes;
}

Result<> addHttpRoutes(ImportContext& context, std::vector<HttpRoute> routes, const json& implicitProperties)
{
    std::string implicitId;
    for (auto& route : routes) {
        if (route.apiId.empty() && implicitId.empty()) {
            CORE_TRY(const auto api, createHttpApi(context, kImplicitHttpApi, implicitProperties));
            implicitId = api.ref;
            context.report.created.push_back("AWS::Serverless::HttpApi " + std::string(kImplicitHttpApi));
        }
        if (route.apiId.empty())
            route.apiId = implicitId;
        CORE_CHECK(addRoute(context, route));
    }
    return {};
}

}
