#include "core/trace/trace_header.h"

#include "core/base/text.h"

#include <charconv>

namespace core::trace {

namespace {

constexpr std::size_t kTrackIdLength = 35; // 1-<8 hex>-<24 hex>
constexpr std::size_t kCountDigits = 8;
constexpr std::size_t kOwnDigits = 11; // where the random digits begin
constexpr std::uint64_t kNoCount = std::uint64_t{UINT32_MAX} + 1;

void writeHex(char* out, std::uint32_t value)
{
    for (std::size_t i = kCountDigits; i-- > 0; value >>= 4)
        out[i] = "0123456789abcdef"[value & 15];
}

std::uint64_t readHex(std::string_view digits)
{
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return error == std::errc() && end == digits.data() + digits.size() ? value : kNoCount;
}

}

TraceHeader TraceHeader::parse(std::string_view text)
{
    TraceHeader header;
    while (!text.empty()) {
        const auto end = text.find(';');
        auto part = trimmed(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        const auto equals = part.find('=');
        const auto name =
            equals == std::string_view::npos ? std::string_view() : trimmed(part.substr(0, equals));
        const auto value = equals == std::string_view::npos ? part : trimmed(part.substr(equals + 1));
        if (equalsIgnoreCase(name, "Root") || (name.empty() && value.starts_with("1-")))
            header.root = value;
        else if (equalsIgnoreCase(name, "Parent"))
            header.parent = value;
    }
    return header;
}

std::string trackIdFor(std::string randomTraceId, std::uint64_t sequence)
{
    auto id = std::move(randomTraceId);
    writeHex(id.data() + kTrackIdLength - kCountDigits, static_cast<std::uint32_t>(sequence));
    return id;
}

std::uint64_t countInTrackId(std::string_view id)
{
    return id.size() == kTrackIdLength ? readHex(id.substr(kTrackIdLength - kCountDigits)) : kNoCount;
}

std::string parentIdFor(std::string_view trackId, std::uint32_t span)
{
    std::string parent(trackId.substr(kOwnDigits, kCountDigits));
    parent.resize(2 * kCountDigits);
    writeHex(parent.data() + kCountDigits, span);
    return parent;
}

std::uint32_t spanInParentId(std::string_view trackId, std::string_view parent)
{
    if (parent.size() != 2 * kCountDigits || !parent.starts_with(trackId.substr(kOwnDigits, kCountDigits)))
        return 0;
    const auto span = readHex(parent.substr(kCountDigits));
    return span == kNoCount ? 0 : static_cast<std::uint32_t>(span);
}

}
