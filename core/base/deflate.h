#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace core {

// HTTP's "deflate": a deflate stream in a zlib wrapping.
std::string deflated(std::string_view bytes);
// ErrorKind::Invalid for what is no whole zlib stream; ErrorKind::TooLarge beyond `most` bytes.
Result<std::string> inflated(std::string_view bytes, std::size_t most);

}
