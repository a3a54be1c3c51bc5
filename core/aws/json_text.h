#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace core::aws {

// Parses JSON that came from outside: nesting is bounded, because walking and writing a value recurses. The
// error's message says where the text is wrong.
Result<nlohmann::json> parseJson(std::string_view text);

// Bytes that are no UTF-8 become U+FFFD instead of an exception.
std::string writeJson(const nlohmann::json& value);

}
