#include "core/dynamodb/stored_item.h"

#include "core/base/hash.h"
#include "core/dynamodb/json_access.h"

namespace core::dynamodb {

namespace dom = simdjson::dom;

namespace {

// One a thread will do: nothing of a parsed text outlives the call.
dom::parser& storedParser()
{
    thread_local dom::parser parser;
    return parser;
}

template <typename Visit> void eachOf(const dom::element& json, Visit visit)
{
    dom::array array;
    if (json.get_array().get(array))
        return;
    for (const auto element : array)
        visit(element);
}

template <typename Visit> void eachFieldOf(const dom::element& json, Visit visit)
{
    dom::object object;
    if (json.get_object().get(object))
        return;
    for (const auto field : object)
        visit(field.key, field.value);
}

AttributeValue storedValue(const dom::element& json);

Attributes storedAttributes(const dom::element& json)
{
    Attributes attributes; // written in order
    eachFieldOf(json, [&](std::string_view name, const dom::element& value) {
        attributes.append(std::string(name), storedValue(value));
    });
    return attributes;
}

AttributeValue storedSet(AttributeType type, const dom::element& json)
{
    AttributeValue::Set members;
    eachOf(json, [&](const dom::element& member) {
        members.push_back(
            type == AttributeType::BS ? unbase64(textOf(member)).value_or("") : std::string(textOf(member)));
    });
    return AttributeValue::set(type, std::move(members));
}

AttributeValue storedValue(const dom::element& json)
{
    dom::object object;
    if (json.get_object().get(object) || object.size() == 0)
        return {};
    const auto field = *object.begin();
    const auto type = typeNamed(field.key).value_or(AttributeType::Null);
    switch (type) {
    case AttributeType::S:
        return AttributeValue::string(std::string(textOf(field.value)));
    case AttributeType::N:
        return AttributeValue::canonicalNumber(std::string(textOf(field.value)));
    case AttributeType::B:
        return AttributeValue::binary(unbase64(textOf(field.value)).value_or(""));
    case AttributeType::Bool:
        return AttributeValue::boolean(isTrue(field.value));
    case AttributeType::Null:
        return AttributeValue::null();
    case AttributeType::M:
        return AttributeValue::map(storedAttributes(field.value));
    case AttributeType::L: {
        AttributeValue::List list;
        eachOf(field.value, [&](const dom::element& entry) { list.push_back(storedValue(entry)); });
        return AttributeValue::list(std::move(list));
    }
    case AttributeType::SS:
    case AttributeType::NS:
    case AttributeType::BS:
        break;
    }
    return storedSet(type, field.value);
}

std::size_t decodedBase64Size(std::string_view text)
{
    const auto padding = static_cast<std::size_t>(text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0);
    return text.size() / 4 * 3 - padding;
}

std::size_t scalarSize(AttributeType type, std::string_view value)
{
    if (type == AttributeType::N || type == AttributeType::NS)
        return Number::fromCanonical(value).storedSize();
    return type == AttributeType::B || type == AttributeType::BS ? decodedBase64Size(value) : value.size();
}

std::size_t sizeOf(const dom::element& json)
{
    dom::object object;
    if (json.get_object().get(object) || object.size() == 0)
        return 0;
    const auto field = *object.begin();
    const auto type = typeNamed(field.key).value_or(AttributeType::Null);
    std::size_t size = 0;
    switch (type) {
    case AttributeType::S:
    case AttributeType::N:
    case AttributeType::B:
        return scalarSize(type, textOf(field.value));
    case AttributeType::Bool:
    case AttributeType::Null:
        return 1;
    case AttributeType::M:
        size = 3;
        eachFieldOf(field.value, [&](std::string_view name, const dom::element& value) {
            size += 1 + name.size() + sizeOf(value);
        });
        return size;
    case AttributeType::L:
        size = 3;
        eachOf(field.value, [&](const dom::element& entry) { size += 1 + sizeOf(entry); });
        return size;
    default:
        eachOf(field.value, [&](const dom::element& member) { size += scalarSize(type, textOf(member)); });
        return size;
    }
}

}

Attributes decodeStored(std::string_view text)
{
    dom::element json;
    if (storedParser().parse(text.data(), text.size(), true).get(json))
        return {};
    return storedAttributes(json);
}

std::size_t sizeOfStored(std::string_view text)
{
    dom::element json;
    std::size_t size = 0;
    if (storedParser().parse(text.data(), text.size(), true).get(json))
        return size;
    eachFieldOf(
        json, [&](std::string_view name, const dom::element& value) { size += name.size() + sizeOf(value); });
    return size;
}

}
