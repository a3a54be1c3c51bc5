#include "core/base/deflate.h"

#include "core/base/zlib_stream.h"

namespace core {

namespace {

constexpr int kZlibWindow = 15;

}

std::string deflated(std::string_view bytes)
{
    return zlib::pack(bytes, kZlibWindow);
}

Result<std::string> inflated(std::string_view bytes, std::size_t most)
{
    return zlib::unpack(bytes, most, kZlibWindow,
        {ErrorKind::Invalid, "InvalidDeflate", "The data is not in the zlib format"});
}

}
