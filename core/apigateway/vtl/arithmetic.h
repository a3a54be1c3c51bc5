#pragma once

#include "core/apigateway/vtl/syntax.h"

namespace core::apigateway::vtl {

// The operators of expressions on values, after Velocity's MathUtils. A null result is what an operation that
// makes no sense gives (a division by zero, a sum of lists).
Value arithmetic(Expression::Kind operation, const Value& left, const Value& right);
// == of templates: numbers by value, the like by equals(), the rest by their text.
bool looselyEqual(const Value& left, const Value& right);
// <, <=, >, >=: false for what are not two numbers.
bool compares(Expression::Kind operation, const Value& left, const Value& right);

}
