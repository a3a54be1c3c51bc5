#include "core/lambda/invoke_checks.h"

#include "core/base/hash.h"
#include "core/lambda/errors.h"

#include <nlohmann/json.hpp>

namespace core::lambda {

using nlohmann::json;

namespace {

constexpr std::size_t kMaxSyncPayload = 6'291'456;
constexpr std::size_t kMaxAsyncPayload = 1'048'576;
constexpr std::size_t kMaxClientContext = 3583;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isWordCharacter(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

constexpr std::string_view kValues =
    "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

std::string placeOf(const std::string& text, std::size_t position)
{
    std::size_t line = 1;
    std::size_t column = 1;
    for (std::size_t at = 0; at < position; ++at) {
        column = text[at] == '\n' ? 1 : column + 1;
        line += text[at] == '\n' ? 1 : 0;
    }
    return "\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: "
        + std::to_string(line) + ", column: " + std::to_string(column) + "]";
}

// Whether an object's next name is to begin here; all before is well-formed.
bool awaitsName(std::string_view before)
{
    std::string open;
    char last = 0;
    for (std::size_t at = 0; at < before.size(); ++at) {
        const char c = before[at];
        if (c == '"') {
            for (++at; at < before.size() && before[at] != '"'; ++at)
                at += before[at] == '\\' ? 1 : 0;
        } else if (c == '{' || c == '[') {
            open += c;
        } else if ((c == '}' || c == ']') && !open.empty()) {
            open.pop_back();
        }
        if (!isSpace(c))
            last = c;
    }
    return open.ends_with('{') && (last == '{' || last == ',');
}

// In the words of the JSON reader that AWS uses.
std::string unexpected(const std::string& text, std::size_t position)
{
    if (position >= text.size())
        return "Unexpected end-of-input";
    auto begin = position;
    while (begin > 0 && isWordCharacter(text[begin - 1]))
        --begin;
    const auto asksName = awaitsName(std::string_view(text).substr(0, begin));
    if (!asksName && isWordCharacter(text[begin]) && !isDigit(text[begin])) {
        auto end = begin;
        while (end < text.size() && isWordCharacter(text[end]))
            ++end;
        return "Unrecognized token '" + text.substr(begin, end - begin) + "': was expecting "
            + std::string(kValues) + placeOf(text, end);
    }
    if (asksName)
        position = begin;
    const auto byte = static_cast<unsigned char>(text[position]);
    const auto code = std::to_string(byte);
    const auto shown = byte >= 0x20 && byte < 0x7f
        ? "('" + std::string(1, text[position]) + "' (code " + code + "))"
        : "((CTRL-CHAR, code " + code + "))";
    return "Unexpected character " + shown + ": "
        + (asksName ? "was expecting double-quote to start field name"
                    : "expected a valid value " + std::string(kValues))
        + placeOf(text, position);
}

}

Result<> checkPayload(const std::string& payload, bool asynchronous)
{
    const auto limit = asynchronous ? kMaxAsyncPayload : kMaxSyncPayload;
    if (payload.size() > limit)
        return fail(
            errors::payloadTooLarge(asynchronous ? "Event" : "RequestResponse", payload.size(), limit));
    if (json::accept(payload))
        return {};
    try {
        [[maybe_unused]] const auto parsed = json::parse(payload);
    } catch (const json::parse_error& error) {
        return fail(errors::badPayload(unexpected(payload, error.byte > 0 ? error.byte - 1 : 0)));
    }
    return {};
}

Result<std::string> clientContextOf(const json& input)
{
    const std::string given = input.value("ClientContext", "");
    if (given.empty())
        return std::string();
    auto text = unbase64(given);
    if (given.size() > kMaxClientContext || !text || !json::accept(*text))
        return fail(errors::invalidParameter("Client context must be a valid Base64-encoded JSON object."));
    // It travels to the runtime in a header: on one line.
    return json::parse(*text).dump();
}

}
