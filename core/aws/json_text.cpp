#include "core/aws/json_text.h"

#include <nlohmann/json.hpp>

namespace core::aws {

using nlohmann::json;

namespace {

constexpr int kDeepestNesting = 500;

bool nestsTooDeep(std::string_view text)
{
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            if (++depth > kDeepestNesting)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

// nlohmann's messages begin with "[json.exception.parse_error.101] ".
std::string plainReason(std::string_view what)
{
    const auto end = what.find("] ");
    return std::string(end == std::string_view::npos ? what : what.substr(end + 2));
}

}

Result<json> parseJson(std::string_view text)
{
    if (nestsTooDeep(text))
        return fail(ErrorKind::Invalid, "SerializationException",
            "the document nests deeper than " + std::to_string(kDeepestNesting) + " levels");
    try {
        return json::parse(text);
    } catch (const json::exception& error) {
        return fail(ErrorKind::Invalid, "SerializationException", plainReason(error.what()));
    }
}

std::string writeJson(const json& value)
{
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

}
