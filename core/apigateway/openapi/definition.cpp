#include "core/apigateway/openapi/definition.h"

#include "core/apigateway/errors.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace core::apigateway::openapi {

namespace {

constexpr int kMaxHops = 16; // of a reference to a reference

constexpr std::string_view kAnyMethod = "x-amazon-apigateway-any-method";

std::string methodOf(const std::string& member)
{
    constexpr std::array<std::string_view, 7> kMethods{
        "get", "put", "post", "delete", "options", "head", "patch"};
    if (member == kAnyMethod)
        return "ANY";
    const bool known = std::find(kMethods.begin(), kMethods.end(), member) != kMethods.end();
    return known ? toUpper(member) : std::string{};
}

bool isExpectedInPath(const std::string& member)
{
    return member == "parameters" || member == "summary" || member == "description" || member == "servers"
        || member == "$ref" || member.starts_with("x-");
}

std::string pointerPart(std::string_view part)
{
    return replaceAll(replaceAll(percentDecode(part), "~1", "/"), "~0", "~");
}

const Node* follow(const Node& root, std::string_view pointer)
{
    const Node* at = &root;
    if (!pointer.starts_with("#/"))
        return nullptr;
    for (const auto part : split(pointer.substr(2), '/')) {
        if (!at->is_object())
            return nullptr;
        const auto found = at->find(pointerPart(part));
        if (found == at->end())
            return nullptr;
        at = &*found;
    }
    return at;
}

std::string pathOf(std::string url)
{
    if (const auto scheme = url.find("://"); scheme != url.npos) {
        const auto slash = url.find('/', scheme + 3);
        url = slash == url.npos ? std::string{} : url.substr(slash);
    }
    while (url.ends_with('/'))
        url.pop_back();
    return url.starts_with('/') || url.empty() ? url : "/" + url;
}

void addNamed(NamedNodes& into, const Node* from)
{
    if (!from)
        return;
    for (const auto& [name, node] : from->items()) {
        if (node.is_object())
            into.emplace_back(name, &node);
    }
}

}

const Node* childObject(const Node& node, std::string_view name)
{
    if (!node.is_object())
        return nullptr;
    const auto found = node.find(std::string(name));
    return found != node.end() && found->is_object() ? &*found : nullptr;
}

const Node* childList(const Node& node, std::string_view name)
{
    if (!node.is_object())
        return nullptr;
    const auto found = node.find(std::string(name));
    return found != node.end() && found->is_array() ? &*found : nullptr;
}

std::string scalarText(const Node& node)
{
    if (node.is_string())
        return node.get<std::string>();
    return node.is_number() || node.is_boolean() ? node.dump() : std::string{};
}

std::string childText(const Node& node, std::string_view name)
{
    if (!node.is_object())
        return {};
    const auto found = node.find(std::string(name));
    return found == node.end() ? std::string{} : scalarText(*found);
}

bool childFlag(const Node& node, std::string_view name)
{
    return childText(node, name) == "true";
}

Definition::Definition() = default;
Definition::~Definition() = default;
Definition::Definition(Definition&&) noexcept = default;
Definition& Definition::operator=(Definition&&) noexcept = default;

Result<Definition> Definition::read(Node document)
{
    Definition definition;
    definition.m_root = std::make_unique<Node>(std::move(document));
    const auto& root = *definition.m_root;
    definition.m_isSwagger = childText(root, "swagger").starts_with("2");
    const auto version = childText(root, "openapi");
    if (!definition.m_isSwagger && !version.starts_with("3.0"))
        return fail(errors::badRequest(version.empty()
                ? "Invalid OpenAPI input."
                : "Invalid OpenAPI input: version " + version + " of OpenAPI is not supported"));
    if (childText(childObject(root, "info") ? *childObject(root, "info") : Node(), "title").empty())
        return fail(errors::badRequest("Invalid OpenAPI input: attribute info.title is missing"));
    definition.readComponents();
    CORE_CHECK(definition.readPaths());
    return definition;
}

const Node* Definition::object(std::string_view name) const
{
    return childObject(*m_root, name);
}

