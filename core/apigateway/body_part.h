#pragma once

#include <optional>
#include <string>

namespace core::apigateway {

// The part of a JSON body that a JSONPath leads to: text bare, anything else as JSON. nullopt when the body
// is no JSON or has no such part. An empty path is the whole body, whatever it is.
std::optional<std::string> bodyPart(const std::string& body, const std::string& path);

}
