#include "core/apigateway/v2/definitions.h"

#include "core/base/text.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

namespace {

using openapi::Node;

void setText(Node& into, const char* name, const std::string& text)
{
    if (!text.empty())
        into[name] = text;
}

Node integrationOf(const Integration& integration)
{
    Node out{{"payloadFormatVersion", integration.payloadFormatVersion},
        {"type", toLower(integration.integrationType)}};
    setText(out, "integrationSubtype", integration.integrationSubtype);
    setText(out, "httpMethod", integration.integrationMethod);
    setText(out, "uri", integration.integrationUri);
    setText(out, "credentials", integration.credentialsArn);
    setText(out, "description", integration.description);
    if (integration.requestParameters)
        out["requestParameters"] = *integration.requestParameters;
    if (integration.responseParameters)
        out["responseParameters"] = *integration.responseParameters;
    out["connectionType"] = integration.connectionType;
    setText(out, "connectionId", integration.connectionId);
    if (integration.timeoutInMillis != 30'000)
        out["timeoutInMillis"] = integration.timeoutInMillis;
    if (integration.tlsConfig && !integration.tlsConfig->serverNameToVerify.empty())
        out["tlsConfig"]["serverNameToVerify"] = integration.tlsConfig->serverNameToVerify;
    return out;
}

Node authorizerOf(const Authorizer& authorizer)
{
    Node out{{"type", toLower(authorizer.authorizerType)}};
    if (authorizer.jwtConfiguration)
        out["jwtConfiguration"] = {{"issuer", authorizer.jwtConfiguration->issuer},
            {"audience", authorizer.jwtConfiguration->audience}};
    if (!authorizer.identitySource.empty())
        out["identitySource"] = join(authorizer.identitySource, ",");
    setText(out, "authorizerUri", authorizer.authorizerUri);
    setText(out, "authorizerCredentials", authorizer.authorizerCredentialsArn);
    setText(out, "authorizerPayloadFormatVersion", authorizer.authorizerPayloadFormatVersion);
    if (authorizer.authorizerResultTtlInSeconds)
        out["authorizerResultTtlInSeconds"] = *authorizer.authorizerResultTtlInSeconds;
    if (authorizer.enableSimpleResponses)
        out["enableSimpleResponses"] = *authorizer.enableSimpleResponses;
    return out;
}

Node corsOf(const Cors& cors)
{
    Node out = Node::object();
    const std::pair<const char*, const Strings&> lists[] = {{"allowOrigins", cors.allowOrigins},
        {"allowMethods", cors.allowMethods}, {"allowHeaders", cors.allowHeaders},
        {"exposeHeaders", cors.exposeHeaders}};
    for (const auto& [name, list] : lists) {
        if (!list.empty())
            out[name] = list;
    }
    if (cors.maxAge)
        out["maxAge"] = *cors.maxAge;
    if (cors.allowCredentials)
        out["allowCredentials"] = true;
    return out;
}

Node operationOf(const Definition& definition, const Route& route, bool extensions)
{
    Node out = Node::object();
    setText(out, "operationId", route.operationName);
    out["responses"]["default"]["description"] = "Default response for " + route.routeKey;
    if (const auto found = definition.authorizers.find(route.authorizerId);
        found != definition.authorizers.end())
        out["security"] = Node::array({Node{{found->second.name, route.authorizationScopes}}});
    else if (route.authorizationType == "AWS_IAM")
        out["security"] = Node::array({Node{{"sigv4", Node::array()}}});
    if (!extensions)
        return out;
    if (route.routeKey == "$default")
        out["isDefaultRoute"] = true;
    const auto integration = definition.integrations.find(route.integrationId());
    if (integration != definition.integrations.end())
        out["x-amazon-apigateway-integration"] = integrationOf(integration->second);
    return out;
}

Node pathsOf(const Definition& definition, bool extensions)
{
    std::map<std::string, std::map<std::string, const Route*>> byPath;
    for (const auto& [id, route] : definition.routes) {
        const auto space = route.routeKey.find(' ');
        const bool isDefault = space == route.routeKey.npos;
        const auto path = isDefault ? "/" + route.routeKey : route.routeKey.substr(space + 1);
        const auto method = isDefault ? std::string("ANY") : route.routeKey.substr(0, space);
        byPath[path][method == "ANY" ? "x-amazon-apigateway-any-method" : toLower(method)] = &route;
    }
    auto paths = Node::object();
    for (const auto& [path, methods] : byPath) {
        for (const auto& [member, route] : methods)
            paths[path][member] = operationOf(definition, *route, extensions);
    }
    return paths;
}

// The one header or query parameter that identifies a caller; AWS names none where there are more.
Node keyOf(const Authorizer& authorizer)
{
    constexpr std::string_view kHeader = "$request.header.";
    constexpr std::string_view kQuery = "$request.querystring.";
    Node out{{"type", "apiKey"}, {"name", "Unused"}, {"in", "header"}};
    if (authorizer.identitySource.size() != 1)
        return out;
    const auto& source = authorizer.identitySource.front();
    if (source.starts_with(kHeader))
        out["name"] = source.substr(kHeader.size());
    else if (source.starts_with(kQuery))
        out = {{"type", "apiKey"}, {"name", source.substr(kQuery.size())}, {"in", "query"}};
    return out;
}

Node schemesOf(const Definition& definition, bool extensions)
{
    auto schemes = Node::object();
    for (const auto& [id, authorizer] : definition.authorizers) {
        const bool jwt = authorizer.authorizerType == "JWT";
        auto& scheme = schemes[authorizer.name];
        scheme = jwt ? Node{{"type", "oauth2"}} : keyOf(authorizer);
        if (extensions)
            scheme["x-amazon-apigateway-authorizer"] = authorizerOf(authorizer);
    }
    for (const auto& [id, route] : definition.routes) {
        if (route.authorizationType == "AWS_IAM")
            schemes["sigv4"] = {{"type", "apiKey"}, {"name", "Authorization"}, {"in", "header"},
                {"x-amazon-apigateway-authtype", "awsSigv4"}};
    }
    return schemes;
}

}

Node exportDefinition(const Api& api, const Definition& definition, const ExportOptions& options)
{
    Node root{{"openapi", "3.0.1"}, {"info", {{"title", api.name}}}};
    setText(root["info"], "description", api.description);
    root["info"]["version"] = api.version.empty() ? iso8601(api.createdDate) : api.version;
    Node server{{"url", "https://" + api.apiId + ".execute-api." + api.region + ".amazonaws.com"}};
    if (!options.stage.empty() && options.stage != "$default") {
        server["url"] = server["url"].get<std::string>() + "/{basePath}";
        server["variables"]["basePath"]["default"] = options.stage;
    }
    if (options.extensions && api.disableExecuteApiEndpoint)
        server["x-amazon-apigateway-endpoint-configuration"]["disableExecuteApiEndpoint"] = true;
    root["servers"] = Node::array({std::move(server)});
    root["paths"] = pathsOf(definition, options.extensions);
    if (auto schemes = schemesOf(definition, options.extensions); !schemes.empty())
        root["components"]["securitySchemes"] = std::move(schemes);
    if (!options.extensions)
        return root;
    for (const auto& [name, value] : api.tags) {
        if (name != "_custom_id_") // an id is no one else's
            root["tags"].push_back({{"name", name}, {"x-amazon-apigateway-tag-value", value}});
    }
    if (definition.corsConfiguration)
        root["x-amazon-apigateway-cors"] = corsOf(*definition.corsConfiguration);
    root["x-amazon-apigateway-importexport-version"] = "1.0";
    return root;
}

}
