#include "core/apigateway/errors.h"
#include "core/apigateway/openapi/documentation_index.h"
#include "core/apigateway/openapi/import_state.h"
#include "core/base/ids.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

// What a definition says for people. API Gateway keeps it in documentation parts: those of the extension, and
// parts made of OpenAPI's own members, so that an export says it again.
namespace core::apigateway::openapi {

namespace {

constexpr std::array<std::string_view, 12> kTypes{"API", "AUTHORIZER", "MODEL", "RESOURCE", "METHOD",
    "PATH_PARAMETER", "QUERY_PARAMETER", "REQUEST_HEADER", "REQUEST_BODY", "RESPONSE", "RESPONSE_HEADER",
    "RESPONSE_BODY"};

bool hasPath(const std::string& type)
{
    return type != "API" && type != "MODEL" && type != "AUTHORIZER";
}

// Of `members` those that a node has.
Node picked(const Node& from, std::initializer_list<std::string_view> members)
{
    auto out = Node::object();
    for (const auto name : members) {
        if (const auto found = from.find(std::string(name)); found != from.end())
            out[std::string(name)] = *found;
    }
    return out;
}

DocumentationParts byId(const std::vector<DocumentationPart>& parts)
{
    DocumentationParts map;
    for (const auto& part : parts)
        map.emplace(std::to_string(map.size()), part);
    return map;
}

class Parts {
public:
    // `given`: of the extension.
    Parts(ImportState& state, const std::vector<DocumentationPart>& given)
        : m_state(state)
        , m_given(byId(given))
        , m_said(&m_given)
    {
        // Parts keep their ids from import to import.
        for (const auto& [id, part] : state.api.documentation.parts)
            m_before[part.location] = id;
        if (!state.options.merge)
            state.api.documentation.parts.clear();
    }

    void add(const DocumentationLocation& location, const Node& properties)
    {
        if (!properties.empty() && !isGiven(location, properties))
            add(location, properties.dump(-1, ' ', false, Node::error_handler_t::replace));
    }

    void add(const DocumentationLocation& location, std::string properties)
    {
        const auto known = m_before.find(location);
        const auto id = known == m_before.end() ? randomLower(6) : known->second;
        m_before[location] = id;
        m_state.api.documentation.parts[id] = {id, location, std::move(properties)};
    }

private:
    // An export says what a part of the extension says of many things at each of them.
    bool isGiven(const DocumentationLocation& location, const Node& properties) const
    {
        if (m_given.empty())
            return false;
        const auto said = m_said.find(location);
        const auto members = properties.items();
        return std::all_of(members.begin(), members.end(), [&](const auto& member) {
            const auto same = said.find(member.key());
            return same != said.end() && *same == member.value();
        });
    }

