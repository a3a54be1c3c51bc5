#include "core/apigateway/openapi/export_state.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>

namespace core::apigateway::openapi {

namespace {

constexpr std::array<std::string_view, 8> kMethodOrder{
    "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "ANY"};

struct Place {
    const Resource& resource;
    const Method& method;
};

DocumentationLocation at(const Place& place, std::string type, std::string status = {}, std::string name = {})
{
    return {
        std::move(type), place.resource.path, place.method.httpMethod, std::move(status), std::move(name)};
}

Node parameter(const ExportState& state, const std::string& name, const char* in, bool required)
{
    Node out{{"name", name}, {"in", in}};
    if (state.options.swagger || required)
        out["required"] = required;
    if (state.options.swagger)
        out["type"] = "string";
    else
        out["schema"] = {{"type", "string"}};
    return out;
}

struct ParameterKind {
    std::string_view prefix;
    const char* in;
    const char* documented;
};
constexpr std::array<ParameterKind, 5> kKinds{{
    {"method.request.path.", "path", "PATH_PARAMETER"},
    {"method.request.querystring.", "query", "QUERY_PARAMETER"},
    {"method.request.multivaluequerystring.", "query", "QUERY_PARAMETER"},
    {"method.request.header.", "header", "REQUEST_HEADER"},
    {"method.request.multivalueheader.", "header", "REQUEST_HEADER"},
}};

Node parameters(const ExportState& state, const Place& place)
{
    auto list = Node::array();
    for (const auto& kind : kKinds) {
        for (const auto& [key, required] : place.method.requestParameters) {
            if (!key.starts_with(kind.prefix))
                continue;
            const auto name = key.substr(kind.prefix.size());
            auto out = parameter(state, name, kind.in, required);
            documentValue(state, out, at(place, kind.documented, {}, name));
            list.push_back(std::move(out));
        }
    }
    if (state.options.swagger && !place.method.requestModels.empty()) {
        const auto& model = place.method.requestModels.begin()->second;
        Node body{
            {"in", "body"}, {"name", model}, {"required", true}, {"schema", modelReference(state, model)}};
        const auto said = state.documentation.find(at(place, "REQUEST_BODY"));
        if (said.contains("description"))
            body["description"] = said["description"];
        list.push_back(std::move(body));
    }
    return list;
}

// What a person may send or gets, by content type: {"application/json": {"schema": …}}.
Node content(const ExportState& state, const StringMap& models, Node& examples)
{
    auto out = Node::object();
    for (const auto& [type, model] : models)
        out[type]["schema"] = modelReference(state, model);
    for (const auto& [type, given] : examples.items()) {
        for (const auto& [name, value] : given.items())
            out[type][name] = value;
    }
    return out;
}

Node taken(Node& from, const char* name)
{
    auto out = Node::object();
    if (const auto found = from.find(name); found != from.end() && found->is_object()) {
        out = *found;
        from.erase(name);
    }
    return out;
}

void writeBody(const ExportState& state, const Place& place, Node& operation)
{
    auto said = state.documentation.find(at(place, "REQUEST_BODY"));
    auto examples = taken(said, "content");
    if (state.options.swagger || (place.method.requestModels.empty() && said.empty() && examples.empty()))
        return;
    auto& body = operation["requestBody"];
    body = Node::object();
    for (const auto& [name, value] : said.items()) {
        if (isProse(name))
            body[name] = value;
    }
    body["content"] = content(state, place.method.requestModels, examples);
    if (!place.method.requestModels.empty())
        body["required"] = true;
}

Node response(const ExportState& state, const Place& place, const MethodResponse& given)
{
    constexpr std::string_view kHeader = "method.response.header.";
    Node out{{"description", given.statusCode + " response"}};
    auto said = state.documentation.find(at(place, "RESPONSE", given.statusCode));
    auto examples = taken(said, "content");
    if (state.options.swagger && !given.responseModels.empty())
        out["schema"] = modelReference(state, given.responseModels.begin()->second);
    for (const auto& [target, required] : given.responseParameters) {
        if (!target.starts_with(kHeader))
            continue;
        const auto name = target.substr(kHeader.size());
        const Node plain{{"type", "string"}};
        auto header = state.options.swagger ? plain : Node{{"schema", plain}};
        documentValue(state, header, at(place, "RESPONSE_HEADER", given.statusCode, name));
        out["headers"][name] = std::move(header);
    }
    if (!state.options.swagger) {
        out["content"] = content(state, given.responseModels, examples);
    } else {
        for (const auto& [type, example] : examples.items()) {
            if (example.contains("example"))
                out["examples"][type] = example["example"];
        }
    }
    for (const auto& [name, value] : said.items()) {
        if (isProse(name))
            out[name] = value;
    }
    return out;
}

void writeTypes(Node& operation, const char* name, const std::set<std::string>& types)
{
    if (!types.empty())
        operation[name] = types;
}

// Swagger's consumes and produces: as recorded, of models and of templates.
void writeContentTypes(const Method& method, Node& operation)
{
    std::set<std::string> consumes;
    std::set<std::string> produces;
    for (const auto& [type, model] : method.requestModels)
        consumes.insert(type);
    for (const auto& [status, given] : method.methodResponses) {
        for (const auto& [type, model] : given.responseModels)
            produces.insert(type);
    }
    if (method.integration) {
        for (const auto& [type, text] : method.integration->requestTemplates)
            consumes.insert(type);
        for (const auto& [status, given] : method.integration->integrationResponses) {
            for (const auto& [type, text] : given.responseTemplates)
                produces.insert(type);
        }
    }
    // With models the lists say which content types these are for, so no template's may be among them.
    if (!method.requestModels.empty()) {
        consumes.clear();
        for (const auto& [type, model] : method.requestModels)
            consumes.insert(type);
    }
    writeTypes(operation, "consumes", consumes);
    writeTypes(operation, "produces", produces);
}

std::string validatorName(const ExportState& state, const Method& method)
{
    const auto found = state.source.definition.validators.find(method.requestValidatorId);
    if (found == state.source.definition.validators.end())
        return {};
    return found->second.name.empty() ? found->second.id : found->second.name;
}

Node operation(const ExportState& state, const Place& place)
{
    const auto& method = place.method;
    auto out = Node::object();
    document(state, out, at(place, "METHOD"));
    if (!method.operationName.empty())
        out["operationId"] = method.operationName;
    if (state.options.swagger)
        writeContentTypes(method, out);
    if (auto list = parameters(state, place); !list.empty())
        out["parameters"] = std::move(list);
    writeBody(state, place, out);
    if (!method.methodResponses.empty()) {
        for (const auto& [status, given] : method.methodResponses)
            out["responses"][status] = response(state, place, given);
    } else {
        // OpenAPI wants responses; none that a method would be given back by an import.
        out["responses"] = Node::object();
    }
    if (auto security = exportedSecurity(state, method); !security.is_null())
        out["security"] = std::move(security);
    if (const auto name = validatorName(state, method); state.validators() && !name.empty())
        out["x-amazon-apigateway-request-validator"] = name;
    if (state.integrations() && method.integration)
        out["x-amazon-apigateway-integration"] =
            exportedIntegration(state, place.resource, *method.integration);
    return out;
}

std::string memberOf(const std::string& method)
{
    return method == "ANY" ? "x-amazon-apigateway-any-method" : toLower(method);
}

}

Node exportedPaths(const ExportState& state)
{
    std::vector<const Resource*> ordered;
    for (const auto& [id, resource] : state.source.definition.resources)
        ordered.push_back(&resource);
    std::sort(ordered.begin(), ordered.end(), [](auto* a, auto* b) { return a->path < b->path; });
    auto paths = Node::object();
    auto& members = *paths.get_ptr<Node::object_t*>(); // paths differ, so no look-up is needed
    std::set<std::string> parents;
    for (const auto* resource : ordered)
        parents.insert(resource->parentId);
    for (const auto* resource : ordered) {
        auto item = Node::object();
        document(state, item, {"RESOURCE", resource->path, {}, {}, {}});
        for (const auto name : kMethodOrder) {
            const auto found = resource->methods.find(std::string(name));
            if (found != resource->methods.end())
                item[memberOf(found->first)] = operation(state, {*resource, found->second});
        }
        // A resource without methods is told of only where no other path tells of it.
        if (!item.empty() || (!parents.contains(resource->id) && !resource->parentId.empty()))
            members.emplace_back(resource->path, std::move(item));
    }
    return paths;
}

}
