#pragma once

#include "core/dynamodb/expression.h"
#include "core/dynamodb/partiql/syntax.h"
#include "core/dynamodb/partiql/values.h"

namespace core::dynamodb::partiql {

// The SET and REMOVE clauses as an update expression. Checks functions and what can be known of operands.
Result<UpdateExpression> updateOf(const std::vector<Assignment>& assignments, const Parameters& parameters);

}
