#include "core/apigateway/vtl/json_filter.h"

#include "core/apigateway/vtl/arithmetic.h"
#include "core/apigateway/vtl/java_text.h"

#include <algorithm>

namespace core::apigateway::vtl {

namespace {

using Operand = JsonFilter::Operand;

// The value of an operand; nullopt for a path that leads nowhere.
Result<std::optional<Value>> valueOf(
    const Operand& operand, const Value& element, const Value& root, Heap& heap, int& budget)
{
    if (operand.path)
        return operand.path->read(operand.path->fromRoot ? root : element, root, heap, budget);
    if (operand.list)
        return Value(operand.list.get());
    return operand.literal;
}

bool same(const Value& left, const Value& right)
{
    if (left.isNumber() && right.isNumber())
        return left.number() == right.number();
    return equals(left, right);
}

bool orders(const std::string& sign, const Value& left, const Value& right)
{
    int order = 0;
    if (left.isNumber() && right.isNumber())
        order = left.number() < right.number() ? -1 : left.number() > right.number() ? 1 : 0;
    else if (left.isText() && right.isText())
        order = left.text().compare(right.text());
    else
        return false;
    return sign == "<" ? order < 0 : sign == "<=" ? order <= 0 : sign == ">" ? order > 0 : order >= 0;
}

bool holds(const Value& list, const Value& wanted)
{
    if (list.isText() && wanted.isText())
        return list.text().find(wanted.text()) != std::string::npos;
    if (!list.list())
        return false;
    const auto& items = list.list()->items;
    return std::any_of(items.begin(), items.end(), [&](const Value& item) { return same(item, wanted); });
}

// How many of the left list's elements the right one has.
std::size_t common(const Value& left, const Value& right)
{
    const auto& items = left.list()->items;
    return static_cast<std::size_t>(
        std::count_if(items.begin(), items.end(), [&](const Value& item) { return holds(right, item); }));
}

bool compareSets(const std::string& sign, const Value& left, const Value& right)
{
    if (!left.list() || !right.list())
        return false;
    const auto shared = common(left, right);
    return sign == "subsetof" ? shared == left.list()->items.size()
        : sign == "anyof"     ? shared > 0
                              : shared == 0;
}

std::int64_t sizeOf(const Value& value)
{
    if (value.list())
        return static_cast<std::int64_t>(value.list()->items.size());
    return value.isText() ? static_cast<std::int64_t>(javaLength(value.text())) : -1;
}

Result<bool> compare(
    const std::string& sign, const std::optional<Value>& left, const std::optional<Value>& right)
{
    if (!left || !right)
        return sign == "!=" || sign == "nin" ? left.has_value() != right.has_value() : false;
    if (sign == "==")
        return same(*left, *right);
    if (sign == "!=")
        return !same(*left, *right);
    if (sign == "=~")
        return left->isText() && right->isText() ? matchesRegex(left->text(), right->text())
                                                 : Result<bool>(false);
    if (sign == "in")
        return holds(*right, *left);
    if (sign == "nin")
        return !holds(*right, *left);
    if (sign == "contains")
        return holds(*left, *right);
    if (sign == "size")
        return right->kind() == Value::Kind::Integer && sizeOf(*left) == right->integer();
    if (sign == "empty")
        return right->kind() == Value::Kind::Boolean && (sizeOf(*left) == 0) == right->boolean();
    if (sign == "subsetof" || sign == "anyof" || sign == "noneof")
        return compareSets(sign, *left, *right);
    return orders(sign, *left, *right);
}

}

Result<bool> accepts(
    const JsonFilter& filter, const Value& element, const Value& root, Heap& heap, int& budget)
{
    switch (filter.kind) {
    case JsonFilter::Kind::Or:
    case JsonFilter::Kind::And: {
        const bool wanted = filter.kind == JsonFilter::Kind::Or;
        for (const auto& part : filter.parts) {
            CORE_TRY(const bool accepted, accepts(part, element, root, heap, budget));
            if (accepted == wanted)
                return wanted;
        }
        return !wanted;
    }
    case JsonFilter::Kind::Not: {
        CORE_TRY(const bool accepted, accepts(filter.parts.front(), element, root, heap, budget));
        return !accepted;
    }
    case JsonFilter::Kind::Exists: {
        CORE_TRY(const auto value, valueOf(filter.left, element, root, heap, budget));
        return value.has_value();
    }
    case JsonFilter::Kind::Compare:
        break;
    }
    CORE_TRY(const auto left, valueOf(filter.left, element, root, heap, budget));
    CORE_TRY(const auto right, valueOf(filter.right, element, root, heap, budget));
    return compare(filter.sign, left, right);
}

}
