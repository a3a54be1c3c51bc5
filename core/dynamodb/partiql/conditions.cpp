#include "core/dynamodb/partiql/conditions.h"

#include "core/dynamodb/condition_check.h"
#include "core/dynamodb/partiql/statement_errors.h"

#include <algorithm>
#include <array>
#include <variant>

namespace core::dynamodb::partiql {

namespace {

using Kind = Expression::Kind;
using Operator = Condition::Kind;

constexpr auto kFunctions = std::to_array<std::string_view>(
    {"attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains"});

bool isFunction(std::string_view name)
{
    return std::find(kFunctions.begin(), kFunctions.end(), name) != kFunctions.end();
}

// Whether the expression is true or false of an item, rather than one of its values.
bool isCondition(const Expression& expression)
{
    switch (expression.kind) {
    case Kind::Comparison:
    case Kind::And:
    case Kind::Or:
    case Kind::Not:
    case Kind::Between:
    case Kind::In:
    case Kind::Is:
        return true;
    case Kind::Call:
        return isFunction(expression.text);
    default:
        return false;
    }
}

Condition make(Operator kind, std::vector<Operand> operands)
{
    return {kind, {}, std::move(operands)};
}

Condition joined(Operator kind, Condition left, Condition right)
{
    Condition condition{kind, {}, {}};
    for (auto* side : {&left, &right}) {
        if (side->kind == kind && side == &left)
            condition.children = std::move(side->children);
        else
            condition.children.push_back(std::move(*side));
    }
    return condition;
}

Condition negated(Condition inner)
{
    Condition condition{Operator::Not, {}, {}};
    condition.children.push_back(std::move(inner));
    return condition;
}

Condition never()
{
    return {Operator::Or, {}, {}};
}

Operand callOperand(std::string_view name, std::vector<Operand> arguments)
{
    Operand operand;
    operand.kind = Operand::Kind::Function;
    operand.name = name;
    operand.arguments = std::move(arguments);
    return operand;
}

std::optional<Operator> operatorOf(std::string_view symbol)
{
    for (const auto kind : {Operator::Equal, Operator::NotEqual, Operator::Less, Operator::LessOrEqual,
             Operator::Greater, Operator::GreaterOrEqual}) {
        if (symbolOf(kind) == symbol)
            return kind;
    }
    return std::nullopt;
}

// The types of IS that DynamoDB has, as attribute_type names them.
std::optional<std::string_view> typeOf(std::string_view name)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kTypes{
        {{"null", "NULL"}, {"boolean", "BOOL"}, {"bool", "BOOL"}, {"blob", "B"}, {"string", "S"},
            {"numeric", "N"}, {"struct", "M"}, {"tuple", "M"}, {"list", "L"}}};
    for (const auto& [own, type] : kTypes) {
        if (own == name)
            return type;
    }
    return std::nullopt;
}

Result<Condition> checked(Condition condition)
{
    constexpr std::string_view kWrongTypeName = "Invalid attribute type name found; type: ";
    auto mistake = operandMistake(condition);
    if (mistake.starts_with(kWrongTypeName)) // PartiQL lists the types in an order of its own
        mistake =
            mistake.substr(0, mistake.find(", valid")) + ", valid types: {N,BS,L,B,NULL,M,S,SS,NS,BOOL}";
    if (!mistake.empty())
        return fail(errors::invalid(std::move(mistake)));
    return condition;
}

class Translator {
public:
    explicit Translator(const Parameters& parameters)
        : m_parameters(parameters)
    {
    }

    Result<Condition> translate(const Expression& expression);

private:
    // One side of a comparison.
    using Side = std::variant<Operand, Condition>;

    Result<Condition> both(const Expression& expression);
    Result<Condition> negation(const Expression& expression);
    Result<Condition> comparison(const Expression& expression);
    Result<Condition> between(const Expression& expression);
    Result<Condition> in(const Expression& expression);
    Result<Condition> is(const Expression& expression);
    Result<Condition> call(const Expression& expression);
    Result<Operand> operand(const Expression& expression);
    Result<Side> side(const Expression& expression);
    static Condition equal(const Side& a, const Side& b);

    Result<> countTruthCompared();

