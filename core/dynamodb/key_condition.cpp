#include "core/dynamodb/key_condition.h"

#include "core/dynamodb/errors.h"
#include "core/dynamodb/key_encoding.h"

namespace core::dynamodb {

namespace {

using Kind = KeyCondition::Kind;

std::optional<Kind> kindOf(const Condition& condition, bool reversed)
{
    switch (condition.kind) {
    case Condition::Kind::Equal:
        return Kind::Equal;
    case Condition::Kind::Less:
        return reversed ? Kind::Greater : Kind::Less;
    case Condition::Kind::LessOrEqual:
        return reversed ? Kind::GreaterOrEqual : Kind::LessOrEqual;
    case Condition::Kind::Greater:
        return reversed ? Kind::Less : Kind::Greater;
    case Condition::Kind::GreaterOrEqual:
        return reversed ? Kind::LessOrEqual : Kind::GreaterOrEqual;
    case Condition::Kind::Between:
        return Kind::Between;
    case Condition::Kind::Function:
        return Kind::BeginsWith;
    default:
        return std::nullopt;
    }
}

tl::unexpected<Error> refuse(std::string message)
{
    return fail(errors::validation(std::move(message)));
}

Result<> checkOperator(const Condition& condition)
{
    const bool function = condition.kind == Condition::Kind::Function;
    if (function && condition.operands.front().name != "begins_with")
        return refuse("Invalid operator used in KeyConditionExpression: " + condition.operands.front().name);
    if (!kindOf(condition, false)) {
        return refuse(
            "Invalid operator used in KeyConditionExpression: " + std::string(symbolOf(condition.kind)));
    }
    const auto& operands = function ? condition.operands.front().arguments : condition.operands;
    for (const auto& operand : operands) {
        if (operand.isFunction())
            return refuse("KeyConditionExpressions cannot contain nested operations");
    }
    if ((function || condition.kind == Condition::Kind::Between) && !operands.front().isPath()) {
        return refuse("Invalid condition in KeyConditionExpression: "
            + (function ? "begins_with" : std::string(symbolOf(condition.kind)))
            + " operator must have the key attribute as its first operand");
    }
    return {};
}

Result<> addCondition(const Condition& condition, std::vector<KeyCondition>& found)
{
    CORE_CHECK(checkOperator(condition));
    const bool function = condition.kind == Condition::Kind::Function;
    const auto& operands = function ? condition.operands.front().arguments : condition.operands;
    KeyCondition result;
    bool reversed = false;
    for (std::size_t i = 0; i < operands.size(); ++i) {
        if (operands[i].isValue()) {
            result.values.push_back(operands[i].value);
            continue;
        }
        if (!result.attribute.empty()) {
            return refuse("Invalid condition in KeyConditionExpression: Multiple attribute names used in one "
                          "condition");
        }
        if (operands[i].path.size() > 1)
            return refuse("KeyConditionExpressions cannot have conditions on nested attributes");
        result.attribute = operands[i].path.front().name;
        reversed = i > 0;
    }
    if (result.attribute.empty())
        return refuse("Invalid condition in KeyConditionExpression: No key attribute specified");
    for (const auto& other : found) {
        if (other.attribute == result.attribute)
            return refuse("KeyConditionExpressions must only contain one condition per key");
    }
    result.kind = kindOf(condition, reversed).value_or(Kind::Equal);
    found.push_back(std::move(result));
    return {};
}

Result<> addConditions(const Condition& condition, std::vector<KeyCondition>& found)
{
    if (condition.kind != Condition::Kind::And)
        return addCondition(condition, found);
    for (const auto& child : condition.children)
        CORE_CHECK(addConditions(child, found));
    return {};
}

std::string_view symbolOf(Kind kind)
{
    switch (kind) {
    case Kind::Equal:
        return "=";
    case Kind::Less:
        return "<";
    case Kind::LessOrEqual:
        return "<=";
    case Kind::Greater:
        return ">";
    case Kind::GreaterOrEqual:
        return ">=";
    case Kind::Between:
        return "between";
    case Kind::BeginsWith:
    case Kind::Other:
        break;
    }
    return "begins with";
}

std::string rowsOf(const std::string& prefix, const AttributeValue& sortKey)
{
    auto key = prefix;
    keys::append(key, sortKey);
    return key;
}

}

Result<std::vector<KeyCondition>> keyConditions(const Condition& condition)
{
    std::vector<KeyCondition> found;
    CORE_CHECK(addConditions(condition, found));
    return found;
}

bool matches(const KeyCondition& condition, const AttributeValue& value)
{
    const auto& first = condition.values.front();
    if (condition.kind == Kind::BeginsWith)
        return value.type() == first.type() && value.text().starts_with(first.text());
    const auto order = compare(value, first);
    if (!order)
        return false;
    switch (condition.kind) {
    case Kind::Equal:
        return *order == 0;
    case Kind::Less:
        return *order < 0;
    case Kind::LessOrEqual:
        return *order <= 0;
    case Kind::Greater:
        return *order > 0;
    case Kind::GreaterOrEqual:
        return *order >= 0;
    default:
        return *order >= 0
            && compare(value, condition.values.back()).value_or(std::strong_ordering::greater) <= 0;
    }
}

std::string described(const KeyCondition& condition)
{
    auto text = condition.attribute + " " + std::string(symbolOf(condition.kind));
    for (std::size_t i = 0; i < condition.values.size(); ++i)
        text += (i ? " and " : " ") + described(condition.values[i]);
    return text;
}

store::Range rowsMatching(const AttributeValue& partitionKey, const KeyCondition* condition)
{
    return rowsMatching(keys::partition(partitionKey), condition);
}

store::Range rowsMatching(const std::string& prefix, const KeyCondition* condition)
{
    auto range = store::Range::prefix(prefix);
    if (!condition)
        return range;
    const auto& value = condition->values.front();
    const auto rows = store::Range::prefix(rowsOf(prefix, value)); // of that very sort key
    switch (condition->kind) {
    case Kind::Equal:
        return rows;
    case Kind::Less:
        range.to = rows.from;
        break;
    case Kind::LessOrEqual:
        range.to = rows.to;
        break;
    case Kind::Greater:
        range.from = rows.to;
        break;
    case Kind::GreaterOrEqual:
        range.from = rows.from;
        break;
    case Kind::Between:
        range.from = rows.from;
        range.to = store::Range::prefix(rowsOf(prefix, condition->values.back())).to;
        break;
    case Kind::BeginsWith: {
        auto beginning = prefix;
        keys::appendEscaped(beginning, keys::ordered(value));
        return store::Range::prefix(beginning);
    }
    case Kind::Other: // refused before
        break;
    }
    return range;
}

}
