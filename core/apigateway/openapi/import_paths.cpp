#include "core/apigateway/errors.h"
#include "core/apigateway/integration_rules.h"
#include "core/apigateway/method_rules.h"
#include "core/apigateway/openapi/import_state.h"
#include "core/apigateway/resource_tree.h"
#include "core/base/ids.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway::openapi {

namespace {

Resource* root(ImportState& state)
{
    return &state.api.resources.at(state.api.rootResourceId);
}

Resource* childAt(
    ImportState& state, const Resource& parent, const std::string& part, const std::string& whole)
{
    const auto path = pathBelow(parent, part);
    if (const auto known = state.resourceByPath.find(path); known != state.resourceByPath.end())
        return &state.api.resources.at(known->second);
    const auto placed = checkPlace(state.api.resources, parent, part, {});
    if (!placed) {
        state.fault("Unable to create resource at path '" + whole + "': " + placed.error().message);
        return nullptr;
    }
    const auto kept = state.idsByPath.find(path);
    Resource resource{
        kept == state.idsByPath.end() ? randomLower(6) : kept->second, parent.id, part, path, {}};
    state.resourceByPath[path] = resource.id;
    const auto id = resource.id;
    return &state.api.resources.emplace(id, std::move(resource)).first->second;
}

// With all above it; null where it may not stand.
Resource* resourceAt(ImportState& state, const std::string& path)
{
    auto* at = root(state);
    for (const auto part : split(std::string_view(path).substr(1), '/')) {
        if (part.empty())
            continue;
        at = childAt(state, *at, std::string(part), path);
        if (!at)
            return nullptr;
    }
    return at;
}

std::string shown(const DefinedOperation& operation)
{
    return "method '" + operation.method + ' ' + operation.path + "'";
}

void addParameters(
    ImportState& state, const DefinedOperation& operation, const Resource& resource, Method& method)
{
    for (const auto& parameter : operation.parameters) {
        if (parameter.place == "path" || parameter.place == "querystring" || parameter.place == "header")
            method.requestParameters["method.request." + parameter.place + '.' + parameter.name] =
                parameter.required;
        else
            state.warn("Ignoring parameter '" + parameter.name + "' in " + parameter.place + " of "
                + shown(operation) + ", which API Gateway has not");
    }
    // A method has the variable of its own path whether or not it is declared, as recorded.
    if (!state.exact && resource.pathPart.starts_with('{') && !resource.pathPart.ends_with("+}"))
        method.requestParameters.try_emplace(
            "method.request.path." + resource.pathPart.substr(1, resource.pathPart.size() - 2), true);
}

void addBodies(ImportState& state, const DefinedOperation& operation, Method& method)
{
    for (const auto& body : operation.bodies) {
        const auto model =
            body.schema ? modelFor(state, *body.schema, "body of " + shown(operation)) : std::string{};
        if (!model.empty())
            method.requestModels[body.contentType] = model;
    }
}

bool isStatus(const std::string& text)
{
    return text.size() == 3 && text[0] >= '1' && text[0] <= '5'
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void addResponses(ImportState& state, const DefinedOperation& operation, Method& method)
{
    for (const auto& response : operation.responses) {
        if (!isStatus(response.status)) {
            state.warn("Ignoring response '" + response.status + "' of " + shown(operation)
                + ": a method response has a status code of three digits");
            continue;
        }
        auto& added = method.methodResponses[response.status];
        added.statusCode = response.status;
        for (const auto& header : response.headers)
            added.responseParameters["method.response.header." + header] = false;
        for (const auto& content : response.content) {
            const auto model = content.schema
                ? modelFor(state, *content.schema, response.status + " response to " + shown(operation))
                : std::string{};
            if (!model.empty())
                added.responseModels[content.contentType] = model;
        }
    }
}

void addValidator(ImportState& state, const DefinedOperation& operation, Method& method)
{
    auto name = childText(*operation.source, "x-amazon-apigateway-request-validator");
    if (name.empty())
        name = state.definition.text("x-amazon-apigateway-request-validator");
    if (name.empty())
        return;
    const auto known = state.validatorByName.find(name);
    if (known != state.validatorByName.end())
        method.requestValidatorId = known->second;
    else
        state.warn("Request validator '" + name + "' of " + shown(operation) + " not found. Ignoring.");
}

void addOperation(ImportState& state, const DefinedOperation& operation)
{
    const auto path = pathInApi(state, operation.path);
    const auto placed = state.resourceByPath.find(path);
    if (placed == state.resourceByPath.end())
        return; // which was told
    auto* resource = &state.api.resources.at(placed->second);
    Method method;
    method.httpMethod = operation.method;
    method.operationName = childText(*operation.source, "operationId");
    addParameters(state, operation, *resource, method);
    addBodies(state, operation, method);
    addResponses(state, operation, method);
    addValidator(state, operation, method);
    addSecurity(state, operation, method);
    if (const auto checked = checkRequestParameters(method.requestParameters); !checked) {
        state.fault("Unable to put method '" + operation.method + "' on resource at path '" + path
            + "': " + checked.error().message);
        return;
    }
    method.integration = importIntegration(state, operation, *resource, method);
    resource->methods[operation.method] = std::move(method);
}

void clearResources(ImportState& state)
{
    for (const auto& [id, resource] : state.api.resources)
        state.idsByPath[resource.path] = id;
    auto kept = std::move(state.api.resources.at(state.api.rootResourceId));
    kept.methods.clear();
    state.api.resources.clear();
    const auto id = kept.id;
    state.api.resources.emplace(id, std::move(kept));
}

}

void importPaths(ImportState& state)
{
    if (!state.options.merge)
        clearResources(state);
    for (const auto& [id, resource] : state.api.resources)
        state.resourceByPath[resource.path] = id;
    for (const auto& path : state.definition.paths())
        resourceAt(state, pathInApi(state, path.path));
    for (const auto& operation : state.definition.operations())
        addOperation(state, operation);
}

}
