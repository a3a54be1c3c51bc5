#include "core/aws/shape_check.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::aws {

using nlohmann::json;

namespace {

// The words of a JSON value in AWS's messages are those of Java's toString().
void showValue(const json& value, std::string& text)
{
    switch (value.type()) {
    case json::value_t::string:
        text += value.get_ref<const std::string&>();
        break;
    case json::value_t::array:
        text += '[';
        for (std::size_t i = 0; i < value.size(); ++i) {
            text += i ? ", " : "";
            showValue(value[i], text);
        }
        text += ']';
        break;
    case json::value_t::object: {
        text += '{';
        bool first = true;
        for (const auto& [name, member] : value.items()) {
            text += first ? "" : ", ";
            text += name + '=';
            showValue(member, text);
            first = false;
        }
        text += '}';
        break;
    }
    default:
        text += value.dump(-1, ' ', false, json::error_handler_t::replace);
    }
}

class JsonView {
public:
    explicit JsonView(const json& value)
        : m_value(&value)
    {
    }

    JsonKind kind() const
    {
        switch (m_value->type()) {
        case json::value_t::boolean:
            return JsonKind::Boolean;
        case json::value_t::number_integer:
        case json::value_t::number_unsigned:
            return JsonKind::Integer;
        case json::value_t::number_float:
            return JsonKind::Real;
        case json::value_t::string:
            return JsonKind::String;
        case json::value_t::array:
            return JsonKind::Array;
        case json::value_t::object:
            return JsonKind::Object;
        default:
            return JsonKind::Null;
        }
    }
    std::string_view text() const { return m_value->get_ref<const std::string&>(); }
    double number() const { return m_value->get<double>(); }
    std::int64_t size() const { return static_cast<std::int64_t>(m_value->size()); }
    std::string shown() const
    {
        std::string text;
        showValue(*m_value, text);
        return text;
    }
    std::optional<JsonView> find(std::string_view name) const
    {
        const auto found = m_value->find(name);
        return found == m_value->end() ? std::nullopt : std::optional(JsonView(*found));
    }
    template <typename Visit> void eachMember(Visit visit) const
    {
        for (auto member = m_value->begin(); member != m_value->end(); ++member)
            visit(std::string_view(member.key()), JsonView(member.value()));
    }
    template <typename Visit> void eachElement(Visit visit) const
    {
        for (const auto& element : *m_value)
            visit(JsonView(element));
    }

private:
    const json* m_value;
};

const json* member(const json& value, std::string_view name)
{
    const auto found = value.find(name);
    return found == value.end() || found->is_null() ? nullptr : &*found;
}

void walkSimplified(const Shape& shape, const json& value, const std::string& path,
    const std::function<void(std::string_view, std::string_view)>& visit)
{
    if (shape.type == Type::Structure && value.is_object()) {
        for (const Member& part : shape.members) {
            const auto* given = member(value, part.name);
            if (!given)
                continue;
            const auto name = path.empty() ? std::string(part.name) : path + '.' + std::string(part.name);
            if (part.fidelity == Fidelity::Simplified)
                visit(name, part.note);
            walkSimplified(*part.shape, *given, name, visit);
        }
    } else if (shape.element && (value.is_array() || value.is_object())) {
        for (const auto& element : value)
            walkSimplified(*shape.element, element, path, visit);
    }
}

}

std::vector<Violation> checkShape(const Shape& shape, const json& value)
{
    return ShapeChecker<JsonView>().check(shape, JsonView(value));
}

std::string describeViolations(const std::vector<Violation>& violations)
{
    std::string text = std::to_string(violations.size());
    text += violations.size() == 1 ? " validation error detected: " : " validation errors detected: ";
    bool first = true;
    for (const auto& violation : violations) {
        text += first ? "Value " : "; Value ";
        text += violation.kind == Violation::Kind::Missing ? "null" : "'" + violation.value + "'";
        text += " at '" + violation.path + "' failed to satisfy constraint: " + violation.constraint;
        first = false;
    }
    return text;
}

void eachSimplified(const Shape& shape, const json& value,
    const std::function<void(std::string_view path, std::string_view note)>& visit)
{
    walkSimplified(shape, value, {}, visit);
}

bool hasSimplified(const Shape& shape)
{
    for (const Member& part : shape.members) {
        if (part.fidelity == Fidelity::Simplified || hasSimplified(*part.shape))
            return true;
    }
    return shape.element && hasSimplified(*shape.element);
}

}
