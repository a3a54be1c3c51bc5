#include "core/apigateway/openapi/import_state.h"

#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway::openapi {

namespace {

constexpr std::string_view kModelsOnAws = "https://apigateway.amazonaws.com/restapis/";

bool isAlphanumeric(const std::string& name)
{
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
}

// "#/definitions/Pet" → "Pet"; exports of AWS's name the API that they came from.
std::string referredModel(const ImportState& state, const std::string& reference)
{
    Node schema{{"$ref", reference}};
    if (auto name = state.definition.modelName(schema); !name.empty())
        return name;
    const auto models = reference.find("/models/");
    if (reference.starts_with(kModelsOnAws) && models != reference.npos)
        return reference.substr(models + 8);
    return {};
}

struct Rewriting {
    ImportState& state;
    bool canonical = true;
    std::vector<std::string> missing;
};

// The $refs of a schema as API Gateway keeps them.
Node rewritten(Rewriting& rewriting, const Node& schema)
{
    if (schema.is_array()) {
        auto list = Node::array();
        for (const auto& entry : schema)
            list.push_back(rewritten(rewriting, entry));
        return list;
    }
    if (!schema.is_object())
        return schema;
    auto object = Node::object();
    auto& members = *object.get_ptr<Node::object_t*>();
    for (const auto& [name, value] : schema.items()) {
        if (name != "$ref" || !value.is_string()) {
            members.emplace_back(name, rewritten(rewriting, value));
            continue;
        }
        const auto model = referredModel(rewriting.state, value.get<std::string>());
        if (model.empty())
            rewriting.canonical = false;
        else if (!rewriting.state.api.models.contains(model))
            rewriting.missing.push_back(model);
        members.emplace_back(name, std::string(kModelsOnAws) + rewriting.state.api.id + "/models/" + model);
    }
    return object;
}

void refuse(ImportState& state, const std::string& name, const std::string& why)
{
    state.fault("Unable to create model for '" + name + "': " + why);
}

void fillModel(ImportState& state, Model& model, const Node& schema)
{
    Rewriting rewriting{state, true, {}};
    model.schema = rewritten(rewriting, schema).dump(2, ' ', false, Node::error_handler_t::replace);
    model.description = childText(schema, "description");
    if (!rewriting.canonical)
        refuse(state, model.name,
            "Invalid model specified: Validation Result: warnings : [], errors : [Model reference must be in "
            "canonical form]");
    for (const auto& missing : rewriting.missing)
        refuse(state, model.name, "Invalid model reference specified: " + missing);
}

const char* primitiveName(const std::string& type)
{
    if (type == "string")
        return "StringSchema";
    if (type == "integer")
        return "IntegerSchema";
    if (type == "number")
        return "NumberSchema";
    return type == "boolean" ? "BooleanSchema" : type == "file" ? "FileSchema" : nullptr;
}

}

void importModels(ImportState& state)
{
    auto before = state.api.models;
    if (!state.options.merge)
        state.api.models.clear();
    // All names first: schemas refer to each other in any order.
    for (const auto& [name, schema] : state.definition.schemas()) {
        if (!isAlphanumeric(name)) {
            refuse(state, name, "Model name must be alphanumeric: " + name);
            continue;
        }
        const auto known = before.find(name);
        const auto id = known == before.end() ? randomLower(6) : known->second.id;
        state.api.models[name] = {id, name, {}, {}, "application/json"};
    }
    for (const auto& [name, schema] : state.definition.schemas()) {
        if (const auto found = state.api.models.find(name); found != state.api.models.end())
            fillModel(state, found->second, *schema);
    }
}

std::string modelFor(ImportState& state, const Node& schema, const std::string& where)
{
    if (const auto reference = childText(schema, "$ref"); !reference.empty()) {
        auto name = referredModel(state, reference);
        if (state.api.models.contains(name))
            return name;
        state.warn("Reference to model '" + (name.empty() ? reference : name) + "' not found. Ignoring.");
        return {};
    }
    if (const auto* primitive = primitiveName(childText(schema, "type"))) {
        state.warn("Unsupported model type '" + std::string(primitive) + "' in " + where + ". Ignoring.");
        return {};
    }
    // The name comes from the schema, so that a second import finds the model of the first.
    Model model{randomLower(6), {}, {}, {}, "application/json"};
    model.name =
        "MODEL" + hex(sha256(schema.dump(-1, ' ', false, Node::error_handler_t::replace))).substr(0, 6);
    fillModel(state, model, schema);
    auto name = model.name;
    state.api.models.try_emplace(name, std::move(model));
    return name;
}

}
