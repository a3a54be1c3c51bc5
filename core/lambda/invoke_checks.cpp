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

// In the words of the JSON reader that AWS uses.
std::string unexpected(const std::string& text, std::size_t position)
{
    if (position >= text.size())
        return "Unexpected end-of-input";
    const auto byte = static_cast<unsigned char>(text[position]);
    const auto code = std::to_string(byte);
    const auto shown = byte >= 0x20 && byte < 0x7f
        ? "('" + std::string(1, text[position]) + "' (code " + code + "))"
        : "((CTRL-CHAR, code " + code + "))";
    std::size_t line = 1;
    std::size_t column = 1;
    for (std::size_t at = 0; at < position; ++at) {
        column = text[at] == '\n' ? 1 : column + 1;
        line += text[at] == '\n' ? 1 : 0;
    }
    return "Unexpected character " + shown
        + ": expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or "
          "'false')\n at "
          "[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: "
        + std::to_string(line) + ", column: " + std::to_string(column) + "]";
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
