#include "core/aws/detail/protocols.h"
#include "core/aws/json_text.h"
#include "core/aws/xml_shape.h"
#include "core/base/text.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>

namespace core::aws::detail {

using nlohmann::json;

namespace {

constexpr std::size_t kDeepest = 64; // AWS's deepest input has eight levels

// "A.member.1.B=x" as a tree: each part of a name is a level.
struct Node {
    std::optional<std::string> text;
    std::map<std::string, Node, std::less<>> children;
};

bool isOfTheTransport(std::string_view name, const Shape& input)
{
    static constexpr std::array<std::string_view, 8> names{"Action", "Version", "AWSAccessKeyId", "Signature",
        "SignatureMethod", "SignatureVersion", "SecurityToken", "Timestamp"};
    if (std::ranges::find(names, name) == names.end())
        return name.starts_with("X-Amz-");
    return std::ranges::none_of(input.members, [&](const Member& member) { return member.name == name; });
}

bool insert(Node& root, const std::string& name, std::string value)
{
    auto* node = &root;
    std::size_t depth = 0;
    for (const auto part : split(name, '.')) {
        if (++depth > kDeepest)
            return false;
        node = &node->children[std::string(part)];
    }
    node->text = std::move(value);
    return true;
}

// Text that does not have the wanted form stays text: the shape check then names it.
json leaf(const Shape& shape, const std::string& text)
{
    switch (shape.type) {
    case Type::Integer:
    case Type::Long:
        if (const auto number = parseInteger(trimmed(text)))
            return *number;
        return text;
    case Type::Double: {
        double number = 0;
        const auto word = trimmed(text);
        const auto [end, problem] = std::from_chars(word.data(), word.data() + word.size(), number);
        return problem == std::errc() && end == word.data() + word.size() ? json(number) : json(text);
    }
    case Type::Boolean:
        if (equalsIgnoreCase(text, "true") || equalsIgnoreCase(text, "false"))
            return equalsIgnoreCase(text, "true");
        return text;
    case Type::Timestamp:
        if (const auto moment = parseIso8601(text))
            return static_cast<double>(*moment) / 1e6;
        return text;
    default:
        return text;
    }
}

json readNode(const Node& node, const Shape& shape);

// What no shape knows: the check refuses it by name, so its form matters little.
json asItIs(const Node& node)
{
    static constexpr Shape document{.type = Type::Document};
    if (node.children.empty())
        return node.text.value_or("");
    json value = json::object();
    for (const auto& [name, child] : node.children)
        value[name] = readNode(child, document);
    return value;
}

const Member* memberNamed(const Shape& shape, std::string_view name)
{
    const Member* found = nullptr;
    for (const auto& member : shape.members) {
        if (member.wireName == name && !member.wireName.empty())
            return &member;
        if (member.name == name)
            found = &member;
    }
    return found;
}

json readStructure(const Node& node, const Shape& shape)
{
    json value = json::object();
    for (const auto& [name, child] : node.children) {
        if (const auto* member = memberNamed(shape, name))
            value[std::string(member->name)] = readNode(child, *member->shape);
        else
            value[name] = asItIs(child);
    }
    return value;
}

// The entries by their numbers, which may have gaps; names between the list and the numbers ("member",
// "entry", the element's own) are passed over, as both forms of lists are sent for one shape.
std::vector<const Node*> entriesOf(const Node& node)
{
    std::map<std::int64_t, const Node*> sorted;
    for (const auto& [name, child] : node.children) {
        if (const auto number = parseInteger(name))
            sorted.emplace(*number, &child);
        else if (node.children.size() == 1)
            return entriesOf(child);
    }
    std::vector<const Node*> entries;
    for (const auto& [number, child] : sorted)
        entries.push_back(child);
    return entries;
}

json readList(const Node& node, const Shape& shape)
{
    json list = json::array();
    for (const auto* entry : entriesOf(node))
        list.push_back(shape.element ? readNode(*entry, *shape.element) : asItIs(*entry));
    return list;
}

json readMap(const Node& node, const Shape& shape)
{
    static constexpr std::array<std::string_view, 3> keys{"key", "Key", "Name"};
    static constexpr std::array<std::string_view, 2> values{"value", "Value"};
    json map = json::object();
    for (const auto* entry : entriesOf(node)) {
        std::string key;
        json value;
        for (const auto& [name, part] : entry->children) {
            if (std::ranges::find(keys, name) != keys.end())
                key = part.text.value_or("");
            else if (std::ranges::find(values, name) != values.end())
                value = shape.element ? readNode(part, *shape.element) : asItIs(part);
        }
        map[key] = std::move(value);
    }
    return map;
}

json readNode(const Node& node, const Shape& shape)
{
    const bool nested = !node.children.empty();
    const bool nothing = !nested && node.text.value_or("").empty(); // "A=": an empty list or structure
    switch (shape.type) {
    case Type::Structure:
        return nested || nothing ? readStructure(node, shape) : json(*node.text);
    case Type::List:
        return nested || nothing ? readList(node, shape) : json(*node.text);
    case Type::Map:
        return nested || nothing ? readMap(node, shape) : json(*node.text);
    case Type::Document:
        return asItIs(node);
    default:
        return nested ? asItIs(node) : leaf(shape, node.text.value_or(""));
    }
}

// In JSON every member of the result is there, if only as null.
void write(http::Response& response, const Service& service, const std::string& root, const json& document,
    const Shape& shape, WireForm form)
{
    if (form != WireForm::QueryJson) {
        response.body = writeXml(root, service.xmlNamespace(), document, shape);
        response.headers.set("Content-Type", "text/xml");
        return;
    }
    auto whole = document;
    for (const auto& part : shape.members) {
        const auto found = whole.find(part.name);
        if (found == whole.end() || !found->is_object())
            continue;
        for (const auto& member : part.shape->members)
            found->emplace(member.name, nullptr);
    }
    response.body = writeJson(json{{root, std::move(whole)}});
    response.headers.set("Content-Type", "application/json");
}

Result<> take(const Service& service, const http::QueryParameters& parameters, const Shape& shape, Node& root)
{
    for (const auto& [name, value] : parameters) {
        if (!isOfTheTransport(name, shape) && !insert(root, name, value))
            return fail(service.malformedBody("a parameter's name nests deeper than 64 levels"));
    }
    return {};
}

}

Result<> readQueryInput(const Service& service, const ActionInfo& action, Request& request)
{
    static constexpr Shape nothing{.type = Type::Structure};
    const auto& shape = action.input ? *action.input : nothing;
    Node root;
    if (request.wire)
        CORE_CHECK(take(service, http::parseQuery(request.wire->rawQuery()), shape, root));
    CORE_CHECK(take(service, http::parseQuery(request.body), shape, root));
    request.setInput(readStructure(root, shape));
    return {};
}

http::Response writeQueryReply(const Service& service, const ActionInfo& action, Reply reply,
    const RequestContext& context, WireForm form)
{
    auto output = reply.json();
    auto response = startResponse(reply, 200);
    const std::string name(action.name);
    const std::string result = action.outputRoot.empty() ? name + "Result" : std::string(action.outputRoot);
    static constexpr std::array<Member, 1> ids{{{"RequestId", &kString}}};
    static constexpr Shape metadata{.type = Type::Structure, .members = ids};
    const std::array<Member, 2> parts{
        {{result, action.output ? action.output : &kDocument}, {"ResponseMetadata", &metadata}}};
    const Shape whole{.type = Type::Structure, .members = parts};
    json document{{"ResponseMetadata", {{"RequestId", context.requestId}}}};
    // An action without an output has no element for it either.
    if (action.output || (output.is_object() && !output.empty()))
        document[result] = output.is_null() ? json::object() : std::move(output);
    write(response, service, name + "Response", document, whole, form);
    return response;
}

http::Response writeQueryError(
    const Service& service, const Error& error, const RequestContext& context, WireForm form)
{
    static constexpr std::array<Member, 3> members{
        {{"Type", &kString}, {"Code", &kString}, {"Message", &kString}}};
    static constexpr Shape inner{.type = Type::Structure, .members = members};
    static constexpr std::array<Member, 2> parts{{{"Error", &inner}, {"RequestId", &kString}}};
    static constexpr Shape whole{.type = Type::Structure, .members = parts};
    http::Response response;
    response.status = service.statusOf(error);
    const json document{{"Error",
                            {{"Type", response.status < 500 ? "Sender" : "Receiver"}, {"Code", error.code},
                                {"Message", error.message}}},
        {"RequestId", context.requestId}};
    if (form == WireForm::QueryJson) {
        response.body = writeJson(document);
        response.headers.set("Content-Type", "application/json");
        return response;
    }
    write(response, service, "ErrorResponse", document, whole, form);
    return response;
}

}
