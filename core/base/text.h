#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core {

std::string_view trimmed(std::string_view text);
std::string toLower(std::string_view text); // ASCII only
std::string toUpper(std::string_view text);
bool equalsIgnoreCase(std::string_view a, std::string_view b);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string replaceAll(std::string text, std::string_view from, std::string_view to);

// Percent encoding after RFC 3986: everything but A–Z a–z 0–9 - . _ ~ (and '/' when keepSlash).
std::string percentEncode(std::string_view text, bool keepSlash = false);
// Malformed escapes stay as they are; `plusIsSpace` for form and query text.
std::string percentDecode(std::string_view text, bool plusIsSpace = false);

bool isUtf8(std::string_view bytes);
std::optional<std::int64_t> parseInteger(std::string_view text); // whole text, base 10

// '*' matches any run, '?' one character. CloudFront path patterns and S3 notification filters use it.
bool matchesGlob(std::string_view pattern, std::string_view text);

}
