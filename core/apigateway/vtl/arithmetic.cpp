#include "core/apigateway/vtl/arithmetic.h"

#include <cmath>
#include <limits>

namespace core::apigateway::vtl {

namespace {

using Kind = Expression::Kind;

// Beyond 64 bits Java goes on with BigInteger; here the sum becomes a Double.
Value integers(Kind operation, std::int64_t left, std::int64_t right)
{
    std::int64_t result = 0;
    switch (operation) {
    case Kind::Add:
        if (!__builtin_add_overflow(left, right, &result))
            return result;
        return static_cast<double>(left) + static_cast<double>(right);
    case Kind::Subtract:
        if (!__builtin_sub_overflow(left, right, &result))
            return result;
        return static_cast<double>(left) - static_cast<double>(right);
    case Kind::Multiply:
        if (!__builtin_mul_overflow(left, right, &result))
            return result;
        return static_cast<double>(left) * static_cast<double>(right);
    default:
        break;
    }
    if (right == 0)
        return {};
    if (right == -1)
        return operation == Kind::Divide ? integers(Kind::Subtract, 0, left) : Value(0);
    return operation == Kind::Divide ? left / right : left % right;
}

Value doubles(Kind operation, double left, double right)
{
    switch (operation) {
    case Kind::Add:
        return left + right;
    case Kind::Subtract:
        return left - right;
    case Kind::Multiply:
        return left * right;
    default:
        break;
    }
    if (right == 0)
        return {};
    return operation == Kind::Divide ? left / right : std::fmod(left, right);
}

// -1, 0 or 1.
int compareNumbers(const Value& left, const Value& right)
{
    if (left.kind() == Value::Kind::Integer && right.kind() == Value::Kind::Integer)
        return left.integer() < right.integer() ? -1 : left.integer() > right.integer() ? 1 : 0;
    return left.number() < right.number() ? -1 : left.number() > right.number() ? 1 : 0;
}

}

Value arithmetic(Kind operation, const Value& left, const Value& right)
{
    if (!left.isNumber() || !right.isNumber())
        return {};
    if (left.kind() == Value::Kind::Integer && right.kind() == Value::Kind::Integer)
        return integers(operation, left.integer(), right.integer());
    return doubles(operation, left.number(), right.number());
}

bool looselyEqual(const Value& left, const Value& right)
{
    if (left.isNumber() && right.isNumber())
        return compareNumbers(left, right) == 0;
    if (left.isNull() || right.isNull())
        return left.isNull() && right.isNull();
    if (left.kind() == right.kind() && left.kind() != Value::Kind::Object)
        return equals(left, right);
    const auto leftText = textOf(left);
    const auto rightText = textOf(right);
    return leftText && rightText && *leftText == *rightText;
}

bool compares(Kind operation, const Value& left, const Value& right)
{
    if (!left.isNumber() || !right.isNumber())
        return false;
    const int order = compareNumbers(left, right);
    switch (operation) {
    case Kind::Less:
        return order < 0;
    case Kind::LessEqual:
        return order <= 0;
    case Kind::Greater:
        return order > 0;
    default:
        return order >= 0;
    }
}

}
