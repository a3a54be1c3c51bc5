#pragma once

#include "core/aws/shape.h"
#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace core::aws {

// XML to JSON after a Shape: element names become member names, lists lose their wrapping, leaves get their
// types; what does not have the wanted type stays text and an unknown element stays under its own name, so
// that the shape check names them. Attributes, name spaces and order are not looked at. Errors: Invalid,
// "MalformedXML", with the parser's reason.
Result<nlohmann::json> readXml(std::string_view text, const Shape& shape);

// The document with `root` as its root element; members that are null or not in the shape are left out. A
// member without a shape (Type::Document) is written by the form of its value.
std::string writeXml(
    std::string_view root, std::string_view xmlNamespace, const nlohmann::json& value, const Shape& shape);

}
