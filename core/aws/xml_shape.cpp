#include "core/aws/xml_shape.h"

#include "core/base/text.h"
#include "core/base/time_format.h"

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <cmath>
#include <sstream>

namespace core::aws {

using nlohmann::json;

namespace {

std::string_view localName(const pugi::xml_node& node)
{
    const std::string_view name = node.name();
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view elementName(const Member& member)
{
    if (!member.wireName.empty())
        return member.wireName;
    return member.name;
}

json readLeaf(const Shape& shape, const std::string& text)
{
    if (shape.type == Type::Integer || shape.type == Type::Long) {
        if (const auto number = parseInteger(trimmed(text)))
            return *number;
    } else if (shape.type == Type::Boolean) {
        if (const auto word = trimmed(text); word == "true" || word == "false")
            return word == "true";
    }
    return text;
}

json readNode(const pugi::xml_node& node, const Shape& shape);

json readStructure(const pugi::xml_node& node, const Shape& shape)
{
    json value = json::object();
    for (const auto& child : node.children()) {
        if (child.type() != pugi::node_element)
            continue;
        const auto name = localName(child);
        const Member* member = nullptr;
        for (const auto& candidate : shape.members) {
            if (elementName(candidate) == name)
                member = &candidate;
        }
        if (!member) {
            value[std::string(name)] = std::string(child.text().get());
        } else if (member->shape->type == Type::List && member->shape->flattened) {
            auto& list = value[std::string(member->name)];
            if (!list.is_array())
                list = json::array();
            list.push_back(readNode(child, *member->shape->element));
        } else {
            value[std::string(member->name)] = readNode(child, *member->shape);
        }
    }
    return value;
}

json readList(const pugi::xml_node& node, const Shape& shape)
{
    json list = json::array();
    for (const auto& child : node.children()) {
        if (child.type() == pugi::node_element)
            list.push_back(readNode(child, *shape.element));
    }
    return list;
}

// A map's entries are <key> and <value> unless its elementName says others: "Name/Value".
struct EntryNames {
    std::string key;
    std::string value;

    explicit EntryNames(const Shape& map)
    {
        const auto slash = map.elementName.find('/');
        key = slash == std::string_view::npos ? "key" : std::string(map.elementName.substr(0, slash));
        value = slash == std::string_view::npos ? "value" : std::string(map.elementName.substr(slash + 1));
    }
};

json readMap(const pugi::xml_node& node, const Shape& shape)
{
    const EntryNames names(shape);
    json map = json::object();
    for (const auto& entry : node.children("entry"))
        map[entry.child_value(names.key.c_str())] =
            readNode(entry.child(names.value.c_str()), *shape.element);
    return map;
}

json readNode(const pugi::xml_node& node, const Shape& shape)
{
    switch (shape.type) {
    case Type::Structure:
        return readStructure(node, shape);
    case Type::List:
        return readList(node, shape);
    case Type::Map:
        return readMap(node, shape);
    default:
        return readLeaf(shape, node.text().get());
    }
}

std::string leafText(const json& value, const Shape& shape)
{
    if (shape.type == Type::Timestamp && value.is_number())
        return iso8601Millis(static_cast<Micros>(std::llround(value.get<double>() * 1e6)));
    return value.is_string() ? value.get<std::string>()
                             : value.dump(-1, ' ', false, json::error_handler_t::replace);
}

void writeNode(pugi::xml_node parent, std::string_view name, const json& value, const Shape& shape);

void writeMembers(pugi::xml_node node, const json& value, const Shape& shape)
{
    for (const auto& member : shape.members) {
        const auto found = value.find(member.name);
        if (found != value.end() && !found->is_null())
            writeNode(node, elementName(member), *found, *member.shape);
    }
}

void writeAsItIs(pugi::xml_node node, const json& value)
{
    static constexpr Shape document{.type = Type::Document};
    if (value.is_object()) {
        for (const auto& [name, part] : value.items())
            writeNode(node, name, part, document);
    } else if (value.is_array()) {
        for (const auto& part : value)
            writeNode(node, "member", part, document);
    } else if (!value.is_null()) {
        node.text().set(leafText(value, document).c_str());
    }
}

// A flattened map has no element around its entries, which then bear the member's own name.
void writeMap(pugi::xml_node parent, const char* tag, const json& value, const Shape& shape)
{
    const EntryNames names(shape);
    auto node = shape.flattened ? parent : parent.append_child(tag);
    for (const auto& [key, entry] : value.items()) {
        auto pair = node.append_child(shape.flattened ? tag : "entry");
        pair.append_child(names.key.c_str()).text().set(key.c_str());
        writeNode(pair, names.value, entry, *shape.element);
    }
}

void writeNode(pugi::xml_node parent, std::string_view name, const json& value, const Shape& shape)
{
    const std::string tag(name);
    if (shape.type == Type::Map)
        return writeMap(parent, tag.c_str(), value, shape);
    if (shape.type == Type::List && shape.flattened) {
        for (const auto& entry : value)
            writeNode(parent, name, entry, *shape.element);
        return;
    }
    auto node = parent.append_child(tag.c_str());
    switch (shape.type) {
    case Type::Structure:
        writeMembers(node, value, shape);
        break;
    case Type::List:
        for (const auto& entry : value)
            writeNode(node, shape.elementName, entry, *shape.element);
        break;
    case Type::Document:
        writeAsItIs(node, value);
        break;
    default:
        node.text().set(leafText(value, shape).c_str());
    }
}

}

Result<json> readXml(std::string_view text, const Shape& shape)
{
    pugi::xml_document document;
    const auto outcome =
        document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_ws_pcdata_single);
    if (!outcome)
        return fail(ErrorKind::Invalid, "MalformedXML", outcome.description());
    return readNode(document.document_element(), shape);
}

std::string writeXml(
    std::string_view root, std::string_view xmlNamespace, const json& value, const Shape& shape)
{
    pugi::xml_document document;
    writeNode(document, root, value, shape);
    auto top = document.document_element();
    if (!xmlNamespace.empty())
        top.prepend_attribute("xmlns").set_value(std::string(xmlNamespace).c_str());
    std::ostringstream text;
    text << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    document.save(text, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
    return std::move(text).str();
}

}
