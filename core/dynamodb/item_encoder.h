#pragma once

#include "core/dynamodb/attribute_value.h"

#include <string>
#include <string_view>

// Values to canonical DynamoDB JSON: names in order, no spaces. It is what the store keeps and what answers
// hold.
namespace core::dynamodb {

// Append to `out`.
void encode(std::string& out, const AttributeValue& value);
void encode(std::string& out, const Attributes& attributes);
void appendJsonString(std::string& out, std::string_view text); // quoted and escaped

std::string encoded(const Attributes& attributes);

}
