#include "core/dynamodb/item_codec.h"

#include "core/base/hash.h"
#include "core/base/text.h"
#include "core/dynamodb/errors.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

namespace core::dynamodb {

namespace dom = simdjson::dom;

struct JsonDocument::Parser {
    dom::parser parser;
};

struct JsonAccess {
    static dom::element element(const JsonView& view) { return std::bit_cast<dom::element>(view.m_place); }
    static JsonView view(dom::element element)
    {
        JsonView view;
        view.m_place = std::bit_cast<std::array<std::uint64_t, 2>>(element);
        return view;
    }
};

namespace {

// A scalar may stand below 31 lists and maps.
constexpr int kMaxWrappers = 31;

// Parsers that have grown beyond this are not kept.
constexpr std::size_t kKeptCapacity = 2 * 1024 * 1024;
constexpr std::size_t kKeptParsers = 4;

std::vector<std::unique_ptr<JsonDocument::Parser>>& idleParsers()
{
    thread_local std::vector<std::unique_ptr<JsonDocument::Parser>> parsers;
    return parsers;
}

dom::parser& storedParser()
{
    thread_local dom::parser parser;
    return parser;
}

std::string_view text(const dom::element& element)
{
    std::string_view value;
    return element.get_string().get(value) ? std::string_view{} : value;
}

}

JsonView::Kind JsonView::kind() const
{
    switch (JsonAccess::element(*this).type()) {
    case dom::element_type::ARRAY:
        return Kind::Array;
    case dom::element_type::OBJECT:
        return Kind::Object;
    case dom::element_type::INT64:
    case dom::element_type::UINT64:
        return Kind::Integer;
    case dom::element_type::DOUBLE:
        return Kind::Decimal;
    case dom::element_type::STRING:
        return Kind::String;
    case dom::element_type::BOOL:
        return Kind::Boolean;
    case dom::element_type::NULL_VALUE:
        break;
    }
    return Kind::Null;
}

std::string_view JsonView::text() const
{
    return dynamodb::text(JsonAccess::element(*this));
}

bool JsonView::boolean() const
{
    bool value = false;
    return !JsonAccess::element(*this).get_bool().get(value) && value;
}

std::int64_t JsonView::integer() const
{
    const auto element = JsonAccess::element(*this);
    std::int64_t value = 0;
    if (!element.get_int64().get(value))
        return value;
    double decimal = 0;
    if (element.get_double().get(decimal))
        return 0;
    constexpr double kLimit = 9.2e18;
    if (std::abs(decimal) > kLimit)
        return decimal > 0 ? INT64_MAX : INT64_MIN;
    return static_cast<std::int64_t>(std::floor(decimal));
}

double JsonView::decimal() const
{
    double value = 0;
    return JsonAccess::element(*this).get_double().get(value) ? 0 : value;
}

std::optional<JsonView> JsonView::member(std::string_view name) const
{
    dom::element found;
    if (JsonAccess::element(*this)[name].get(found) || found.is_null())
        return std::nullopt;
    return JsonAccess::view(found);
}

std::size_t JsonView::size() const
{
    const auto element = JsonAccess::element(*this);
    if (dom::array array; !element.get_array().get(array))
        return array.size();
    if (dom::object object; !element.get_object().get(object))
        return object.size();
    return 0;
}

void JsonView::eachMember(const std::function<bool(std::string_view name, JsonView value)>& visit) const
{
    dom::object object;
    if (JsonAccess::element(*this).get_object().get(object))
        return;
    for (const auto field : object) {
        if (!visit(field.key, JsonAccess::view(field.value)))
            return;
    }
}

void JsonView::eachElement(const std::function<bool(JsonView value)>& visit) const
{
    dom::array array;
    if (JsonAccess::element(*this).get_array().get(array))
        return;
    for (const auto element : array) {
        if (!visit(JsonAccess::view(element)))
            return;
    }
}

std::string JsonView::json() const
{
    return simdjson::minify(JsonAccess::element(*this));
}

JsonDocument::JsonDocument() = default;

JsonDocument::~JsonDocument()
{
    auto& idle = idleParsers();
    if (m_parser && idle.size() < kKeptParsers && m_parser->parser.capacity() <= kKeptCapacity)
        idle.push_back(std::move(m_parser));
}

Result<std::shared_ptr<JsonDocument>> JsonDocument::parse(std::string_view text)
{
    std::shared_ptr<JsonDocument> document(new JsonDocument);
    auto& idle = idleParsers();
    if (idle.empty()) {
        document->m_parser = std::make_unique<Parser>();
    } else {
        document->m_parser = std::move(idle.back());
        idle.pop_back();
    }
    dom::element root;
    if (document->m_parser->parser.parse(text.data(), text.size(), true).get(root))
        return fail(errors::serialization({}));
    document->m_root = JsonAccess::view(root);
    return document;
}

// ---- From requests
// -------------------------------------------------------------------------------------------------

namespace {

constexpr std::string_view kAttributeValueClass = "com.amazonaws.dynamodb.v20120810.AttributeValue";

bool isTrue(const dom::element& json)
{
    bool value = false;
    return !json.get_bool().get(value) && value;
}

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
        shown += (shown.empty() ? "" : ", ") + std::string(text(element));
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

// ---- From the store
// ------------------------------------------------------------------------------------------------

namespace {

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
            type == AttributeType::BS ? unbase64(text(member)).value_or("") : std::string(text(member)));
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
        return AttributeValue::string(std::string(text(field.value)));
    case AttributeType::N:
        return AttributeValue::canonicalNumber(std::string(text(field.value)));
    case AttributeType::B:
        return AttributeValue::binary(unbase64(text(field.value)).value_or(""));
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
        return scalarSize(type, text(field.value));
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
        eachOf(field.value, [&](const dom::element& member) { size += scalarSize(type, text(member)); });
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

// ---- To JSON
// -------------------------------------------------------------------------------------------------------

namespace {

bool isEscaped(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\';
}

// Whether one of eight characters is escaped: the classic test of a word's bytes, as long texts are mostly
// free of them.
bool anyEscaped(const char* eight)
{
    constexpr std::uint64_t kOnes = 0x0101010101010101;
    constexpr std::uint64_t kHighs = 0x8080808080808080;
    const auto hasZero = [](std::uint64_t word) { return (word - kOnes) & ~word & kHighs; };
    std::uint64_t word = 0;
    std::memcpy(&word, eight, sizeof word);
    const auto hasControl = (word - kOnes * 0x20) & ~word & kHighs;
    return (hasControl | hasZero(word ^ kOnes * '"') | hasZero(word ^ kOnes * '\\')) != 0;
}

}

void appendJsonString(std::string& out, std::string_view text)
{
    constexpr std::string_view kHex = "0123456789abcdef";
    constexpr std::size_t kWord = sizeof(std::uint64_t);
    out += '"';
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        while (i + kWord <= text.size() && !anyEscaped(text.data() + i))
            i += kWord;
        if (i == text.size())
            break;
        const auto c = static_cast<unsigned char>(text[i]);
        if (!isEscaped(c))
            continue;
        out.append(text, start, i - start);
        start = i + 1;
        out += '\\';
        switch (c) {
        case '"':
        case '\\':
            out += static_cast<char>(c);
            break;
        case '\n':
            out += 'n';
            break;
        case '\r':
            out += 'r';
            break;
        case '\t':
            out += 't';
            break;
        default:
            out += "u00";
            out += kHex[c >> 4];
            out += kHex[c & 15];
        }
    }
    out.append(text, start);
    out += '"';
}

namespace {

void encodeBinary(std::string& out, std::string_view bytes)
{
    out += '"';
    out += base64(bytes);
    out += '"';
}

void encodeMembers(std::string& out, const AttributeValue& value)
{
    out += '[';
    bool first = true;
    for (const auto& member : value.members()) {
        if (!std::exchange(first, false))
            out += ',';
        if (value.type() == AttributeType::BS)
            encodeBinary(out, member);
        else
            appendJsonString(out, member);
    }
    out += ']';
}

}

void encode(std::string& out, const AttributeValue& value)
{
    out += "{\"";
    out += typeName(value.type());
    out += "\":";
    switch (value.type()) {
    case AttributeType::S:
    case AttributeType::N:
        appendJsonString(out, value.text());
        break;
    case AttributeType::B:
        encodeBinary(out, value.text());
        break;
    case AttributeType::Bool:
        out += value.boolean() ? "true" : "false";
        break;
    case AttributeType::Null:
        out += "true";
        break;
    case AttributeType::M:
        encode(out, value.map());
        break;
    case AttributeType::L: {
        out += '[';
        bool first = true;
        for (const auto& entry : value.list()) {
            if (!std::exchange(first, false))
                out += ',';
            encode(out, entry);
        }
        out += ']';
        break;
    }
    case AttributeType::SS:
    case AttributeType::NS:
    case AttributeType::BS:
        encodeMembers(out, value);
        break;
    }
    out += '}';
}

void encode(std::string& out, const Attributes& attributes)
{
    out += '{';
    bool first = true;
    for (const auto& [name, value] : attributes) {
        if (!std::exchange(first, false))
            out += ',';
        appendJsonString(out, name);
        out += ':';
        encode(out, value);
    }
    out += '}';
}

std::string encoded(const Attributes& attributes)
{
    // Grows in a buffer that stays, so that an item's text is allocated once, at its length.
    constexpr std::size_t kMostKept = 64 * 1024;
    thread_local std::string buffer;
    buffer.clear();
    encode(buffer, attributes);
    if (buffer.size() > kMostKept)
        return std::exchange(buffer, {});
    return buffer;
}

}
