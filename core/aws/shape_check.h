#pragma once

#include "core/aws/service.h"
#include "core/aws/shape.h"

#include <nlohmann/json_fwd.hpp>

#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::aws {

enum class JsonKind { Null, Boolean, Integer, Real, String, Array, Object };

// The words of AWS's constraint messages.
namespace wording {

std::string lengthAtMost(std::int64_t limit);
std::string lengthAtLeast(std::int64_t limit);
std::string valueAtMost(std::int64_t limit);
std::string valueAtLeast(std::int64_t limit);
std::string pattern(std::string_view pattern);
std::string values(std::span<const std::string_view> values);
// Every constraint of a shape, as AWS lists them for the scalars in a list or map.
std::string allOf(const Shape& shape);
std::string wrongType(Type wanted, JsonKind got);
std::string unsupported(std::string_view note);

}

// Whether the whole text matches; patterns are compiled once a thread. One that is only a character class
// needs no regular expression.
bool matchesPattern(std::string_view pattern, std::string_view text);
bool patternCompiles(std::string_view pattern);
std::int64_t countCharacters(std::string_view utf8);

// Checks a JSON value against a Shape, whatever parsed it. `Json` is a cheap view:
//   JsonKind kind() const;            std::string_view text() const;  (String)
//   double number() const;            std::int64_t size() const;      (Array, Object)
//   std::string shown() const;        (as AWS's messages show a value: text bare, lists as [a, b])
//   std::string wrongType(const Shape&) const; (optional: another wording than the services' usual one)
//   std::optional<Json> find(std::string_view name) const;
//   void eachMember(auto&& f(std::string_view name, Json)) const;     void eachElement(auto&& f(Json)) const;
template <typename Json> class ShapeChecker {
public:
    static constexpr std::size_t kMostViolations = 10;

    std::vector<Violation> check(const Shape& shape, const Json& value)
    {
        visit(shape, value);
        return std::move(m_violations);
    }

private:
    using Kind = Violation::Kind;

    void add(Kind kind, std::string value, std::string constraint)
    {
        if (m_violations.size() < kMostViolations)
            m_violations.push_back({kind, m_path, std::move(value), std::move(constraint), m_in});
    }

    template <typename Visit> void below(std::string_view part, Visit visit)
    {
        const auto length = m_path.size();
        if (length > 0)
            m_path += '.';
        const auto start = m_path.size();
        m_path += part;
        if (start < m_path.size() && m_path[start] >= 'A' && m_path[start] <= 'Z')
            m_path[start] = static_cast<char>(m_path[start] - 'A' + 'a');
        visit();
        m_path.resize(length);
    }

    void wrongType(const Shape& shape, const Json& value)
    {
        std::string text;
        if constexpr (requires { value.wrongType(shape); })
            text = value.wrongType(shape);
        else
            text = wording::wrongType(shape.type, value.kind());
        add(Kind::Type, std::move(text), "Member must have the right type");
    }

    void visit(const Shape& shape, const Json& value)
    {
        switch (shape.type) {
        case Type::Document:
            return;
        case Type::Structure:
            return value.kind() == JsonKind::Object ? visitStructure(shape, value) : wrongType(shape, value);
        case Type::List:
            return value.kind() == JsonKind::Array ? visitList(shape, value) : wrongType(shape, value);
        case Type::Map:
            return value.kind() == JsonKind::Object ? visitMap(shape, value) : wrongType(shape, value);
        default:
            visitScalar(shape, value);
        }
    }

    void visitStructure(const Shape& shape, const Json& value)
    {
        const bool top = m_path.empty();
        for (const Member& member : shape.members) {
            if (top)
                m_in = member.in;
            const auto given = value.find(member.name);
            const bool present = given && given->kind() != JsonKind::Null;
            if (!present && !member.required)
                continue;
            below(member.name, [&] {
                if (!present)
                    add(Kind::Missing, "null", "Member must not be null");
                else if (member.fidelity == Fidelity::Unsupported)
                    add(Kind::Unsupported, given->shown(), wording::unsupported(member.note));
                else
                    visit(*member.shape, *given);
            });
        }
        m_in = top ? In::Body : m_in;
        refuseUnknown(shape, value);
    }

    void refuseUnknown(const Shape& shape, const Json& value)
    {
        value.eachMember([&](std::string_view name, const Json& given) {
            if (given.kind() == JsonKind::Null)
                return;
            for (const Member& member : shape.members) {
                if (member.name == name)
                    return;
            }
            below(name, [&] { add(Kind::Unsupported, given.shown(), wording::unsupported({})); });
        });
    }

    bool countIsRight(const Shape& shape, const Json& value)
    {
        const auto count = value.size();
        if (count > shape.max)
            add(Kind::Length, value.shown(), wording::lengthAtMost(shape.max));
        else if (count < shape.min)
            add(Kind::Length, value.shown(), wording::lengthAtLeast(shape.min));
        else
            return true;
        return false;
    }

    static bool isScalar(const Shape& shape)
    {
        return shape.type != Type::Structure && shape.type != Type::List && shape.type != Type::Map
            && shape.type != Type::Document;
    }

    // AWS reports the scalars of a collection together, on the collection.
    bool scalarFails(const Shape& shape, const Json& value)
    {
        const auto before = m_violations.size();
        visitScalar(shape, value);
        const bool bad = m_violations.size() > before && m_violations.back().kind != Kind::Type;
        if (bad)
            m_violations.pop_back();
        return bad;
    }

    void visitList(const Shape& shape, const Json& value)
    {
        if (!countIsRight(shape, value) || !shape.element)
            return;
        const bool scalar = isScalar(*shape.element);
        bool failed = false;
        std::int64_t number = 0;
        value.eachElement([&](const Json& element) {
            ++number;
            if (m_violations.size() >= kMostViolations || failed)
                return;
            if (scalar) {
                failed = scalarFails(*shape.element, element);
                return;
            }
            below(std::to_string(number), [&] { below("member", [&] { visit(*shape.element, element); }); });
        });
        if (failed)
            add(Kind::Value, value.shown(),
                "Member must satisfy constraint: [" + wording::allOf(*shape.element) + "]");
    }

    void visitMap(const Shape& shape, const Json& value)
    {
        if (!countIsRight(shape, value))
            return;
        bool keyFailed = false;
        bool valueFailed = false;
        value.eachMember([&](std::string_view name, const Json& element) {
            if (m_violations.size() >= kMostViolations)
                return;
            keyFailed = keyFailed || (shape.key && !textIsRight(*shape.key, name));
            if (!shape.element || shape.element->type == Type::Document)
                return;
            if (isScalar(*shape.element))
                valueFailed = valueFailed || scalarFails(*shape.element, element);
            else
                belowKey(name, [&] { visit(*shape.element, element); });
        });
        if (keyFailed)
            add(Kind::Value, value.shown(),
                "Map keys must satisfy constraint: [" + wording::allOf(*shape.key) + "]");
        if (valueFailed)
            add(Kind::Value, value.shown(),
                "Map value must satisfy constraint: [" + wording::allOf(*shape.element) + "]");
    }

    // A map's key keeps its case in the path.
    template <typename Visit> void belowKey(std::string_view key, Visit visit)
    {
        const auto length = m_path.size();
        m_path += '.';
        m_path += key;
        m_path += ".member";
        visit();
        m_path.resize(length);
    }

    static bool textIsRight(const Shape& shape, std::string_view text)
    {
        const auto length = countCharacters(text);
        return length <= shape.max && length >= shape.min
            && (shape.values.empty() || contains(shape.values, text))
            && (shape.pattern.empty() || matchesPattern(shape.pattern, text));
    }

    static bool contains(std::span<const std::string_view> values, std::string_view text)
    {
        for (const auto value : values) {
            if (value == text)
                return true;
        }
        return false;
    }

    void visitScalar(const Shape& shape, const Json& value)
    {
        const auto kind = value.kind();
        switch (shape.type) {
        case Type::String:
            return kind == JsonKind::String ? visitText(shape, value) : wrongType(shape, value);
        case Type::Blob:
            return kind == JsonKind::String ? visitBlob(shape, value) : wrongType(shape, value);
        case Type::Boolean:
            return kind == JsonKind::Boolean ? void() : wrongType(shape, value);
        case Type::Timestamp:
            return kind == JsonKind::String || kind == JsonKind::Integer || kind == JsonKind::Real
                ? void()
                : wrongType(shape, value);
        case Type::Integer:
        case Type::Long:
            return kind == JsonKind::Integer || (kind == JsonKind::Real && isWhole(value.number()))
                ? visitNumber(shape, value)
                : wrongType(shape, value);
        default:
            return kind == JsonKind::Integer || kind == JsonKind::Real ? visitNumber(shape, value)
                                                                       : wrongType(shape, value);
        }
    }

    static bool isWhole(double number) { return number == std::floor(number) && std::fabs(number) < 9.2e18; }

    void visitText(const Shape& shape, const Json& value)
    {
        const auto text = value.text();
        const auto length = countCharacters(text);
        if (length > shape.max)
            return add(Kind::Length, std::string(text), wording::lengthAtMost(shape.max));
        if (length < shape.min)
            return add(Kind::Length, std::string(text), wording::lengthAtLeast(shape.min));
        if (!shape.values.empty() && !contains(shape.values, text))
            return add(Kind::Enum, std::string(text), wording::values(shape.values));
        if (!shape.pattern.empty() && !matchesPattern(shape.pattern, text))
            return add(Kind::Pattern, std::string(text), wording::pattern(shape.pattern));
    }

    // The length of a blob is that of the bytes which its base64 stands for.
    void visitBlob(const Shape& shape, const Json& value)
    {
        const auto text = value.text();
        auto padding = text.size();
        while (padding > 0 && text[padding - 1] == '=')
            --padding;
        const auto bytes = static_cast<std::int64_t>(padding * 3 / 4);
        if (bytes > shape.max)
            return add(Kind::Length, "java.nio.HeapByteBuffer", wording::lengthAtMost(shape.max));
        if (bytes < shape.min)
            return add(Kind::Length, "java.nio.HeapByteBuffer", wording::lengthAtLeast(shape.min));
    }

    void visitNumber(const Shape& shape, const Json& value)
    {
        const double number = value.number();
        // A limit that nobody set is that of whole numbers; CloudWatch's values go beyond.
        const bool open = shape.type == Type::Double;
        if (number > static_cast<double>(shape.max) && !(open && shape.max == Shape{}.max))
            return add(Kind::Value, value.shown(), wording::valueAtMost(shape.max));
        if (number < static_cast<double>(shape.min) && !(open && shape.min == Shape{}.min))
            return add(Kind::Value, value.shown(), wording::valueAtLeast(shape.min));
    }

    std::vector<Violation> m_violations;
    std::string m_path;
    In m_in = In::Body;
};

std::vector<Violation> checkShape(const Shape& shape, const nlohmann::json& value);

// "1 validation error detected: Value null at 'tableName' failed to satisfy constraint: Member must not be
// null"
std::string describeViolations(const std::vector<Violation>& violations);

// Members that were given and that work with less than AWS does: calls `visit(path, note)` for each.
void eachSimplified(const Shape& shape, const nlohmann::json& value,
    const std::function<void(std::string_view path, std::string_view note)>& visit);
bool hasSimplified(const Shape& shape);

}
