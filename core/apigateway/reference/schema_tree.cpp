#include "core/apigateway/reference/schema_tree.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace core::apigateway::reference {

using Node = nlohmann::ordered_json;

namespace {

constexpr std::size_t kMaxDepth = 5;
constexpr int kMaxLines = 300; // of one tree
constexpr std::size_t kMaxValues = 12; // of an enumeration
constexpr std::string_view kModels = "#/components/schemas/";

const Node* child(const Node& node, const char* name)
{
    if (!node.is_object())
        return nullptr;
    const auto found = node.find(name);
    return found == node.end() ? nullptr : &*found;
}

std::string textOf(const Node* node)
{
    if (!node)
        return {};
    return node->is_string()    ? node->get<std::string>()
        : node->is_structured() ? std::string{}
                                : node->dump();
}

std::string textOf(const Node& node, const char* name)
{
    return textOf(child(node, name));
}

bool isRequired(const Node& schema, const std::string& name)
{
    const auto* list = child(schema, "required");
    return list && list->is_array() && std::find(list->begin(), list->end(), name) != list->end();
}

const Node* combined(const Node& schema, const char*& words)
{
    constexpr std::array<std::pair<const char*, const char*>, 3> kWays{
        {{"allOf", "all of"}, {"oneOf", "one of"}, {"anyOf", "any of"}}};
    for (const auto& [name, said] : kWays) {
        const auto* list = child(schema, name);
        if (list && list->is_array() && !list->empty()) {
            words = said;
            return list;
        }
    }
    return nullptr;
}

std::string range(const Node& schema, const char* low, const char* high, const char* unit)
{
    const auto from = textOf(schema, low);
    const auto to = textOf(schema, high);
    if (from.empty() && to.empty())
        return {};
    const std::string what = *unit ? std::string(" ") + unit : std::string{};
    if (from.empty())
        return "at most " + to + what;
    return to.empty() ? "at least " + from + what : from + " to " + to + what;
}

}

struct SchemaTree::Walk {
    std::vector<std::string> models; // that the walk is within
    int lines = 0;

    bool within(const std::string& model) const
    {
        return std::find(models.begin(), models.end(), model) != models.end();
    }
};

std::string SchemaTree::modelName(const Node& schema)
{
    const auto reference = textOf(schema, "$ref");
    return reference.starts_with(kModels) ? reference.substr(kModels.size()) : std::string{};
}

bool SchemaTree::isMadeUp(const std::string& model)
{
    constexpr std::string_view kPrefix = "MODEL";
    const auto isHex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
    return model.size() == kPrefix.size() + 6 && model.starts_with(kPrefix)
        && std::all_of(model.begin() + kPrefix.size(), model.end(), isHex);
}

const Node* SchemaTree::resolved(const Node& schema) const
{
    const auto name = modelName(schema);
    if (name.empty())
        return schema.is_object() && !schema.contains("$ref") ? &schema : nullptr;
    const auto* components = child(m_definition, "components");
    const auto* schemas = components ? child(*components, "schemas") : nullptr;
    const auto* found = schemas ? child(*schemas, name.c_str()) : nullptr;
    return found && found->is_object() ? found : nullptr;
}

const Node* SchemaTree::unfolded(const Node& schema) const
{
    const auto isSimple = [](const Node& node) {
        const char* words = nullptr;
        return !combined(node, words) && !isMadeUp(modelName(node));
    };
    const auto* made = isMadeUp(modelName(schema)) ? resolved(schema) : nullptr;
    if (!made || made->contains("$ref") || !isSimple(*made))
        return nullptr;
    const auto* items = child(*made, "items");
    const bool isFlat = !items || (items->is_object() && !items->contains("items") && isSimple(*items));
    return isFlat ? made : nullptr;
}

std::string SchemaTree::typeText(const Node& schema) const
{
    if (const auto name = modelName(schema); !name.empty()) {
        const auto* made = unfolded(schema);
        return made ? typeText(*made) : isMadeUp(name) ? "object" : name;
    }
    auto type = textOf(schema, "type");
    if (const auto* types = child(schema, "type"); types && types->is_array()) {
        for (const auto& one : *types)
            type += (type.empty() ? "" : " or ") + textOf(&one);
    }
    if (type == "array") {
        const auto* items = child(schema, "items");
        return "array of " + (items && items->is_object() ? typeText(*items) : std::string("anything"));
    }
    const char* words = nullptr;
    if (const auto* parts = combined(schema, words)) {
        std::string joined = words;
        for (std::size_t i = 0; i < parts->size() && i < kMaxValues; ++i)
            joined += (i == 0 ? " " : ", ") + typeText((*parts)[i]);
        return joined;
    }
    if (type.empty())
        type = child(schema, "properties") ? "object" : "anything";
    const auto format = textOf(schema, "format");
    return format.empty() ? type : type + " (" + format + ")";
}

void SchemaTree::writeType(Html& html, const Node& schema) const
{
    const auto name = modelName(schema);
    if (const auto* made = unfolded(schema))
        return writeType(html, *made);
    const auto* items = child(schema, "items");
    if (!name.empty() && !isMadeUp(name)) {
        html.raw("<a class=\"type\" href=\"#model-").raw(anchorOf(name)).raw("\">").text(name).raw("</a>");
    } else if (textOf(schema, "type") == "array" && items && items->is_object()) {
        html.element("span", "type", "array of ");
        writeType(html, *items);
    } else {
        html.element("span", "type", typeText(schema));
    }
}

