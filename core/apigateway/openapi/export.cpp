#include "core/apigateway/openapi/export.h"

#include "core/apigateway/openapi/export_state.h"
#include "core/base/text.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::openapi {

namespace {

constexpr const char* kPrefix = "x-amazon-apigateway-";

std::string host(const RestApi& api)
{
    return api.id + ".execute-api." + api.region + ".amazonaws.com";
}

Node info(const ExportState& state)
{
    const auto& api = state.source.api;
    Node info{{"title", api.name}};
    if (!api.description.empty())
        info["description"] = api.description;
    info["version"] = exportedVersion(api);
    return info;
}

void writeAddress(const ExportState& state, Node& root)
{
    const auto& api = state.source.api;
    const auto& stage = state.source.stage;
    if (state.options.swagger) {
        root["host"] = host(api);
        if (!stage.empty())
            root["basePath"] = "/" + stage;
        root["schemes"] = {"https"};
        return;
    }
    Node server{{"url", "https://" + host(api) + (stage.empty() ? "" : "/{basePath}")}};
    if (!stage.empty())
        server["variables"]["basePath"]["default"] = stage;
    root["servers"] = Node::array({std::move(server)});
}

void documentApi(const ExportState& state, Node& root)
{
    const auto said = state.documentation.find({"API", {}, {}, {}, {}});
    Node described;
    for (const auto& [name, value] : said.items()) {
        if (name == "info" && value.is_object()) {
            for (const auto& [member, text] : value.items()) {
                if (!root["info"].contains(member))
                    root["info"][member] = text;
            }
        } else if (name == "description" && value.is_string()) {
            described = value;
        } else if ((name == "tags" && value.is_array()) || name == "externalDocs") {
            root[name] = value;
        }
    }
    // A definition describes itself in its info alone, which a part may give as a whole.
    if (!described.is_null() && !root["info"].contains("description"))
        root["info"]["description"] = std::move(described);
}

// HTTP APIs have tags so; an export of ours takes them along.
void writeTags(const ExportState& state, Node& root)
{
    for (const auto& [name, value] : state.source.api.tags) {
        if (name != "_custom_id_") // an id is no one else's
            root["tags"].push_back({{"name", name}, {"x-amazon-apigateway-tag-value", value}});
    }
}

std::string nameOf(const RequestValidator& validator)
{
    return validator.name.empty() ? validator.id : validator.name;
}

void writeValidators(const ApiDefinition& definition, Node& root)
{
    for (const auto& [id, validator] : definition.validators)
        root[std::string(kPrefix) + "request-validators"][nameOf(validator)] = {
            {"validateRequestParameters", validator.validateRequestParameters},
            {"validateRequestBody", validator.validateRequestBody}};
}

void writeGatewayResponses(const ApiDefinition& definition, Node& root)
{
    for (const auto& [type, response] : definition.gatewayResponses) {
        auto& out = root[std::string(kPrefix) + "gateway-responses"][type];
        out = Node::object();
        if (!response.statusCode.empty())
            out["statusCode"] = response.statusCode;
        if (!response.responseParameters.empty())
            out["responseParameters"] = response.responseParameters;
        if (!response.responseTemplates.empty())
            out["responseTemplates"] = response.responseTemplates;
    }
}

// OpenAPI 3.0 has the endpoint at its server, Swagger 2.0 at the root.
void writeEndpoint(const RestApi& api, Node& root)
{
    auto out = Node::object();
    if (api.endpointType != "EDGE")
        out["types"] = {api.endpointType};
    if (api.ipAddressType == "dualstack" && api.endpointType != "PRIVATE")
        out["ipAddressType"] = api.ipAddressType;
    if (!api.vpcEndpointIds.empty())
        out["vpcEndpointIds"] = api.vpcEndpointIds;
    if (api.disableExecuteApiEndpoint)
        out["disableExecuteApiEndpoint"] = true;
    if (!out.empty())
        (root.contains("servers") ? root["servers"][0]
                                  : root)[std::string(kPrefix) + "endpoint-configuration"] = std::move(out);
    if (!api.securityPolicy.empty())
        root[std::string(kPrefix) + "security-policy"] = api.securityPolicy;
    if (!api.endpointAccessMode.empty())
        root[std::string(kPrefix) + "endpoint-access-mode"] = api.endpointAccessMode;
}

void writeExtensions(const ExportState& state, Node& root)
{
    const auto& definition = state.source.definition;
    const auto& api = state.source.api;
    if (api.apiKeySource != "HEADER")
        root[std::string(kPrefix) + "api-key-source"] = api.apiKeySource;
    writeValidators(definition, root);
    writeGatewayResponses(definition, root);
    if (!definition.binaryMediaTypes.empty())
        root[std::string(kPrefix) + "binary-media-types"] = definition.binaryMediaTypes;
    if (definition.minimumCompressionSize)
        root[std::string(kPrefix) + "minimum-compression-size"] = *definition.minimumCompressionSize;
    if (const auto policy = Node::parse(definition.policy, nullptr, false); policy.is_object())
        root[std::string(kPrefix) + "policy"] = policy;
    writeEndpoint(api, root);
    writeTags(state, root);
}

void writeDocumentation(const ExportState& state, Node& root)
{
    auto& out = root[std::string(kPrefix) + "documentation"];
    out = Node::object();
    if (!state.source.documentationVersion.empty())
        out["version"] = state.source.documentationVersion;
    out["documentationParts"] = Node::array();
    for (const auto* part : byPlace(*state.source.documentation)) {
        const auto& place = part->location;
        Node location{{"type", place.type}};
        const std::pair<const char*, const std::string&> members[] = {{"path", place.path},
            {"method", place.method}, {"statusCode", place.statusCode}, {"name", place.name}};
        for (const auto& [name, value] : members) {
            if (!value.empty())
                location[name] = value;
        }
        auto properties = Node::parse(part->properties, nullptr, false);
        if (properties.is_discarded())
            properties = part->properties;
        out["documentationParts"].push_back(
            {{"location", std::move(location)}, {"properties", std::move(properties)}});
    }
}

void writeComponents(const ExportState& state, Node& root)
{
    auto models = exportedModels(state);
    auto schemes = exportedSecuritySchemes(state);
    if (state.options.swagger) {
        if (!schemes.empty())
            root["securityDefinitions"] = std::move(schemes);
        if (!models.empty())
            root["definitions"] = std::move(models);
        return;
    }
    root["components"] = Node::object();
    if (!models.empty())
        root["components"]["schemas"] = std::move(models);
    if (!schemes.empty())
        root["components"]["securitySchemes"] = std::move(schemes);
}

}

std::string exportedVersion(const RestApi& api)
{
    return api.version.empty() ? iso8601(api.createdDate) : api.version;
}

Node exportDefinition(const ExportSource& source, const ExportOptions& options)
{
    const ExportState state{
        source, options, DocumentationIndex(options.documentation ? source.documentation : nullptr)};
    Node root;
    if (options.swagger)
        root["swagger"] = "2.0";
    else
        root["openapi"] = "3.0.1";
    root["info"] = info(state);
    writeAddress(state, root);
    documentApi(state, root);
    root["paths"] = exportedPaths(state);
    writeComponents(state, root);
    if (options.exact)
        root[kExactExtension] = true;
    if (options.extensions)
        writeExtensions(state, root);
    else if (options.validators)
        writeValidators(source.definition, root);
    if (options.documentation && source.documentation)
        writeDocumentation(state, root);
    return root;
}

}
