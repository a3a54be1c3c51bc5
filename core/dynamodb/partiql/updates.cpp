#include "core/dynamodb/partiql/updates.h"

#include "core/dynamodb/partiql/statement_errors.h"
#include "core/dynamodb/update_parser.h"

#include <algorithm>

namespace core::dynamodb::partiql {

namespace {

using Kind = Expression::Kind;

std::string upper(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
        [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

// The type an operand must have when it is known before the item is.
Result<> checkType(const Operand& operand, std::string_view function, AttributeType wanted)
{
    if (!operand.isValue() || operand.value.type() == wanted)
        return {};
    return fail(errors::invalid("Incorrect operand type for operator or function; operator or function: "
        + std::string(function) + ", operand type: " + std::string(typeName(operand.value.type()))));
}

Result<Operand> operandOf(const Expression& expression, const Parameters& parameters);

Result<Operand> callOf(
    const Expression& expression, std::string name, AttributeType wanted, const Parameters& parameters)
{
    Operand call;
    call.kind = Operand::Kind::Function;
    call.name = std::move(name);
    for (const auto& child : expression.children) {
        CORE_TRY(auto argument, operandOf(child, parameters));
        CORE_CHECK(checkType(argument, call.name, wanted));
        call.arguments.push_back(std::move(argument));
    }
    if (call.arguments.size() != 2) {
        return fail(errors::invalid("Incorrect number of operands for operator or function; operator or "
                                    "function: "
            + call.name + ", number of operands: " + std::to_string(call.arguments.size())));
    }
    return call;
}

Result<Operand> operandOf(const Expression& expression, const Parameters& parameters)
{
    if (expression.isPath()) {
        Operand operand;
        operand.path = expression.path;
        return operand;
    }
    if (isValue(expression)) {
        CORE_TRY(auto value, valueOf(expression, parameters));
        return valueOperand(std::move(value));
    }
    switch (expression.kind) {
    case Kind::Arithmetic:
    case Kind::Negative:
        if (expression.text != "+" && expression.text != "-") {
            return fail(
                errors::invalid("Unsupported operator in Update Expression. Operator: " + expression.text));
        }
        return callOf(expression, expression.text, AttributeType::N, parameters);
    case Kind::Call:
        if (expression.text == "list_append")
            return callOf(expression, "list_append", AttributeType::L, parameters);
        return fail(errors::unrecognizedFunction(expression.text, expression.at));
    case Kind::Is:
        return fail(errors::invalid("IS operator is not supported in update expressions"));
    case Kind::Missing:
        return fail(errors::invalidAt("Unsupported data type: LiteralMissing under key root", expression.at));
    default: {
        const auto shown = expression.text.empty() ? std::string("NOT") : expression.text;
        return fail(errors::invalid("Unsupported operator in Update Expression. Operator: " + upper(shown)));
    }
    }
}

// "a = set_add(a, <<…>>)" and "a = set_delete(a, <<…>>)".
Result<UpdateAction> setChange(const Assignment& assignment, const Parameters& parameters)
{
    const auto& call = assignment.value;
    const auto name = upper(call.text);
    if (call.children.size() != 2)
        return fail(errors::invalidAt(name + " must have exactly two arguments", call.at));
    const auto& first = call.children[0];
    if (!first.isPath() || first.path != assignment.path) {
        return fail(
            errors::invalidAt("The first argument to " + name + " must equal the assignment value", call.at));
    }
    const auto& second = call.children[1];
    std::optional<AttributeValue> members;
    if (isValue(second)) {
        CORE_TRY(auto value, valueOf(second, parameters));
        members = std::move(value);
    }
    // AWS shows the place of the first argument.
    if (!members || !members->isSet()) {
        return fail(
            errors::invalidAt("The second argument to " + name + " must be a value with type SET", first.at));
    }
    UpdateAction action;
    action.kind = call.text == "set_add" ? UpdateAction::Kind::Add : UpdateAction::Kind::Delete;
    action.path = assignment.path;
    action.value = valueOperand(std::move(*members));
    return action;
}

Result<UpdateAction> actionOf(const Assignment& assignment, const Parameters& parameters)
{
    UpdateAction action;
    action.path = assignment.path;
    if (assignment.removes) {
        action.kind = UpdateAction::Kind::Remove;
        return action;
    }
    const auto& value = assignment.value;
    if (value.kind == Kind::Call && (value.text == "set_add" || value.text == "set_delete"))
        return setChange(assignment, parameters);
    CORE_TRY(action.value, operandOf(value, parameters));
    return action;
}

}

Result<UpdateExpression> updateOf(const std::vector<Assignment>& assignments, const Parameters& parameters)
{
    UpdateExpression update;
    for (const auto& assignment : assignments) {
        CORE_TRY(auto action, actionOf(assignment, parameters));
        update.actions.push_back(std::move(action));
    }
    for (auto* mistakeOf : {overlapMistake, conflictMistake}) {
        for (std::size_t later = 1; later < update.actions.size(); ++later) {
            for (std::size_t earlier = 0; earlier < later; ++earlier) {
                auto mistake = mistakeOf(update.actions[earlier].path, update.actions[later].path);
                if (!mistake.empty())
                    return fail(errors::invalid("Invalid UpdateExpression: " + mistake));
            }
        }
    }
    return update;
}

}
