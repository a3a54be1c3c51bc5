#include "core/apigateway/content_handling.h"

#include "core/apigateway/vtl/java_text.h"
#include "core/base/hash.h"
#include "core/base/text.h"

namespace core::apigateway {

namespace {

constexpr std::string_view kToBinary = "CONVERT_TO_BINARY";
constexpr std::string_view kToText = "CONVERT_TO_TEXT";

Result<std::string> decoded(const std::string& text)
{
    auto bytes = unbase64(text);
    if (!bytes)
        return fail(ErrorKind::Invalid, "NotBase64", "Unable to base64 decode the body.");
    return *std::move(bytes);
}

}

std::string asUtf8(std::string bytes)
{
    return isUtf8(bytes) ? bytes : vtl::utf8(vtl::utf16(bytes));
}

Result<std::string> convertRequest(std::string body, bool isBinary, const std::string& handling)
{
    if (body.empty())
        return body;
    if (isBinary)
        return handling == kToText ? base64(body) : std::move(body);
    if (handling == kToBinary)
        return decoded(body);
    return asUtf8(std::move(body));
}

Result<std::string> convertResponse(
    std::string body, bool isBinary, bool clientTakesBinary, const std::string& handling)
{
    if (body.empty())
        return body;
    if (isBinary) {
        const bool stays = handling == kToBinary || (handling.empty() && clientTakesBinary);
        return stays ? std::move(body) : base64(body);
    }
    if (handling == kToBinary || (handling.empty() && clientTakesBinary))
        return decoded(body);
    return asUtf8(std::move(body));
}

}
