#pragma once

#include "core/dynamodb/attribute_value.h"

#include <optional>
#include <string>
#include <string_view>

// Partition keys read back from the rows of a keyspace. Pure.
namespace core::dynamodb::keys {

// The value that keys::partition() made the beginning of `row` of.
std::optional<AttributeValue> partitionKey(std::string_view row, AttributeType type);

}
