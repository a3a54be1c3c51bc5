#pragma once

#include "core/dynamodb/number.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace core::dynamodb {

enum class AttributeType : std::uint8_t { S, N, B, Bool, Null, M, L, SS, NS, BS };

std::string_view typeName(AttributeType type); // "S", "BOOL", …
std::optional<AttributeType> typeNamed(std::string_view name);

class AttributeValue;

// The attributes of an item or of a map, ordered by name. A value.
class Attributes {
public:
    using Entry = std::pair<std::string, AttributeValue>;

    Attributes();
    ~Attributes();
    Attributes(const Attributes&);
    Attributes(Attributes&&) noexcept;
    Attributes& operator=(const Attributes&);
    Attributes& operator=(Attributes&&) noexcept;

    const AttributeValue* find(std::string_view name) const;
    AttributeValue* find(std::string_view name);
    AttributeValue& set(std::string_view name, AttributeValue value); // adds or replaces
    bool erase(std::string_view name);

    // For building in bulk: append in any order, then sort() once; of equal names the last one stays.
    void append(std::string name, AttributeValue value);
    void sort();

    bool empty() const;
    std::size_t size() const;
    const Entry* begin() const;
    const Entry* end() const;
    friend bool operator==(const Attributes& a, const Attributes& b);

private:
    std::vector<Entry> m_entries;
};

using Item = Attributes;

// One typed value. Strings and binaries hold raw bytes, numbers their canonical text; sets are sorted and
// without duplicates, so that equality is by value. A value.
class AttributeValue {
public:
    using Set = std::vector<std::string>;
    using List = std::vector<AttributeValue>;

    AttributeValue() = default; // NULL
    static AttributeValue string(std::string text) { return {AttributeType::S, std::move(text)}; }
    static AttributeValue binary(std::string bytes) { return {AttributeType::B, std::move(bytes)}; }
    static AttributeValue number(const Number& number) { return {AttributeType::N, number.text()}; }
    // `text` is what Number::text() gives.
    static AttributeValue canonicalNumber(std::string text) { return {AttributeType::N, std::move(text)}; }
    static AttributeValue boolean(bool value) { return {AttributeType::Bool, value}; }
    static AttributeValue null() { return {}; }
    static AttributeValue list(List list) { return {AttributeType::L, std::move(list)}; }
    static AttributeValue map(Attributes map) { return {AttributeType::M, std::move(map)}; }
    // Sorts; `type` is SS, NS or BS, members canonical and distinct.
    static AttributeValue set(AttributeType type, Set members);

    AttributeType type() const { return m_type; }
    bool isSet() const;
    const std::string& text() const { return std::get<std::string>(m_value); } // S, N, B
    Number number() const { return Number::fromCanonical(text()); }
    bool boolean() const { return std::get<bool>(m_value); }
    const Set& members() const { return std::get<Set>(m_value); }
    const List& list() const { return std::get<List>(m_value); }
    List& list() { return std::get<List>(m_value); }
    const Attributes& map() const { return std::get<Attributes>(m_value); }
    Attributes& map() { return std::get<Attributes>(m_value); }

    // Bytes an item is charged for this value.
    std::size_t storedSize() const;

    friend bool operator==(const AttributeValue& a, const AttributeValue& b)
    {
        return a.m_type == b.m_type && a.m_value == b.m_value;
    }

private:
    using Storage = std::variant<bool, std::string, Set, List, Attributes>;
    AttributeValue(AttributeType type, Storage value)
        : m_type(type)
        , m_value(std::move(value))
    {
    }

    AttributeType m_type = AttributeType::Null;
    Storage m_value = true;
};

// Order of two values of one scalar type (S, N, B); nothing when they have no order.
std::optional<std::strong_ordering> compare(const AttributeValue& a, const AttributeValue& b);

// Bytes an item is charged: names and values.
std::size_t storedSize(const Attributes& attributes);

// As AWS shows a value in an error: "{S:abc}".
std::string described(const AttributeValue& value);

}
