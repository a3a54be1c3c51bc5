#include "core/apigateway/event_stream_reader.h"

#include <cstdint>

namespace core::apigateway {

namespace {

constexpr std::size_t kPrelude = 12; // both lengths and their checksum
constexpr std::size_t kChecksum = 4;
constexpr std::size_t kLongest = 24 * 1024 * 1024; // AWS's bound of a message
constexpr std::uint8_t kStringHeader = 7;

std::size_t number(std::string_view bytes, std::size_t count)
{
    std::size_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[i]);
    return value;
}

// Lambda's events have headers of text alone.
std::string eventType(std::string_view headers)
{
    while (headers.size() > 4) {
        const auto length = number(headers, 1);
        if (headers.size() < length + 4 || number(headers.substr(length + 1), 1) != kStringHeader)
            break;
        const auto name = headers.substr(1, length);
        const auto valueLength = number(headers.substr(length + 2), 2);
        const auto value = headers.substr(length + 4, valueLength);
        if (name == ":event-type")
            return std::string(value);
        headers.remove_prefix(length + 4 + value.size());
    }
    return {};
}

}

Result<std::optional<EventStreamReader::Event>> EventStreamReader::next()
{
    const auto left = std::string_view(m_bytes).substr(m_read);
    if (left.size() < kPrelude)
        return std::nullopt;
    const auto whole = number(left, 4);
    const auto headers = number(left.substr(4), 4);
    if (whole > kLongest || whole < kPrelude + kChecksum || headers > whole - kPrelude - kChecksum)
        return fail(ErrorKind::Io, "BadResponse", "The event stream cannot be read");
    if (left.size() < whole)
        return std::nullopt;
    Event event{eventType(left.substr(kPrelude, headers)),
        std::string(left.substr(kPrelude + headers, whole - kPrelude - kChecksum - headers))};
    m_read += whole;
    if (m_read == m_bytes.size()) {
        m_bytes.clear();
        m_read = 0;
    }
    return event;
}

}
