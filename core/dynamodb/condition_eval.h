#pragma once

#include "core/dynamodb/expression.h"

#include <string>

namespace core::dynamodb {

// Whether an item satisfies a resolved condition. Pure.
bool holds(const Condition& condition, const Attributes& item);

// The condition in words for a track: "attribute_not_exists(pk)", "price > {N:10}". For a conjunction, the
// part that does not hold.
std::string described(const Condition& condition);
std::string failedPart(const Condition& condition, const Attributes& item);

}
