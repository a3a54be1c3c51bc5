#include "core/dynamodb/item_decoder.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/json_access.h"

#include <algorithm>

namespace core::dynamodb {

namespace dom = simdjson::dom;

namespace {

// A scalar may stand below 31 lists and maps.
constexpr int kMaxWrappers = 31;

constexpr std::string_view kAttributeValueClass = "com.amazonaws.dynamodb.v20120810.AttributeValue";

// AWS's deserializer names the Java type that it could not make.
Error wrongScalar(const dom::element& json, std::string_view javaType)
{
    const std::string type(javaType);
    switch (json.type()) {
    case dom::element_type::BOOL:
        return errors::serialization(
            (isTrue(json) ? "TRUE_VALUE cannot be converted to " : "FALSE_VALUE cannot be converted to ")
            + type);
    case dom::element_type::INT64:
    case dom::element_type::UINT64:
        return errors::serialization("NUMBER_VALUE cannot be converted to " + type);
    case dom::element_type::DOUBLE:
        return errors::serialization("DECIMAL_VALUE cannot be converted to " + type);
    case dom::element_type::ARRAY:
        return errors::serialization("Unrecognized collection type class java.lang." + type);
    default:
        return errors::serialization("Start of structure or map found where not expected");
    }
}

Result<std::string_view> decodeText(const dom::element& json)
{
    std::string_view value;
    if (json.get_string().get(value))
        return fail(wrongScalar(json, "String"));
    return value;
}

Result<bool> decodeBoolean(const dom::element& json)
{
    bool value = false;
    if (!json.get_bool().get(value))
        return value;
    std::string_view word;
    if (json.get_string().get(word))
        return fail(wrongScalar(json, "Boolean"));
    // Observed of AWS: some words are taken for booleans.
    const auto upper = toUpper(word);
    if (upper == "TRUE" || upper == "1" || upper == "YES")
        return true;
    if (upper == "FALSE" || upper == "0" || upper == "NO")
        return false;
    return fail(errors::serialization("Unexpected token received from parser"));
}

Result<std::string> decodeBinary(const dom::element& json)
{
    std::string_view value;
    if (json.get_string().get(value)) {
        if (json.is_array())
            return fail(errors::serialization("Unrecognized collection type class java.nio.ByteBuffer"));
        if (json.is_object())
            return fail(errors::serialization("Start of structure or map found where not expected"));
        return fail(errors::serialization("only base-64-encoded strings are convertible to bytes"));
    }
    if (value.size() % 4 != 0) {
        return fail(
            errors::serialization("Base64 encoded length is expected a multiple of 4 bytes but found: "
                + std::to_string(value.size())));
    }
    auto bytes = unbase64(value);
    if (!bytes)
        return fail(errors::serialization("Invalid last non-pad Base64 character dectected"));
    return std::move(*bytes);
}

Result<dom::array> decodeArray(const dom::element& json)
{
    dom::array array;
    if (!json.get_array().get(array))
        return array;
    if (json.is_object())
        return fail(errors::serialization("Start of structure or map found where not expected"));
    return fail(errors::serialization("Unexpected field type"));
}

bool isCanonicalInteger(std::string_view text)
{
    if (!text.empty() && text.front() == '-')
        text.remove_prefix(1);
    return !text.empty() && text.size() <= 18 && text.front() != '0'
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Result<std::string> canonicalNumber(std::string_view text)
{
    if (isCanonicalInteger(text))
        return std::string(text);
    CORE_TRY(const auto number, Number::parse(text));
    return number.text();
}

std::string shownCollection(const dom::array& array)
{
    std::string shown;
    for (const auto element : array)
        shown += (shown.empty() ? "" : ", ") + std::string(textOf(element));
    return "[" + shown + "]";
}

bool hasDuplicates(std::vector<std::string>& members)
{
    std::sort(members.begin(), members.end());
    return std::adjacent_find(members.begin(), members.end()) != members.end();
}

Result<AttributeValue> decodeSet(AttributeType type, const dom::element& json)
{
    CORE_TRY(const auto array, decodeArray(json));
    AttributeValue::Set members;
    members.reserve(array.size());
    for (const auto element : array) {
        if (type == AttributeType::BS) {
            CORE_TRY(auto bytes, decodeBinary(element));
            members.push_back(std::move(bytes));
            continue;
        }
        CORE_TRY(const auto word, decodeText(element));
        if (type == AttributeType::SS) {
            members.emplace_back(word);
        } else {
            CORE_TRY(auto number, canonicalNumber(word));
            members.push_back(std::move(number));
        }
    }
    if (members.empty()) {
        return fail(errors::invalidParameters(type == AttributeType::SS ? "An string set  may not be empty"
                : type == AttributeType::NS                             ? "An number set  may not be empty"
                                                                        : "Binary sets should not be empty"));
    }
    if (hasDuplicates(members)) {
        if (type == AttributeType::NS)
            return fail(errors::validation("Input collection contains duplicates"));
        return fail(errors::invalidParameters("Input collection " + shownCollection(array)
            + (type == AttributeType::BS ? "of type BS contains duplicates." : " contains duplicates.")));
    }
    return AttributeValue::set(type, std::move(members));
}

Result<AttributeValue> decodeAny(const dom::element& json, int wrappers);

Result<AttributeValue> decodeList(const dom::element& json, int wrappers)
{
    CORE_TRY(const auto array, decodeArray(json));
    AttributeValue::List list;
    list.reserve(array.size());
    for (const auto element : array) {
        CORE_TRY(auto value, decodeAny(element, wrappers));
        list.push_back(std::move(value));
    }
    return AttributeValue::list(std::move(list));
}

Result<Attributes> decodeEntries(const dom::element& json, int wrappers)
{
    dom::object object;
    if (json.get_object().get(object)) {
        if (json.is_array()) {
            return fail(errors::serialization("Unrecognized collection type java.util.Map<java.lang.String, "
                + std::string(kAttributeValueClass) + ">"));
        }
        return fail(errors::serialization("Unexpected field type"));
    }
    Attributes attributes;
    for (const auto field : object) {
        if (field.key.size() > 65535)
            return fail(errors::attributeNameTooLong());
        if (field.key.empty())
            return fail(errors::emptyAttributeName());
        CORE_TRY(auto value, decodeAny(field.value, wrappers));
        attributes.append(std::string(field.key), std::move(value));
    }
    attributes.sort();
    return attributes;
}

Result<AttributeValue> decodeTyped(AttributeType type, const dom::element& json, int wrappers)
{
    switch (type) {
    case AttributeType::S: {
        CORE_TRY(const auto value, decodeText(json));
        return AttributeValue::string(std::string(value));
    }
    case AttributeType::N: {
        CORE_TRY(const auto value, decodeText(json));
        CORE_TRY(auto number, canonicalNumber(value));
        return AttributeValue::canonicalNumber(std::move(number));
    }
    case AttributeType::B: {
        CORE_TRY(auto bytes, decodeBinary(json));
        return AttributeValue::binary(std::move(bytes));
    }
    case AttributeType::Bool: {
        CORE_TRY(const auto value, decodeBoolean(json));
        return AttributeValue::boolean(value);
    }
    case AttributeType::Null: {
        CORE_TRY(const auto value, decodeBoolean(json));
        if (!value)
            return fail(errors::invalidParameters("Null attribute value types must have the value of true"));
        return AttributeValue::null();
    }
    case AttributeType::M: {
        CORE_TRY(auto map, decodeEntries(json, wrappers + 1));
        return AttributeValue::map(std::move(map));
    }
    case AttributeType::L:
        return decodeList(json, wrappers + 1);
    case AttributeType::SS:
    case AttributeType::NS:
    case AttributeType::BS:
        break;
    }
    return decodeSet(type, json);
}

Result<AttributeValue> decodeAny(const dom::element& json, int wrappers)
{
    if (wrappers > kMaxWrappers)
        return fail(errors::nestedTooDeep());
    if (json.is_null())
        return fail(errors::emptyAttributeValue());
    dom::object object;
    if (json.get_object().get(object)) {
        if (json.is_array()) {
            return fail(errors::serialization(
                "Unrecognized collection type class " + std::string(kAttributeValueClass)));
        }
        return fail(errors::serialization("Unexpected value type in payload"));
    }
    std::optional<AttributeValue> result;
    bool several = false;
    for (const auto field : object) {
        const auto type = typeNamed(field.key);
        if (!type || field.value.is_null())
            continue;
        CORE_TRY(auto value, decodeTyped(*type, field.value, wrappers));
        several = several || result;
        result = std::move(value);
    }
    if (!result)
        return fail(errors::emptyAttributeValue());
    if (several)
        return fail(errors::severalTypes());
    return std::move(*result);
}

}

Result<AttributeValue> decodeValue(const JsonView& json)
{
    return decodeAny(JsonAccess::element(json), 0);
}

Result<Attributes> decodeAttributes(const JsonView& json)
{
    return decodeEntries(JsonAccess::element(json), 0);
}

}