    const Parameters& m_parameters;
    int m_truthsCompared = 0;
};

Result<Condition> Translator::translate(const Expression& expression)
{
    switch (expression.kind) {
    case Kind::And:
    case Kind::Or:
        return both(expression);
    case Kind::Not:
        return negation(expression);
    case Kind::Comparison:
        return comparison(expression);
    case Kind::Between:
        return between(expression);
    case Kind::In:
        return in(expression);
    case Kind::Is:
        return is(expression);
    case Kind::Call:
        return call(expression);
    case Kind::Arithmetic:
    case Kind::Like:
        return fail(errors::invalid("Unsupported operator in Condition Expression. Operator: "
            + (expression.kind == Kind::Like ? "LIKE" : expression.text)));
    default:
        return fail(errors::invalid("WHERE clause must contain an expression that resolves to a boolean"));
    }
}

Result<Condition> Translator::both(const Expression& expression)
{
    for (const auto& child : expression.children) {
        if (!isCondition(child) && child.kind != Kind::Call && child.kind != Kind::Like)
            return fail(errors::invalid("The arguments to AND/OR must be Expressions"));
    }
    CORE_TRY(auto left, translate(expression.children[0]));
    CORE_TRY(auto right, translate(expression.children[1]));
    return joined(
        expression.kind == Kind::And ? Operator::And : Operator::Or, std::move(left), std::move(right));
}

Result<Condition> Translator::negation(const Expression& expression)
{
    const auto& inner = expression.children.front();
    if (!isCondition(inner) && inner.kind != Kind::Call && inner.kind != Kind::Like)
        return fail(errors::invalid("The argument to NOT must be a Type or Expression"));
    CORE_TRY(auto condition, translate(inner));
    return negated(std::move(condition));
}

Result<Operand> Translator::operand(const Expression& expression)
{
    if (expression.isPath())
        return pathOperand(expression.path);
    if (isValue(expression)) {
        CORE_TRY(auto value, valueOf(expression, m_parameters));
        return valueOperand(std::move(value));
    }
    if (expression.kind == Kind::Missing)
        return fail(errors::invalid("MISSING must be compared using IS operator"));
    if (expression.kind == Kind::Negative) {
        return fail(errors::invalid("Incorrect number of operands for operator or function; operator or "
                                    "function: "
            + expression.text + ", number of operands: 1"));
    }
    if (expression.kind == Kind::Arithmetic)
        return fail(
            errors::invalid("Unsupported operator in Condition Expression. Operator: " + expression.text));
    if (expression.kind != Kind::Call || expression.text != "size")
        return fail(errors::unrecognizedFunction(expression.text, expression.at));
    std::vector<Operand> arguments;
    for (const auto& child : expression.children) {
        CORE_TRY(auto argument, operand(child));
        arguments.push_back(std::move(argument));
    }
    return callOperand("size", std::move(arguments));
}

Result<Translator::Side> Translator::side(const Expression& expression)
{
    if (isCondition(expression)) {
        CORE_TRY(auto condition, translate(expression));
        return Side(std::move(condition));
    }
    CORE_TRY(auto plain, operand(expression));
    return Side(std::move(plain));
}

// Each comparison of conditions writes its sides twice, so a chain of them doubles with every link.
Result<> Translator::countTruthCompared()
{
    constexpr int kMost = 10;
    return ++m_truthsCompared > kMost ? fail(errors::notWellFormed()) : Result<>();
}

// A condition compares with others as the BOOL it amounts to.
Condition Translator::equal(const Side& a, const Side& b)
{
    const auto* first = std::get_if<Condition>(&a);
    const auto* second = std::get_if<Condition>(&b);
    if (!first && !second)
        return make(Operator::Equal, {std::get<Operand>(a), std::get<Operand>(b)});
    if (!first)
        return equal(b, a);
    if (second) {
        return joined(Operator::Or, joined(Operator::And, *first, *second),
            joined(Operator::And, negated(*first), negated(*second)));
    }
    const auto& other = std::get<Operand>(b);
    if (other.isValue()) {
        if (other.value.type() != AttributeType::Bool)
            return never();
        return other.value.boolean() ? *first : negated(*first);
    }
    const auto is = [&other](bool value) {
        return make(Operator::Equal, {other, valueOperand(AttributeValue::boolean(value))});
    };
    return joined(Operator::Or, joined(Operator::And, *first, is(true)),
        joined(Operator::And, negated(*first), is(false)));
}

Result<Condition> Translator::comparison(const Expression& expression)
{
    const auto kind = operatorOf(expression.text).value_or(Operator::Equal);
    CORE_TRY(auto left, side(expression.children[0]));
    CORE_TRY(auto right, side(expression.children[1]));
    const bool plain = std::holds_alternative<Operand>(left) && std::holds_alternative<Operand>(right);
    if (plain) {
        return checked(make(kind, {std::get<Operand>(std::move(left)), std::get<Operand>(std::move(right))}));
    }
    CORE_CHECK(countTruthCompared());
    if (kind == Operator::Equal)
        return equal(left, right);
    if (kind == Operator::NotEqual)
        return negated(equal(left, right));
    return fail(errors::invalid("Incorrect operand type for operator or function; operator or function: "
        + expression.text + ", operand type: BOOL"));
}

Result<Condition> Translator::between(const Expression& expression)
{
    std::vector<Operand> operands;
    for (const auto& child : expression.children) {
        CORE_TRY(auto one, operand(child));
        operands.push_back(std::move(one));
    }
    return checked(make(Operator::Between, std::move(operands)));
}

Result<Condition> Translator::in(const Expression& expression)
{
    const auto& candidates = expression.children[1];
    const bool sequence = candidates.kind == Kind::List || candidates.kind == Kind::Bag;
    // "IN ('a')" is a string in parentheses.
    const bool single = isValue(candidates) && candidates.kind != Kind::Tuple
        && candidates.kind != Kind::Parameter && !sequence;
    if ((sequence && candidates.children.empty()) || (!sequence && !single)) {
        return fail(errors::invalid("IN operator must have a left hand argument of type Variable Reference "
                                    "and right hand argument of type Seq with at least one member"));
    }
    CORE_TRY(auto left, side(expression.children[0]));
    std::vector<Side> members;
    for (const auto& child : sequence ? candidates.children : std::vector<Expression>{candidates}) {
        CORE_TRY(auto member, side(child));
        members.push_back(std::move(member));
    }
    if (std::holds_alternative<Condition>(left)) {
        auto any = never();
        for (const auto& member : members) {
            CORE_CHECK(countTruthCompared());
            any = joined(Operator::Or, std::move(any), equal(left, member));
        }
        return any;
    }
    std::vector<Operand> operands;
    operands.push_back(std::get<Operand>(std::move(left)));
    for (auto& member : members) {
        if (!std::holds_alternative<Operand>(member))
            return fail(
                errors::invalid("WHERE clause must contain an expression that resolves to a boolean"));
        operands.push_back(std::get<Operand>(std::move(member)));
    }
    return checked(make(Operator::In, std::move(operands)));
}

Result<Condition> Translator::is(const Expression& expression)
{
    const auto& tested = expression.children.front();
    if (!tested.isPath()) {
        return fail(errors::invalid(
            "The left hand side argument to IS must be a Variable Reference, Literal, or Path"));
    }
    if (expression.text == "missing")
        return make(Operator::Function, {callOperand("attribute_not_exists", {pathOperand(tested.path)})});
    const auto type = typeOf(expression.text);
    if (!type) {
        return fail(errors::invalid("Unsupported data type for IS operator: " + expression.text
            + ". Supported data types are [MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, TUPLE, "
              "LIST]"));
    }
    return make(Operator::Function,
        {callOperand("attribute_type",
            {pathOperand(tested.path), valueOperand(AttributeValue::string(std::string(*type)))})});
}

Result<Condition> Translator::call(const Expression& expression)
{
    if (expression.text == "size") {
        return fail(errors::invalid(
            "The function is not allowed to be used this way in an expression; function: size"));
    }
    if (!isFunction(expression.text))
        return fail(errors::unrecognizedFunction(expression.text, expression.at));
    std::vector<Operand> arguments;
    for (const auto& child : expression.children) {
        CORE_TRY(auto argument, operand(child));
        arguments.push_back(std::move(argument));
    }
    return checked(make(Operator::Function, {callOperand(expression.text, std::move(arguments))}));
}

}

Result<Condition> conditionOf(const Expression& where, const Parameters& parameters)
{
    return Translator(parameters).translate(where);
}

}
