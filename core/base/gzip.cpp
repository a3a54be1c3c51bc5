#include "core/base/gzip.h"

#include "core/base/zlib_stream.h"

namespace core {

namespace {

constexpr int kGzipWindow = 15 + 16; // zlib: the widest window, in a gzip wrapping

}

std::string gzip(std::string_view bytes)
{
    return zlib::pack(bytes, kGzipWindow);
}

Result<std::string> gunzip(std::string_view bytes, std::size_t most)
{
    return zlib::unpack(
        bytes, most, kGzipWindow, {ErrorKind::Invalid, "InvalidGzip", "The data is not in the gzip format"});
}

}
