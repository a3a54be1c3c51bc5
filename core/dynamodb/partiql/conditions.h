#pragma once

#include "core/dynamodb/expression.h"
#include "core/dynamodb/partiql/syntax.h"
#include "core/dynamodb/partiql/values.h"

namespace core::dynamodb::partiql {

// A WHERE clause as the condition that filters and conditional writes are made of. Checks functions, operand
// types and counts.
Result<Condition> conditionOf(const Expression& where, const Parameters& parameters);

}
