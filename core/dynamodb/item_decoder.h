#pragma once

#include "core/dynamodb/attribute_value.h"
#include "core/dynamodb/json_document.h"

// DynamoDB JSON of a request, which may be anything, to values.
namespace core::dynamodb {

// Check types (SerializationException), values, numbers, sets and nesting (ValidationException), and bring
// numbers and sets into their canonical form.
Result<AttributeValue> decodeValue(const JsonView& json);
Result<Attributes> decodeAttributes(const JsonView& json);

}
