#pragma once

#include "core/base/result.h"
#include "core/dynamodb/expression.h"

namespace core::dynamodb {

// The item after an update; every operand is read from `before`, as AWS does. Pure.
Result<Attributes> applyUpdate(const UpdateExpression& update, const Attributes& before);

// What UPDATED_OLD and UPDATED_NEW show of an item: the updated paths alone.
Attributes updatedParts(const UpdateExpression& update, const Attributes& item);

}
