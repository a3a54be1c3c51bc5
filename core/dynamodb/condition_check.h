#pragma once

#include "core/dynamodb/expression.h"
#include "core/dynamodb/placeholders.h"

#include <string>

// What is wrong with a condition that is well formed, in AWS's words; "" for nothing.
namespace core::dynamodb {

// Fills in the condition's placeholders and finds its first mistake, in AWS's order.
std::string resolveAndCheck(Condition& condition, Placeholders& placeholders);
// The operands of one comparison or function.
std::string operandMistake(const Condition& condition);

}
