#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace core::s3 {

struct ByteRange {
    std::uint64_t first = 0;
    std::uint64_t length = 0;

    std::uint64_t last() const { return first + length - 1; }
};

// What a Range header asks of `size` bytes: "bytes=0-99", "bytes=100-", "bytes=-5". Nothing when the whole
// object is to be sent: no header, a malformed one, or several ranges, which S3 does not serve. Error:
// InvalidRange.
Result<std::optional<ByteRange>> parseRange(std::string_view header, std::uint64_t size);

// x-amz-copy-source-range: "bytes=first-last", both named and inside the source. Error: InvalidArgument.
Result<ByteRange> parseCopyRange(std::string_view header, std::uint64_t size);

}