    ImportState& m_state;
    DocumentationParts m_given;
    DocumentationIndex m_said;
    std::map<DocumentationLocation, std::string> m_before;
};

void addApi(Parts& parts, const Definition& definition)
{
    auto properties = Node::object();
    if (auto info = picked(*definition.object("info"), {"termsOfService", "contact", "license"});
        !info.empty())
        properties["info"] = std::move(info);
    auto tags = Node::array();
    const auto* given = definition.list("tags");
    for (const auto& tag : given ? *given : Node::array()) {
        if (tag.is_object() && !tag.contains("x-amazon-apigateway-tag-value"))
            tags.push_back(tag);
    }
    if (!tags.empty())
        properties["tags"] = std::move(tags);
    if (const auto* docs = definition.object("externalDocs"))
        properties["externalDocs"] = *docs;
    parts.add({"API", {}, {}, {}, {}}, properties);
}

// A parameter's or a header's schema, where it says more than that there is text.
void addSchema(const Definition& definition, const Node& source, Node& properties)
{
    Node schema;
    if (const auto* given = childObject(source, "schema")) {
        const auto* resolved = definition.resolve(*given);
        schema = resolved ? *resolved : *given;
    } else if (definition.isSwagger()) {
        schema = picked(source,
            {"type", "format", "items", "collectionFormat", "default", "enum", "minimum", "maximum",
                "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "pattern", "minItems",
                "maxItems", "uniqueItems", "multipleOf"});
    }
    const Node plain{{"type", "string"}};
    if (schema.is_object() && !schema.empty() && schema != plain)
        properties["schema"] = std::move(schema);
}

Node parameterText(const Definition& definition, const Node& source)
{
    auto properties = picked(source,
        {"description", "deprecated", "allowEmptyValue", "style", "explode", "allowReserved", "example",
            "examples"});
    addSchema(definition, source, properties);
    return properties;
}

void addParameters(
    Parts& parts, const ImportState& state, const DefinedOperation& operation, const std::string& path)
{
    for (const auto& parameter : operation.parameters) {
        const auto* type = parameter.place == "path" ? "PATH_PARAMETER"
            : parameter.place == "querystring"       ? "QUERY_PARAMETER"
            : parameter.place == "header"            ? "REQUEST_HEADER"
                                                     : nullptr;
        if (type)
            parts.add({type, path, operation.method, {}, parameter.name},
                parameterText(state.definition, *parameter.source));
    }
}

// Examples of bodies, by content type.
Node examplesOf(const Definition& definition, const Node& source)
{
    auto content = Node::object();
    const auto* given = childObject(source, "content");
    if (!given)
        return content;
    for (const auto& [type, media] : given->items()) {
        if (!media.is_object())
            continue;
        auto examples = picked(media, {"example"});
        if (const auto* named = childObject(media, "examples")) {
            for (const auto& [name, example] : named->items()) {
                const auto* resolved = definition.resolve(example);
                examples["examples"][name] = resolved ? *resolved : example;
            }
        }
        if (!examples.empty())
            content[type] = std::move(examples);
    }
    return content;
}

void addBody(
    Parts& parts, const ImportState& state, const DefinedOperation& operation, const std::string& path)
{
    auto properties = Node::object();
    if (!operation.bodyDescription.empty())
        properties["description"] = operation.bodyDescription;
    const auto* body = childObject(*operation.source, "requestBody");
    const auto* resolved = body ? state.definition.resolve(*body) : nullptr;
    if (resolved) {
        if (auto content = examplesOf(state.definition, *resolved); !content.empty())
            properties["content"] = std::move(content);
    }
    parts.add({"REQUEST_BODY", path, operation.method, {}, {}}, properties);
}

void addResponse(Parts& parts, const ImportState& state, const DefinedOperation& operation,
    const DefinedResponse& response, const std::string& path)
{
    const auto& source = *response.source;
    auto properties = Node::object();
    if (const auto text = childText(source, "description");
        !text.empty() && text != response.status + " response")
        properties["description"] = text;
    if (auto content = examplesOf(state.definition, source); !content.empty())
        properties["content"] = std::move(content);
    if (const auto* examples = childObject(source, "examples"); examples && state.definition.isSwagger()) {
        for (const auto& [type, example] : examples->items())
            properties["content"][type]["example"] = example;
    }
    parts.add({"RESPONSE", path, operation.method, response.status, {}}, properties);
    for (const auto& name : response.headers) {
        const auto& given = childObject(source, "headers")->at(name);
        if (const auto* header = state.definition.resolve(given); header && header->is_object())
            parts.add({"RESPONSE_HEADER", path, operation.method, response.status, name},
                parameterText(state.definition, *header));
    }
}

void addOperation(Parts& parts, const ImportState& state, const DefinedOperation& operation)
{
    const auto path = pathInApi(state, operation.path);
    const auto found = state.resourceByPath.find(path);
    if (found == state.resourceByPath.end())
        return;
    const auto& methods = state.api.resources.at(found->second).methods;
    const auto method = methods.find(operation.method);
    if (method == methods.end())
        return;
    parts.add({"METHOD", path, operation.method, {}, {}},
        picked(*operation.source, {"summary", "description", "tags", "deprecated", "externalDocs"}));
    addParameters(parts, state, operation, path);
    addBody(parts, state, operation, path);
    for (const auto& response : operation.responses) {
        if (method->second.methodResponses.contains(response.status))
            addResponse(parts, state, operation, response, path);
    }
}

}

Result<std::vector<DocumentationPart>> documentationParts(const Node& extension)
{
    std::vector<DocumentationPart> parts;
    const auto* list = childList(extension, "documentationParts");
    for (const auto& entry : list ? *list : Node::array()) {
        const auto* location = childObject(entry, "location");
        const auto type = location ? childText(*location, "type") : std::string{};
        if (std::find(kTypes.begin(), kTypes.end(), type) == kTypes.end())
            return fail(errors::badRequest("Invalid documentation part location type: " + type));
        DocumentationPart part;
        part.location = {type, childText(*location, "path"), childText(*location, "method"),
            childText(*location, "statusCode"), childText(*location, "name")};
        if (part.location.path.empty() && hasPath(type))
            part.location.path = "/"; // as recorded
        const auto properties = entry.find("properties");
        if (properties != entry.end())
            part.properties = properties->is_string()
                ? properties->get<std::string>()
                : properties->dump(-1, ' ', false, Node::error_handler_t::replace);
        parts.push_back(std::move(part));
    }
    return parts;
}

void importDocumentation(ImportState& state)
{
    const auto& definition = state.definition;
    const auto* extension = definition.object("x-amazon-apigateway-documentation");
    const auto given = extension ? documentationParts(*extension) : Result<std::vector<DocumentationPart>>();
    if (!given) {
        state.fault(given.error().message);
        return;
    }
    Parts parts(state, *given);
    addApi(parts, definition);
    for (const auto& path : definition.paths())
        parts.add({"RESOURCE", pathInApi(state, path.path), {}, {}, {}},
            picked(*path.source, {"summary", "description"}));
    for (const auto& operation : definition.operations())
        addOperation(parts, state, operation);
    for (const auto& [name, scheme] : definition.securitySchemes()) {
        if (state.authorizerByName.contains(name))
            parts.add({"AUTHORIZER", {}, {}, {}, name}, picked(*scheme, {"description"}));
    }
    for (const auto& part : *given)
        parts.add(part.location, part.properties);
}

}
