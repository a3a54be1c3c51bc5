#pragma once

#include "core/base/result.h"
#include "core/dynamodb/attribute_value.h"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace core::dynamodb {

// A place in a parsed JSON text. A cheap value; it and the texts it gives live as long as its JsonDocument.
class JsonView {
public:
    enum class Kind { Null, Boolean, Integer, Decimal, String, Array, Object };

    Kind kind() const;
    bool isNull() const { return kind() == Kind::Null; }
    std::string_view text() const; // "" unless a string
    bool boolean() const; // false unless a boolean
    std::int64_t integer() const; // decimals are rounded down; saturates; 0 unless a number
    double decimal() const;

    // The member of that name; nothing when there is none or it is null.
    std::optional<JsonView> member(std::string_view name) const;
    std::size_t size() const; // of an array or object
    // In order of the text; stop by returning false.
    void eachMember(const std::function<bool(std::string_view name, JsonView value)>& visit) const;
    void eachElement(const std::function<bool(JsonView value)>& visit) const;
    // Compact JSON.
    std::string json() const;

private:
    friend class JsonDocument;
    friend struct JsonAccess;
    std::array<std::uint64_t, 2> m_place{}; // simdjson's element
};

// One parsed JSON text. Parsers are reused by each thread. One thread at a time.
class JsonDocument {
public:
    // SerializationException when it is no JSON.
    static Result<std::shared_ptr<JsonDocument>> parse(std::string_view text);
    ~JsonDocument();
    JsonView root() const { return m_root; }

    struct Parser;

private:
    JsonDocument();
    std::unique_ptr<Parser> m_parser;
    JsonView m_root;
};

// From requests: checks types (SerializationException), values, numbers, sets and nesting
// (ValidationException), and brings numbers and sets into their canonical form.
Result<AttributeValue> decodeValue(const JsonView& json);
Result<Attributes> decodeAttributes(const JsonView& json);

// From texts that encode() wrote.
Attributes decodeStored(std::string_view text);
// storedSize(decodeStored(text)) without building the tree.
std::size_t sizeOfStored(std::string_view text);

// Canonical DynamoDB JSON: names in order, no spaces.
void encode(std::string& out, const AttributeValue& value);
void encode(std::string& out, const Attributes& attributes);
std::string encoded(const Attributes& attributes);
void appendJsonString(std::string& out, std::string_view text); // quoted and escaped

}
