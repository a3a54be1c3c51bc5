#include "core/apigateway/openapi/import.h"

#include "core/apigateway/api_endpoint.h"
#include "core/apigateway/api_ids.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/gateway_response.h"
#include "core/apigateway/gateway_response_rules.h"
#include "core/apigateway/openapi/export.h"
#include "core/apigateway/openapi/import_state.h"
#include "core/apigateway/quotas.h"
#include "core/base/ids.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace core::apigateway::openapi {

namespace {

constexpr std::string_view kPrefix = "x-amazon-apigateway-";

// Extensions of the document itself; what else begins like one is told.
constexpr std::array<std::string_view, 14> kRootExtensions{"request-validators", "request-validator",
    "gateway-responses", "binary-media-types", "minimum-compression-size", "api-key-source", "policy",
    "documentation", "endpoint-configuration", "importexport-version", "authorizer", "cors",
    "security-policy", "endpoint-access-mode"};

StringMap tagsOf(const Definition& definition)
{
    StringMap tags;
    const auto* list = definition.list("tags");
    for (const auto& tag : list ? *list : Node::array()) {
        if (tag.is_object() && tag.contains("x-amazon-apigateway-tag-value"))
            tags[childText(tag, "name")] = childText(tag, "x-amazon-apigateway-tag-value");
    }
    return tags;
}

void importInfo(ImportState& state)
{
    const auto& info = *state.definition.object("info");
    state.api.name = childText(info, "title");
    state.api.version = childText(info, "version");
    if (!state.options.merge || info.contains("description"))
        state.api.description = childText(info, "description");
    for (const auto& [name, value] : tagsOf(state.definition))
        state.api.tags[name] = value;
}

void importEndpoint(ImportState& state)
{
    auto& api = state.api;
    const auto before = api.endpointType;
    if (const auto* given = state.definition.endpointConfiguration()) {
        if (const auto* types = childList(*given, "types"); types && !types->empty())
            api.endpointType = scalarText(types->front());
        if (const auto* ids = childList(*given, "vpcEndpointIds")) {
            api.vpcEndpointIds.clear();
            for (const auto& id : *ids)
                api.vpcEndpointIds.push_back(scalarText(id));
        }
        if (given->contains("disableExecuteApiEndpoint"))
            api.disableExecuteApiEndpoint = childFlag(*given, "disableExecuteApiEndpoint");
        if (const auto ip = childText(*given, "ipAddressType"); !ip.empty())
            api.ipAddressType = ip;
    }
    if (!state.options.endpointType.empty())
        api.endpointType = state.options.endpointType;
    constexpr std::array<std::string_view, 3> kTypes{"EDGE", "REGIONAL", "PRIVATE"};
    if (std::find(kTypes.begin(), kTypes.end(), api.endpointType) == kTypes.end())
        state.fault(
            "Invalid endpoint type " + api.endpointType + ". Must be one of: [PRIVATE, EDGE, REGIONAL]");
    if (api.endpointType != before && api.endpointType == "PRIVATE")
        api.ipAddressType = "dualstack";
    const auto& root = state.definition.root();
    if (const auto policy = childText(root, "x-amazon-apigateway-security-policy"); !policy.empty())
        api.securityPolicy = policy;
    if (const auto mode = childText(root, "x-amazon-apigateway-endpoint-access-mode"); !mode.empty())
        api.endpointAccessMode = mode;
    if (const auto checked = checkApiEndpoint(api); !checked)
        state.fault(checked.error().message);
}

void importMediaTypes(ImportState& state)
{
    auto& types = state.api.binaryMediaTypes;
    if (!state.options.merge)
        types.clear();
    const auto* list = state.definition.list("x-amazon-apigateway-binary-media-types");
    for (const auto& type : list ? *list : Node::array()) {
        const auto name = scalarText(type);
        if (!name.empty() && std::find(types.begin(), types.end(), name) == types.end())
            types.push_back(name);
    }
}

void importCompression(ImportState& state)
{
    const auto size = state.definition.text("x-amazon-apigateway-minimum-compression-size");
    if (!state.options.merge)
        state.api.minimumCompressionSize.reset();
    if (size.empty())
        return;
    const auto bytes = parseInteger(size);
    if (bytes && *bytes >= 0 && *bytes <= 10'485'760)
        state.api.minimumCompressionSize = static_cast<int>(*bytes);
    else
        state.fault("Invalid minimum compression size, must be between 0 and 10485760 inclusive");
}

void importKeySource(ImportState& state)
{
    const auto source = toUpper(state.definition.text("x-amazon-apigateway-api-key-source"));
    if (source == "HEADER" || source == "AUTHORIZER")
        state.api.apiKeySource = source;
    else if (!source.empty())
        state.fault("Invalid API key source " + source + ". Must be one of: [HEADER, AUTHORIZER]");
    else if (!state.options.merge)
        state.api.apiKeySource = "HEADER";
}

void importValidators(ImportState& state)
{
    auto& validators = state.api.validators;
    std::map<std::string, std::string> before;
    for (const auto& [id, validator] : validators)
        before[validator.name] = id;
    if (!state.options.merge)
        validators.clear();
    for (const auto& [id, validator] : validators)
        state.validatorByName[validator.name] = id;
    const auto* given = state.definition.object("x-amazon-apigateway-request-validators");
    if (!given)
        return;
    for (const auto& [name, source] : given->items()) {
        const auto known = before.find(name);
        const auto id = known == before.end() ? randomLower(6) : known->second;
        validators[id] = {id, name, childFlag(source, "validateRequestBody"),
            childFlag(source, "validateRequestParameters")};
        state.validatorByName[name] = id;
    }
}

bool isGatewayResponse(const std::string& type)
{
    const auto known = gatewayResponseDefaults();
    return std::any_of(known.begin(), known.end(), [&](const auto& one) { return one.name == type; });
}

void importGatewayResponses(ImportState& state)
{
    if (!state.options.merge)
        state.api.gatewayResponses.clear();
    const auto* given = state.definition.object("x-amazon-apigateway-gateway-responses");
    if (!given)
        return;
    for (const auto& [type, source] : given->items()) {
        if (!isGatewayResponse(type)) {
            state.fault("Unable to put gateway response '" + type
                + "': Invalid gateway response type specified: " + type);
            continue;
        }
        GatewayResponse response{childText(source, "statusCode"),
            textMap(childObject(source, "responseParameters")),
            textMap(childObject(source, "responseTemplates"))};
        if (const auto checked = checkGatewayResponse(response); !checked)
            state.fault("Unable to put gateway response '" + type + "': " + checked.error().message);
        else
            state.api.gatewayResponses[type] = std::move(response);
    }
}

void noteUnknownExtensions(ImportState& state)
{
    for (const auto& [name, value] : state.definition.root().items()) {
        if (!name.starts_with(kPrefix))
            continue;
        const auto rest = std::string_view(name).substr(kPrefix.size());
        const bool known =
            std::find(kRootExtensions.begin(), kRootExtensions.end(), rest) != kRootExtensions.end();
        if (!known || rest == "cors")
            state.warn("Ignoring extension " + name + ", which REST APIs of Cloud Chamber do not have");
    }
}

std::string listed(const char* title, const std::vector<std::string>& lines)
{
    std::string text = title;
    for (const auto& line : lines)
        text += "\n\t" + line;
    return text;
}

Result<> judged(const ImportState& state)
{
    constexpr std::size_t kMaxTold = 100;
    auto told = state.errors;
    told.resize(std::min(told.size(), kMaxTold));
    if (!told.empty()) {
        auto message = listed("Errors found during import:", told);
        if (!state.warnings.empty())
            message += listed("\nAdditionally, these warnings were found:", state.warnings);
        return fail(errors::badRequest(std::move(message)));
    }
    if (state.options.failOnWarnings && !state.warnings.empty())
        return fail(errors::badRequest(listed("Warnings found during import:", state.warnings)));
    return {};
}

}

