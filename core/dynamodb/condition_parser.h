#pragma once

#include "core/base/result.h"
#include "core/dynamodb/expression.h"
#include "core/dynamodb/placeholders.h"

#include <string_view>

namespace core::dynamodb {

// Parses a condition, filter or key-condition expression, fills in its placeholders and checks its operands.
// `kind` is the parameter's name, for the error's wording: "ConditionExpression".
Result<Condition> parseCondition(
    std::string_view kind, std::string_view expression, Placeholders& placeholders);

// Whether a condition reads that attribute, and whether it reads anything inside of it.
struct PathUse {
    bool asHead = false;
    bool nested = false;
};
PathUse pathUse(const Condition& condition, std::string_view attribute);

}
