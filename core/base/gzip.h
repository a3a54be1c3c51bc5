#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace core {

std::string gzip(std::string_view bytes);
// ErrorKind::Invalid for what is no whole gzip stream; ErrorKind::TooLarge beyond `most` bytes.
Result<std::string> gunzip(std::string_view bytes, std::size_t most);

}