std::string SchemaTree::limitsText(const Node& schema) const
{
    std::vector<std::string> parts;
    const auto add = [&parts](std::string text) {
        if (!text.empty())
            parts.push_back(std::move(text));
    };
    if (const auto* values = child(schema, "enum"); values && values->is_array() && !values->empty()) {
        std::vector<std::string> shown;
        for (std::size_t i = 0; i < values->size() && i < kMaxValues; ++i)
            shown.push_back(textOf(&(*values)[i]));
        if (values->size() > kMaxValues)
            shown.emplace_back("…");
        add("one of " + join(shown, ", "));
    }
    add(range(schema, "minimum", "maximum", ""));
    add(range(schema, "minLength", "maxLength", "characters"));
    add(range(schema, "minItems", "maxItems", "entries"));
    if (const auto pattern = textOf(schema, "pattern"); !pattern.empty())
        add("matches " + pattern);
    if (const auto* usual = child(schema, "default"))
        add("default " + (usual->is_string() ? usual->get<std::string>() : usual->dump()));
    return join(parts, "; ");
}

void SchemaTree::writeMembers(Html& html, const Node& schema) const
{
    Walk walk;
    writeLevel(html, schema, walk);
}

void SchemaTree::writeLevel(Html& html, const Node& schema, Walk& walk) const
{
    const auto name = modelName(schema);
    const auto* node = resolved(schema);
    if (!node || walk.models.size() >= kMaxDepth || (!name.empty() && walk.within(name)))
        return;
    // Depth counts models and levels alike; the empty name stands for a level without one.
    walk.models.push_back(name);
    const auto* properties = child(*node, "properties");
    if (properties && properties->is_object() && !properties->empty()) {
        html.open("ul", "tree");
        for (const auto& [member, value] : properties->items())
            writeMember(html, member, value, isRequired(*node, member), walk);
        html.close("ul");
    }
    if (const auto* more = child(*node, "additionalProperties"); more && more->is_object()) {
        html.open("ul", "tree");
        writeMember(html, "any other name", *more, false, walk);
        html.close("ul");
    }
    if (const auto* items = child(*node, "items"); items && items->is_object())
        writeLevel(html, *items, walk);
    const char* words = nullptr;
    if (const auto* parts = combined(*node, words)) {
        for (const auto& part : *parts)
            writeLevel(html, part, walk);
    }
    walk.models.pop_back();
}

void SchemaTree::writeMember(
    Html& html, const std::string& name, const Node& schema, bool required, Walk& walk) const
{
    if (++walk.lines > kMaxLines)
        return;
    html.open("li");
    if (walk.lines == kMaxLines) {
        html.element("span", "note", "…").close("li");
        return;
    }
    html.element("code", "name", name).raw(" ");
    writeType(html, schema);
    if (required)
        html.raw(" ").element("span", "required", "required");
    if (textOf(schema, "readOnly") == "true")
        html.raw(" ").element("span", "note", "read only");
    auto said = textOf(schema, "description");
    if (const auto limits = limitsText(schema); !limits.empty())
        said += (said.empty() ? "" : " · ") + limits;
    if (!said.empty())
        html.raw(" ").element("span", "note", said);
    writeLevel(html, schema, walk);
    html.close("li");
}

Node SchemaTree::example(const Node& schema) const
{
    Walk walk;
    return exampleOf(schema, walk);
}

Node SchemaTree::exampleOf(const Node& schema, Walk& walk) const
{
    const auto name = modelName(schema);
    const auto* node = resolved(schema);
    if (!node || ++walk.lines > kMaxLines || walk.models.size() > kMaxDepth
        || (!name.empty() && walk.within(name)))
        return nullptr;
    for (const auto* member : {"example", "default", "const"}) {
        if (const auto* given = child(*node, member))
            return *given;
    }
    if (const auto* values = child(*node, "enum"); values && values->is_array() && !values->empty())
        return values->front();
    walk.models.push_back(name);
    Node made;
    const auto type = textOf(*node, "type");
    const auto* properties = child(*node, "properties");
    const char* words = nullptr;
    if (properties && properties->is_object()) {
        made = Node::object();
        for (const auto& [member, value] : properties->items()) {
            if (auto one = exampleOf(value, walk); !one.is_null())
                made[member] = std::move(one);
        }
    } else if (const auto* parts = combined(*node, words)) {
        for (const auto& part : *parts) {
            auto one = exampleOf(part, walk);
            if (made.is_object() && one.is_object())
                made.update(one);
            else if (made.is_null())
                made = std::move(one);
        }
    } else if (type == "array") {
        made = Node::array();
        if (const auto* items = child(*node, "items"); items && items->is_object()) {
            if (auto one = exampleOf(*items, walk); !one.is_null())
                made.push_back(std::move(one));
        }
    } else if (type == "integer" || type == "number") {
        made = 1;
    } else if (type == "boolean") {
        made = true;
    } else if (type == "string") {
        const auto format = textOf(*node, "format");
        made = format == "date-time" ? "2026-01-31T12:00:00Z" : format == "date" ? "2026-01-31" : "text";
    } else {
        made = Node::object();
    }
    walk.models.pop_back();
    return made;
}

}
