#include "core/apigateway/errors.h"
#include "core/apigateway/integration_rules.h"
#include "core/apigateway/integration_uri.h"
#include "core/apigateway/openapi/import_state.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace core::apigateway::openapi {

namespace {

// payloadFormatVersion and its like are of HTTP APIs, whose definitions may be imported here too.
constexpr std::array<std::string_view, 19> kMembers{"type", "uri", "httpMethod", "credentials",
    "requestParameters", "requestTemplates", "responses", "passthroughBehavior", "contentHandling",
    "timeoutInMillis", "cacheNamespace", "cacheKeyParameters", "connectionType", "connectionId", "tlsConfig",
    "responseTransferMode", "integrationTarget", "payloadFormatVersion", "description"};

std::string place(const DefinedOperation& operation, const Resource& resource)
{
    return "'" + operation.method + "' for resource at path '" + resource.path + "'";
}

// A bare true or 42 of YAML stands for the literal.
StringMap requestParameters(const Node& source)
{
    StringMap map;
    const auto* given = childObject(source, "requestParameters");
    if (!given)
        return map;
    for (const auto& [target, value] : given->items()) {
        const auto text = scalarText(value);
        map[target] = value.is_string() ? text : "'" + text + "'";
    }
    return map;
}

std::vector<std::string> texts(const Node* list)
{
    std::vector<std::string> found;
    for (const auto& entry : list ? *list : Node::array())
        found.push_back(scalarText(entry));
    return found;
}

std::string httpMethod(
    const ImportState& state, const Integration& integration, const Node& source, const Method& method)
{
    if (state.exact)
        return childText(source, "httpMethod");
    // Functions are called by POST, whatever the definition says.
    if (integration.type == IntegrationType::AwsProxy
        && (lambdaFunctionOf(integration.uri) || streamedFunctionOf(integration.uri)))
        return "POST";
    if (integration.type == IntegrationType::Mock)
        return {};
    const auto given = toUpper(childText(source, "httpMethod"));
    if (given == "X-AMAZON-APIGATEWAY-ANY-METHOD")
        return "ANY";
    return given.empty() ? method.httpMethod : given;
}

Result<> readTimeout(const Node& source, Integration& integration)
{
    const auto text = childText(source, "timeoutInMillis");
    if (text.empty())
        return {};
    const auto given = parseInteger(text);
    if (!given || *given < 0 || *given > 1'000'000)
        return fail(errors::badRequest("Timeout should be between 50 ms and 29000 ms"));
    integration.timeoutInMillis = static_cast<int>(*given);
    return {};
}

Result<Integration> readIntegration(
    const ImportState& state, const Node& source, const Resource& resource, const Method& method)
{
    Integration integration;
    const auto type = toUpper(childText(source, "type"));
    if (type.empty())
        return fail(errors::badRequest("Enumeration value for IntegrationType must be non-empty"));
    CORE_TRY(integration.type, parseIntegrationType(type));
    integration.uri = childText(source, "uri");
    integration.httpMethod = httpMethod(state, integration, source, method);
    integration.credentials = childText(source, "credentials");
    integration.requestParameters = requestParameters(source);
    integration.requestTemplates = textMap(childObject(source, "requestTemplates"));
    if (const auto behavior = toUpper(childText(source, "passthroughBehavior")); !behavior.empty())
        integration.passthroughBehavior = behavior;
    integration.contentHandling = toUpper(childText(source, "contentHandling"));
    CORE_CHECK(readTimeout(source, integration));
    integration.cacheNamespace = childText(source, "cacheNamespace");
    if (integration.cacheNamespace.empty())
        integration.cacheNamespace = resource.id;
    integration.cacheKeyParameters = texts(childList(source, "cacheKeyParameters"));
    integration.connectionType = toUpper(childText(source, "connectionType"));
    integration.connectionId = childText(source, "connectionId");
    const bool overHttp =
        integration.type == IntegrationType::Http || integration.type == IntegrationType::HttpProxy;
    if (integration.connectionType.empty() && overHttp && !state.exact)
        integration.connectionType = "INTERNET";
    const auto* tls = childObject(source, "tlsConfig");
    if (tls && tls->contains("insecureSkipVerification"))
        integration.insecureSkipVerification = childFlag(*tls, "insecureSkipVerification");
    integration.responseTransferMode = toUpper(childText(source, "responseTransferMode"));
    integration.integrationTarget = childText(source, "integrationTarget");
    CORE_CHECK(checkIntegration(method, integration));
    return integration;
}

IntegrationResponse readResponse(const std::string& pattern, const Node& source)
{
    IntegrationResponse response;
    response.statusCode = childText(source, "statusCode");
    if (response.statusCode.empty())
        response.statusCode = "200";
    if (pattern != "default")
        response.selectionPattern = pattern;
    response.responseParameters = textMap(childObject(source, "responseParameters"));
    if (const auto* templates = childObject(source, "responseTemplates")) {
        for (const auto& [type, value] : templates->items())
            response.responseTemplates[type] = value.is_null()
                ? std::nullopt
                : std::optional(value.is_structured() ? value.dump() : scalarText(value));
    }
    response.contentHandling = toUpper(childText(source, "contentHandling"));
    return response;
}

void addResponses(ImportState& state, const Node& source, const std::string& where, const Method& method,
    Integration& integration)
{
    const auto* given = childObject(source, "responses");
    if (!given)
        return;
    for (const auto& [pattern, entry] : given->items()) {
        auto response = readResponse(pattern, entry);
        if (const auto checked = checkIntegrationResponse(method, response); !checked) {
            state.fault("Unable to put integration response on " + where + ": " + checked.error().message);
            continue;
        }
        const auto status = response.statusCode;
        if (integration.integrationResponses.contains(status))
            state.warn("Integration responses of " + where + " share the status code " + status
                + ", of which API Gateway keeps one. Using '" + pattern + "'.");
        integration.integrationResponses[status] = std::move(response);
    }
}

}

std::optional<Integration> importIntegration(
    ImportState& state, const DefinedOperation& operation, const Resource& resource, const Method& method)
{
    const auto found = operation.source->find("x-amazon-apigateway-integration");
    if (found == operation.source->end())
        return std::nullopt;
    const auto* source = state.definition.resolve(*found);
    if (!source || !source->is_object()) {
        state.fault(
            "Unable to parse API definition because of a malformed integration at path " + operation.path);
        return std::nullopt;
    }
    const auto where = place(operation, resource);
    for (const auto& [name, value] : source->items()) {
        if (std::find(kMembers.begin(), kMembers.end(), name) == kMembers.end())
            state.warn("Ignoring '" + name + "' in the integration of " + where);
    }
    auto integration = readIntegration(state, *source, resource, method);
    if (!integration) {
        state.fault("Unable to put integration on " + where + ": " + integration.error().message);
        return std::nullopt;
    }
    addResponses(state, *source, where, method, *integration);
    return *std::move(integration);
}

}
