#include "core/aws/event_stream.h"

#include "core/base/hash.h"

#include <cstdint>

namespace core::aws {

namespace {

constexpr std::uint8_t kStringHeader = 7;

void addNumber(std::string& out, std::uint64_t value, int bytes)
{
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        out += static_cast<char>((value >> shift) & 0xff);
}

void addHeader(std::string& out, std::string_view name, std::string_view value)
{
    addNumber(out, name.size(), 1);
    out += name;
    addNumber(out, kStringHeader, 1);
    addNumber(out, value.size(), 2);
    out += value;
}

}

std::string eventMessage(std::string_view eventType, std::string_view contentType, std::string_view payload)
{
    std::string headers;
    addHeader(headers, ":event-type", eventType);
    addHeader(headers, ":content-type", contentType);
    addHeader(headers, ":message-type", "event");
    // Prelude and its checksum, the checksum of the message.
    constexpr std::size_t kFrame = 12 + 4;
    std::string message;
    message.reserve(kFrame + headers.size() + payload.size());
    addNumber(message, kFrame + headers.size() + payload.size(), 4);
    addNumber(message, headers.size(), 4);
    addNumber(message, crc32(message), 4);
    message += headers;
    message += payload;
    addNumber(message, crc32(message), 4);
    return message;
}

}