const Node* Definition::list(std::string_view name) const
{
    return childList(*m_root, name);
}

std::string Definition::text(std::string_view name) const
{
    return childText(*m_root, name);
}

const Node* Definition::resolve(const Node& node) const
{
    const Node* at = &node;
    for (int hops = 0; hops < kMaxHops && at; ++hops) {
        const auto reference = childText(*at, "$ref");
        if (reference.empty())
            return at;
        at = follow(*m_root, reference);
    }
    return nullptr;
}

std::string Definition::modelName(const Node& schema) const
{
    const auto reference = childText(schema, "$ref");
    const std::string_view prefix = m_isSwagger ? "#/definitions/" : "#/components/schemas/";
    const auto rest = std::string_view(reference).substr(std::min(prefix.size(), reference.size()));
    const bool direct = reference.starts_with(prefix) && rest.find('/') == rest.npos;
    return direct ? pointerPart(rest) : std::string{};
}

std::string Definition::basePath() const
{
    if (m_isSwagger)
        return pathOf(text("basePath"));
    const auto* servers = list("servers");
    for (const auto& server : servers ? *servers : Node::array()) {
        const auto* variables = childObject(server, "variables");
        const auto* variable = variables ? childObject(*variables, "basePath") : nullptr;
        if (variable)
            return pathOf("/" + childText(*variable, "default"));
        if (auto path = pathOf(childText(server, "url")); !path.empty())
            return path.find('{') == path.npos ? path : std::string{};
    }
    return {};
}

const Node* Definition::endpointConfiguration() const
{
    constexpr std::string_view kExtension = "x-amazon-apigateway-endpoint-configuration";
    const auto* servers = list("servers");
    const auto* ofServer = servers && !servers->empty() ? childObject(servers->front(), kExtension) : nullptr;
    return ofServer ? ofServer : object(kExtension);
}

void Definition::readComponents()
{
    if (m_isSwagger) {
        addNamed(m_schemas, object("definitions"));
        addNamed(m_securitySchemes, object("securityDefinitions"));
        return;
    }
    if (const auto* servers = list("servers"); servers && servers->size() > 1)
        m_warnings.emplace_back(
            "More than one server provided. Ignoring all but the first for defining endpoint configuration");
    if (const auto* components = object("components")) {
        addNamed(m_schemas, childObject(*components, "schemas"));
        addNamed(m_securitySchemes, childObject(*components, "securitySchemes"));
    }
}

Result<> Definition::readPaths()
{
    if (m_root->contains("paths") && !object("paths"))
        return fail(errors::badRequest("Invalid OpenAPI input: attribute paths is not of type `object`"));
    const auto* all = object("paths");
    if (!all) {
        m_warnings.emplace_back("Parse issue: attribute paths is missing");
        return {};
    }
    for (const auto& [path, item] : all->items()) {
        if (path.starts_with("x-"))
            continue;
        if (!path.starts_with('/')) {
            m_warnings.push_back("Parse issue: attribute paths. Resource " + path + " should start with /");
            continue;
        }
        const auto* resolved = item.is_object() ? resolve(item) : nullptr;
        if (!resolved) {
            m_warnings.push_back("Parse issue: attribute paths.'" + path + "' is not of type `object`");
            continue;
        }
        m_paths.push_back({path, resolved});
        readPath(path, *resolved);
    }
    return {};
}

void Definition::readPath(const std::string& path, const Node& item)
{
    for (const auto& [member, source] : item.items()) {
        const auto method = methodOf(member);
        if (method.empty() || !source.is_object()) {
            if (!method.empty() || !isExpectedInPath(member))
                m_warnings.push_back(
                    "Parse issue: attribute paths.'" + path + "'(" + member + ") is unexpected");
            continue;
        }
        DefinedOperation operation{path, method, {}, {}, {}, {}, false, {}, &source};
        if (const auto* shared = childList(item, "parameters"))
            readParameters(operation, *shared);
        if (const auto* own = childList(source, "parameters"))
            readParameters(operation, *own);
        readBody(operation);
        readResponses(operation);
        m_operations.push_back(std::move(operation));
    }
}

