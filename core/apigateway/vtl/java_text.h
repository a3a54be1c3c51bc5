#pragma once

#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::apigateway::vtl {

// Strings as Java counts them: positions are UTF-16 code units, texts are UTF-8. Bytes that are no UTF-8
// become U+FFFD.
std::u16string utf16(std::string_view text);
std::string utf8(std::u16string_view text);
std::size_t javaLength(std::string_view text);

// Java's regular expressions (java.util.regex) on UTF-8 text. Errors are what Java throws: a pattern that is
// none; and an expression that takes too long to match.
Result<bool> matchesRegex(std::string_view text, std::string_view pattern); // the whole text
Result<bool> findsRegex(std::string_view text, std::string_view pattern); // any part
Result<> checkRegex(std::string_view pattern);
Result<std::string> replaceRegex(
    std::string_view text, std::string_view pattern, std::string_view replacement, bool all);
// String.split(): trailing empty parts are dropped when limit is 0, kept when negative.
Result<std::vector<std::string>> splitRegex(std::string_view text, std::string_view pattern, int limit);

}
