#include "core/apigateway/v2/selection.h"

#include "core/base/text.h"

#include <nlohmann/json.hpp>

namespace core::apigateway::v2 {

namespace {

using nlohmann::json;

bool isNamePart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.'
        || c == '-' || c == '[' || c == ']';
}

// The name behind a '$' and how much of the text it takes; "" when there is none.
std::string_view nameBehindDollar(std::string_view text, std::size_t& length)
{
    if (text.starts_with('{')) {
        const auto end = text.find('}');
        length = end == text.npos ? 0 : end + 1;
        return length == 0 ? std::string_view() : text.substr(1, end - 1);
    }
    length = 0;
    while (length < text.size() && isNamePart(text[length]))
        ++length;
    return text.substr(0, length);
}

std::optional<std::string> textOf(const json& value)
{
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_number() || value.is_boolean())
        return value.dump();
    return std::nullopt;
}

const json* child(const json& parent, std::string_view name)
{
    if (!parent.is_object())
        return nullptr;
    const auto found = parent.find(std::string(name));
    return found == parent.end() ? nullptr : &*found;
}

const json* element(const json& parent, std::string_view index)
{
    const auto place = parseInteger(index);
    const bool inside =
        parent.is_array() && place && *place >= 0 && static_cast<std::size_t>(*place) < parent.size();
    return inside ? &parent[static_cast<std::size_t>(*place)] : nullptr;
}

}

std::optional<std::string> evaluateSelection(std::string_view expression, const SelectionLookup& lookup)
{
    std::string result;
    for (std::size_t i = 0; i < expression.size();) {
        if (expression.substr(i).starts_with("\\$")) {
            result += '$';
            i += 2;
            continue;
        }
        std::size_t length = 0;
        const auto name =
            expression[i] == '$' ? nameBehindDollar(expression.substr(i + 1), length) : std::string_view();
        // "$default" stands for itself.
        if (name.empty() || name == kDefaultKey.substr(1)) {
            result += expression[i++];
            continue;
        }
        const auto value = lookup(name);
        if (!value)
            return std::nullopt;
        result += *value;
        i += 1 + length;
    }
    return result;
}

std::optional<std::string> scalarAt(const json& document, std::string_view path)
{
    const json* place = &document;
    while (place && !path.empty()) {
        if (path.starts_with('[')) {
            const auto end = path.find(']');
            if (end == path.npos)
                return std::nullopt;
            place = element(*place, path.substr(1, end - 1));
            path.remove_prefix(end + 1);
        } else {
            const auto end = std::min(path.find_first_of(".["), path.size());
            place = child(*place, path.substr(0, end));
            path.remove_prefix(end);
        }
        if (path.starts_with('.'))
            path.remove_prefix(1);
    }
    return place ? textOf(*place) : std::nullopt;
}

}