void Definition::readParameters(DefinedOperation& operation, const Node& parameters)
{
    for (const auto& entry : parameters) {
        const auto* parameter = resolve(entry);
        if (parameter && parameter->is_object())
            addParameter(operation, *parameter);
        else
            m_warnings.push_back("Parse issue: attribute paths.'" + operation.path + "'("
                + toLower(operation.method) + ").parameters." + childText(entry, "$ref") + " is missing");
    }
}

void Definition::addParameter(DefinedOperation& operation, const Node& parameter)
{
    auto place = childText(parameter, "in");
    auto name = childText(parameter, "name");
    if (place == "body" && m_isSwagger) {
        const auto* schema = childObject(parameter, "schema");
        for (auto& type : contentTypes(operation, "consumes"))
            operation.bodies.push_back({std::move(type), schema});
        operation.bodyName = std::move(name);
        operation.bodyDescription = childText(parameter, "description");
        operation.bodyRequired = childFlag(parameter, "required");
        return;
    }
    if (place.empty() || name.empty()) {
        m_warnings.push_back("Parse issue: attribute paths.'" + operation.path + "'("
            + toLower(operation.method) + ").parameters." + (place.empty() ? "in" : "name") + " is missing");
        return;
    }
    if (place == "query")
        place = "querystring";
    // The operation's own goes before the path's.
    std::erase_if(operation.parameters,
        [&](const DefinedParameter& other) { return other.place == place && other.name == name; });
    const bool required = place == "path" || childFlag(parameter, "required");
    operation.parameters.push_back({std::move(place), std::move(name), required, &parameter});
}

void Definition::readBody(DefinedOperation& operation)
{
    const auto* given = m_isSwagger ? nullptr : childObject(*operation.source, "requestBody");
    const auto* body = given ? resolve(*given) : nullptr;
    if (!body) {
        if (given)
            m_warnings.push_back("Parse issue: attribute paths.'" + operation.path + "'("
                + toLower(operation.method) + ").requestBody." + childText(*given, "$ref") + " is missing");
        return;
    }
    operation.bodyRequired = childFlag(*body, "required");
    operation.bodyDescription = childText(*body, "description");
    if (const auto* content = childObject(*body, "content")) {
        for (const auto& [type, media] : content->items())
            operation.bodies.push_back({type, childObject(media, "schema")});
    }
}

void Definition::readResponses(DefinedOperation& operation)
{
    const auto* responses = childObject(*operation.source, "responses");
    if (!responses)
        return;
    for (const auto& [status, given] : responses->items()) {
        if (status.starts_with("x-"))
            continue;
        const auto* source = resolve(given);
        if (!source || !source->is_object()) {
            m_warnings.push_back("Parse issue: attribute paths.'" + operation.path + "'("
                + toLower(operation.method) + ").responses." + status + " is missing");
            continue;
        }
        DefinedResponse response{status, {}, {}, source};
        if (const auto* headers = childObject(*source, "headers")) {
            for (const auto& [name, header] : headers->items())
                response.headers.push_back(name);
        }
        readContent(response, operation);
        operation.responses.push_back(std::move(response));
    }
}

void Definition::readContent(DefinedResponse& response, const DefinedOperation& operation)
{
    if (m_isSwagger) {
        if (const auto* schema = childObject(*response.source, "schema")) {
            for (auto& type : contentTypes(operation, "produces"))
                response.content.push_back({std::move(type), schema});
        }
        return;
    }
    if (const auto* content = childObject(*response.source, "content")) {
        for (const auto& [type, media] : content->items())
            response.content.push_back({type, childObject(media, "schema")});
    }
}

std::vector<std::string> Definition::contentTypes(const DefinedOperation& operation, const char* name) const
{
    const auto* own = childList(*operation.source, name);
    const auto* types = own ? own : list(name);
    std::vector<std::string> found;
    for (const auto& type : types ? *types : Node::array()) {
        if (type.is_string())
            found.push_back(type.get<std::string>());
    }
    if (found.empty())
        found.emplace_back("application/json");
    return found;
}

}
