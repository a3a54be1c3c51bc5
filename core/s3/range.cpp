#include "core/s3/range.h"

#include "core/base/text.h"
#include "core/s3/errors.h"

#include <algorithm>
#include <charconv>

namespace core::s3 {

namespace {

std::optional<std::uint64_t> number(std::string_view text)
{
    std::uint64_t value = 0;
    const auto* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    // Too many digits mean "beyond the end", not "malformed".
    if (error == std::errc::result_out_of_range && stop == end)
        return UINT64_MAX;
    if (text.empty() || error != std::errc() || stop != end)
        return std::nullopt;
    return value;
}

struct RawRange {
    std::optional<std::uint64_t> first;
    std::optional<std::uint64_t> last;
};

std::optional<RawRange> parseRaw(std::string_view header)
{
    const auto text = trimmed(header);
    constexpr std::string_view kUnit = "bytes=";
    if (text.size() < kUnit.size() || !equalsIgnoreCase(text.substr(0, kUnit.size()), kUnit))
        return std::nullopt;
    const auto spec = trimmed(text.substr(kUnit.size()));
    const auto dash = spec.find('-');
    if (dash == std::string_view::npos || spec.find(',') != std::string_view::npos)
        return std::nullopt;
    const auto before = trimmed(spec.substr(0, dash));
    const auto after = trimmed(spec.substr(dash + 1));
    RawRange range{number(before), number(after)};
    if ((!range.first && !before.empty()) || (!range.last && !after.empty()) || (!range.first && !range.last))
        return std::nullopt;
    if (range.first && range.last && *range.last < *range.first)
        return std::nullopt;
    return range;
}

}

Result<std::optional<ByteRange>> parseRange(std::string_view header, std::uint64_t size)
{
    const auto raw = parseRaw(header);
    if (!raw)
        return std::optional<ByteRange>();
    if (!raw->first) {
        const std::uint64_t length = std::min(*raw->last, size);
        if (length == 0)
            return fail(invalidRange(header, size));
        return std::optional(ByteRange{size - length, length});
    }
    if (*raw->first >= size)
        return fail(invalidRange(header, size));
    const std::uint64_t last = std::min(raw->last.value_or(size - 1), size - 1);
    return std::optional(ByteRange{*raw->first, last - *raw->first + 1});
}

Result<ByteRange> parseCopyRange(std::string_view header, std::uint64_t size)
{
    const auto raw = parseRaw(header);
    if (!raw || !raw->first || !raw->last) {
        return fail(invalidArgument(
            "The x-amz-copy-source-range value must be of the form bytes=first-last where first "
            "and last are the zero-based offsets of the first and last bytes to copy",
            "x-amz-copy-source-range", header));
    }
    if (*raw->last >= size) {
        return fail(
            invalidArgument("Range specified is not valid for source object of size: " + std::to_string(size),
                "x-amz-copy-source-range", header));
    }
    return ByteRange{*raw->first, *raw->last - *raw->first + 1};
}

}
