#pragma once

#include "core/dynamodb/attribute_value.h"

#include <cstddef>
#include <string_view>

// Items as the store keeps them: texts that encode() wrote. What is wrong with one is not looked for. Any
// thread.
namespace core::dynamodb {

Attributes decodeStored(std::string_view text);

// storedSize(decodeStored(text)), in bytes, without building the tree.
std::size_t sizeOfStored(std::string_view text);

}
