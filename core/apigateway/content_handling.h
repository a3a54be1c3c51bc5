#pragma once

#include "core/base/result.h"

#include <string>

namespace core::apigateway {

// How bodies change between text and bytes on their way, after the developer guide's tables ("content type
// conversions"). `handling` is "", CONVERT_TO_BINARY or CONVERT_TO_TEXT. An error says why the body cannot be
// converted.

// A request's body: bytes stay bytes when its content type is one of the API's binary media types, else it is
// text, in which what is no UTF-8 becomes U+FFFD.
Result<std::string> convertRequest(std::string body, bool isBinary, const std::string& handling);
// An integration's body for a client whose Accept is binary or not.
Result<std::string> convertResponse(
    std::string body, bool isBinary, bool clientTakesBinary, const std::string& handling);

std::string asUtf8(std::string bytes);

}
