#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace core::zlib {

// What gzip.h and deflate.h have in common; `window` is zlib's word for the size of the window and the
// wrapping.
std::string pack(std::string_view bytes, int window);
// ErrorKind::Invalid with `broken`'s words for what is no whole stream; ErrorKind::TooLarge beyond `most`
// bytes.
Result<std::string> unpack(std::string_view bytes, std::size_t most, int window, const Error& broken);

}