StringMap textMap(const Node* object)
{
    StringMap map;
    if (!object)
        return map;
    for (const auto& [name, value] : object->items())
        map[name] = value.is_structured() ? value.dump() : scalarText(value);
    return map;
}

std::string pathInApi(const ImportState& state, const std::string& path)
{
    auto base = state.options.basePath == "ignore" ? std::string{} : state.definition.basePath();
    if (state.options.basePath == "split") {
        const auto second = base.empty() ? base.npos : base.find('/', 1);
        base = second == base.npos ? std::string{} : base.substr(second);
    }
    const auto given = base + path;
    std::string whole;
    for (const auto part : split(given, '/')) {
        if (!part.empty())
            whole += '/' + std::string(part);
    }
    return whole.empty() ? "/" : whole;
}

Result<RestApi> emptyApi(const Definition& definition, std::string region, std::string account, Micros now)
{
    RestApi api;
    api.tags = tagsOf(definition);
    CORE_TRY(api.id, newApiId(api.tags));
    api.region = std::move(region);
    api.account = std::move(account);
    api.createdDate = now;
    api.rootResourceId = randomLower(10);
    Resource root;
    root.id = api.rootResourceId;
    root.path = "/";
    api.resources.emplace(root.id, root);
    return api;
}

Result<std::vector<std::string>> importDefinition(
    RestApi& api, const Definition& definition, const ImportOptions& options)
{
    ImportState state{api, definition, options, definition.text(kExactExtension) == "true", {},
        definition.warnings(), {}, {}, {}, {}};
    importInfo(state);
    importEndpoint(state);
    importMediaTypes(state);
    importCompression(state);
    importKeySource(state);
    importModels(state);
    importValidators(state);
    importGatewayResponses(state);
    importSecurity(state);
    importPaths(state);
    CORE_CHECK(checkRoom(quotas::kResources, api.resources.size() - 1));
    if (options.documentation)
        importDocumentation(state);
    noteUnknownExtensions(state);
    CORE_CHECK(judged(state));
    return std::move(state.warnings);
}

}
