#pragma once

#include "core/base/result.h"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
    double decimal() const; // 0 unless a number

    // The member of that name; nullopt when there is none or it is null.
    std::optional<JsonView> member(std::string_view name) const;

    std::size_t size() const; // members of an object, elements of an array; 0 for anything else
    // In order of the text; stop by returning false.
    void eachMember(const std::function<bool(std::string_view name, JsonView value)>& visit) const;
    void eachElement(const std::function<bool(JsonView value)>& visit) const;
    std::string json() const; // compact

private:
    friend class JsonDocument;
    friend struct JsonAccess;
    std::array<std::uint64_t, 2> m_place{}; // simdjson's element
};

// One parsed JSON text; who shares it owns it. One thread at a time; parsers are kept and reused by each
// thread.
class JsonDocument {
public:
    // SerializationException when it is no JSON.
    static Result<std::shared_ptr<JsonDocument>> parse(std::string_view text);
    ~JsonDocument();
    JsonView root() const { return m_root; }

private:
    struct Parser;

    JsonDocument();
    static std::vector<std::unique_ptr<Parser>>& idleParsers();

    std::unique_ptr<Parser> m_parser;
    JsonView m_root;
};

}
