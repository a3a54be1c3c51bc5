#include "core/apigateway/openapi/export_state.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace core::apigateway::openapi {

namespace {

std::string prefix(const ExportState& state)
{
    return state.options.swagger ? "#/definitions/" : "#/components/schemas/";
}

// "https://apigateway.amazonaws.com/restapis/{id}/models/Pet" and either dialect's form.
std::string modelIn(const std::string& reference)
{
    for (const std::string_view mark : {"/models/", "#/definitions/", "#/components/schemas/"}) {
        const auto at = reference.find(mark);
        const bool fits = at != reference.npos && (at == 0 || reference.starts_with("https://apigateway."));
        if (fits)
            return reference.substr(at + mark.size());
    }
    return {};
}

}

// Documentation may say anything; what makes a definition what it is comes from the API alone.
bool isProse(const std::string& name)
{
    constexpr std::array<std::string_view, 5> kProse{
        "summary", "description", "tags", "deprecated", "externalDocs"};
    const bool extension = name.starts_with("x-") && !name.starts_with("x-amazon-apigateway-");
    return extension || std::find(kProse.begin(), kProse.end(), name) != kProse.end();
}

Node modelReference(const ExportState& state, const std::string& model)
{
    return {{"$ref", prefix(state) + model}};
}

Node inDialect(const ExportState& state, const Node& node)
{
    if (node.is_array()) {
        auto list = Node::array();
        for (const auto& entry : node)
            list.push_back(inDialect(state, entry));
        return list;
    }
    if (!node.is_object())
        return node;
    auto object = Node::object();
    auto& members = *object.get_ptr<Node::object_t*>();
    for (const auto& [name, value] : node.items()) {
        const auto model =
            name == "$ref" && value.is_string() ? modelIn(value.get<std::string>()) : std::string{};
        if (!model.empty())
            members.emplace_back(name, prefix(state) + model);
        else
            members.emplace_back(name, inDialect(state, value));
    }
    return object;
}

namespace {

// What a schema says itself counts; documentation adds the words that a schema may have.
void documentModel(const ExportState& state, Node& schema, const std::string& name)
{
    const auto said = state.documentation.find({"MODEL", {}, {}, {}, name});
    for (const auto& [member, value] : said.items()) {
        const bool words = member == "title" || member == "description" || member == "externalDocs"
            || (member.starts_with("x-") && isProse(member));
        if (words && !schema.contains(member))
            schema[member] = value;
    }
}

}

Node exportedModels(const ExportState& state)
{
    auto models = Node::object();
    for (const auto& [name, model] : state.source.definition.models) {
        auto schema = Node::parse(model.schema, nullptr, false);
        if (!schema.is_object())
            continue;
        if (!state.options.exact)
            schema.erase("$schema");
        models[name] = inDialect(state, schema);
        if (!model.description.empty() && !schema.contains("description"))
            models[name]["description"] = model.description;
        documentModel(state, models[name], name);
    }
    return models;
}

void document(const ExportState& state, Node& element, const DocumentationLocation& location)
{
    const auto said = state.documentation.find(location);
    for (const auto& [name, value] : said.items()) {
        if (!isProse(name))
            continue;
        const bool standsIn = name == "description" && !location.statusCode.empty()
            && element.value("description", std::string{}) == location.statusCode + " response";
        if (!element.contains(name) || standsIn)
            element[name] = inDialect(state, value);
    }
}

void documentValue(const ExportState& state, Node& element, const DocumentationLocation& location)
{
    auto said = state.documentation.find(location);
    if (const auto schema = said.find("schema"); schema != said.end() && schema->is_object()) {
        if (!state.options.swagger) {
            element["schema"] = inDialect(state, *schema);
        } else {
            for (const auto& [name, value] : schema->items()) {
                if (name != "name" && name != "in" && name != "required")
                    element[name] = inDialect(state, value);
            }
        }
        said.erase("schema");
    }
    for (const auto& [name, value] : said.items()) {
        // Swagger 2.0 has no examples and styles of parameters.
        const bool known = !state.options.swagger || name == "description" || name.starts_with("x-");
        if (known && !element.contains(name))
            element[name] = inDialect(state, value);
    }
}

}
