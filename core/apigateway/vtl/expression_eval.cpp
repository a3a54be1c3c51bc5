#include "core/apigateway/vtl/expression_eval.h"

#include "core/apigateway/vtl/arithmetic.h"
#include "core/apigateway/vtl/methods.h"

namespace core::apigateway::vtl {

namespace {

using Kind = Expression::Kind;

constexpr std::int64_t kMaxRange = 100'000; // elements

// $context.requestOverride.header.x and its like.
bool isOverride(const Reference& target)
{
    const auto& first = target.parts.front().name;
    return target.name == "context" && (first == "requestOverride" || first == "responseOverride");
}

}

Result<Value> ExpressionEval::evaluate(const Expression& expression)
{
    CORE_CHECK(m_budget.step());
    const auto nesting = m_budget.nest();
    CORE_CHECK(m_budget.checkNesting());
    switch (expression.kind) {
    case Kind::Literal:
        return expression.literal;
    case Kind::Interpolated:
        return interpolated(*expression.interpolated);
    case Kind::Reference:
        return resolved(*expression.reference);
    case Kind::Range:
        return range(expression);
    case Kind::List:
        return list(expression);
    case Kind::Map:
        return map(expression);
    case Kind::Not: {
        CORE_TRY(const bool holds, isTrue(expression.operands[0]));
        return Value(!holds);
    }
    case Kind::Or:
    case Kind::And:
        return logical(expression);
    default:
        break;
    }
    return binary(expression);
}

Result<bool> ExpressionEval::isTrue(const Expression& expression)
{
    switch (expression.kind) {
    case Kind::Literal:
        return expression.literal.kind() == Value::Kind::Boolean && expression.literal.boolean();
    case Kind::Interpolated:
    case Kind::Range:
    case Kind::List:
    case Kind::Map:
    case Kind::Add:
    case Kind::Subtract:
    case Kind::Multiply:
    case Kind::Divide:
    case Kind::Modulo:
        return false;
    default:
        break;
    }
    CORE_TRY(const auto value, evaluate(expression));
    return !value.isNull() && (value.kind() != Value::Kind::Boolean || value.boolean());
}

Result<Value> ExpressionEval::logical(const Expression& expression)
{
    CORE_TRY(const bool left, isTrue(expression.operands[0]));
    if (left == (expression.kind == Kind::Or))
        return Value(left);
    CORE_TRY(const bool right, isTrue(expression.operands[1]));
    return Value(right);
}

Result<Value> ExpressionEval::binary(const Expression& expression)
{
    CORE_TRY(const auto left, evaluate(expression.operands[0]));
    CORE_TRY(const auto right, evaluate(expression.operands[1]));
    switch (expression.kind) {
    case Kind::Equal:
        return Value(looselyEqual(left, right));
    case Kind::NotEqual:
        return Value(!looselyEqual(left, right));
    case Kind::Less:
    case Kind::LessEqual:
    case Kind::Greater:
    case Kind::GreaterEqual:
        return Value(compares(expression.kind, left, right));
    case Kind::Add:
        if (left.isText() || right.isText())
            return concatenated(expression, left, right);
        break;
    default:
        break;
    }
    return arithmetic(expression.kind, left, right);
}

Result<Value> ExpressionEval::concatenated(
    const Expression& expression, const Value& left, const Value& right)
{
    CORE_TRY(auto text, left.isNull() ? Result<std::string>(expression.operands[0].source) : textOf(left));
    CORE_TRY(
        const auto more, right.isNull() ? Result<std::string>(expression.operands[1].source) : textOf(right));
    if (text.size() + more.size() > kMaxText)
        return fail(tooLarge());
    m_heap.growByText(text.size() + more.size());
    return Value(std::move(text) + more);
}

Result<Value> ExpressionEval::interpolated(const Block& block)
{
    Writer writer(m_budget.limits().output);
    CORE_CHECK(m_render(block, writer));
    m_heap.growByText(writer.text().size());
    return Value(writer.take());
}

Result<Value> ExpressionEval::range(const Expression& expression)
{
    CORE_TRY(const auto first, evaluate(expression.operands[0]));
    CORE_TRY(const auto last, evaluate(expression.operands[1]));
    if (first.kind() != Value::Kind::Integer || last.kind() != Value::Kind::Integer)
        return Value();
    std::int64_t distance = 0;
    if (__builtin_sub_overflow(last.integer(), first.integer(), &distance) || distance > kMaxRange
        || distance < -kMaxRange)
        return fail(tooLarge());
    std::vector<Value> items;
    const std::int64_t direction = distance < 0 ? -1 : 1;
    for (std::int64_t i = 0; i != distance + direction; i += direction)
        items.emplace_back(first.integer() + i);
    return Value(m_heap.list(std::move(items)));
}

Result<Value> ExpressionEval::list(const Expression& expression)
{
    std::vector<Value> items;
    for (const auto& operand : expression.operands) {
        CORE_TRY(auto value, evaluate(operand));
        items.push_back(std::move(value));
    }
    return Value(m_heap.list(std::move(items)));
}

Result<Value> ExpressionEval::map(const Expression& expression)
{
    auto* made = m_heap.map();
    for (std::size_t i = 0; i + 1 < expression.operands.size(); i += 2) {
        CORE_TRY(const auto key, evaluate(expression.operands[i]));
        CORE_TRY(const auto keyText, textOf(key));
        CORE_TRY(auto value, evaluate(expression.operands[i + 1]));
        made->put(keyText, std::move(value));
        m_heap.grow(1);
        m_heap.growByText(keyText.size());
    }
    return Value(made);
}

Result<Value> ExpressionEval::resolved(const Reference& reference)
{
    CORE_TRY(auto value, find(reference));
    if (value && !value->isNull())
        return *std::move(value);
    return m_undefined == Undefined::EmptyText ? Value("") : Value();
}

Result<std::optional<Value>> ExpressionEval::find(const Reference& reference)
{
    CORE_CHECK(m_budget.step());
    const auto found = m_variables.find(reference.name);
    std::optional<Value> value;
    if (found != m_variables.end())
        value = found->second;
    for (const auto& part : reference.parts) {
        if (!value || value->isNull())
            return std::optional<Value>();
        CORE_TRY(value, follow(*value, part));
    }
    return value;
}

Result<std::optional<Value>> ExpressionEval::follow(const Value& from, const Reference::Part& part)
{
    if (part.kind == Reference::Part::Kind::Property)
        return property(m_heap, from, part.name);
    std::vector<Value> arguments;
    for (const auto& argument : part.arguments) {
        CORE_TRY(auto value, evaluate(argument));
        arguments.push_back(std::move(value));
    }
    if (part.kind == Reference::Part::Kind::Index)
        return element(m_heap, from, arguments.front());
    CORE_CHECK(m_budget.step());
    CORE_TRY(auto result, callMethod(m_heap, from, part.name, arguments));
    if (result && result->isText())
        m_heap.growByText(result->text().size());
    CORE_CHECK(m_budget.checkTime()); // a method may take as long as many steps
    return result;
}

Result<> ExpressionEval::set(const Reference& target, Value value)
{
    if (target.parts.empty()) {
        m_variables[target.name] = std::move(value);
        return {};
    }
    const auto found = m_variables.find(target.name);
    if (found == m_variables.end())
        return {};
    std::optional<Value> holder = found->second;
    for (std::size_t i = 0; i + 1 < target.parts.size(); ++i) {
        CORE_TRY(holder, follow(*holder, target.parts[i]));
        if (!holder || holder->isNull())
            return {};
    }
    if (isOverride(target))
        CORE_CHECK(overrideOnce(*holder, target.parts.back()));
    return assign(*holder, target.parts.back(), value);
}

// API Gateway's overrides are final: a template that sets one twice fails.
Result<> ExpressionEval::overrideOnce(const Value& holder, const Reference::Part& part)
{
    auto name = part.name;
    if (part.kind == Reference::Part::Kind::Index) {
        CORE_TRY(const auto index, evaluate(part.arguments.front()));
        CORE_TRY(name, textOf(index));
    }
    if (!m_overridden.emplace(holder.map(), name).second)
        return fail(ErrorKind::Invalid, "AlreadyOverridden", name + " may be overridden only once");
    return {};
}

Result<> ExpressionEval::assign(Value& holder, const Reference::Part& part, const Value& value)
{
    if (part.kind == Reference::Part::Kind::Property) {
        m_heap.grow(1);
        m_heap.growByText(part.name.size());
        CORE_CHECK(setElement(holder, Value(part.name), value));
    } else if (part.kind == Reference::Part::Kind::Index) {
        CORE_TRY(const auto index, evaluate(part.arguments.front()));
        m_heap.grow(1);
        m_heap.growByText(index.isText() ? index.text().size() : 0);
        CORE_CHECK(setElement(holder, index, value));
    }
    return {};
}

}
