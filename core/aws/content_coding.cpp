#include "core/aws/content_coding.h"

#include "core/base/gzip.h"
#include "core/base/hash.h"
#include "core/base/text.h"

namespace core::aws {

namespace {

constexpr std::size_t kMaxBody = 16 * 1024 * 1024;
constexpr std::size_t kWorthwhile = 1024;

// "gzip", "gzip;q=0.5" or "*", unless its weight is nothing.
bool acceptsGzip(std::string_view header)
{
    for (const auto part : split(header, ',')) {
        const auto semicolon = part.find(';');
        const auto coding = toLower(trimmed(part.substr(0, semicolon)));
        if (coding != "gzip" && coding != "*")
            continue;
        const auto weight =
            semicolon == std::string_view::npos ? std::string_view() : trimmed(part.substr(semicolon + 1));
        return weight.find_first_not_of("q=0. ") != std::string_view::npos || weight.empty();
    }
    return false;
}

}

Result<> decodeBody(http::Request& wire)
{
    const auto coding = toLower(trimmed(wire.headers.get("Content-Encoding")));
    if (coding.empty() || coding == "identity")
        return {};
    if (coding != "gzip")
        return fail(ErrorKind::Invalid, "SerializationException", "Unknown Content-Encoding: " + coding);
    CORE_TRY(wire.body, gunzip(wire.body, kMaxBody));
    return {};
}

void encodeBody(const http::Request& wire, http::Response& response)
{
    if (response.body.size() < kWorthwhile || response.headers.has("Content-Encoding")
        || !acceptsGzip(wire.headers.get("Accept-Encoding")))
        return;
    response.body = gzip(response.body);
    response.headers.add("Content-Encoding", "gzip");
    if (response.headers.has("x-amz-crc32"))
        response.headers.set("x-amz-crc32", std::to_string(crc32(response.body)));
}

}
