#include "core/dynamodb/condition_check.h"

#include <array>
#include <optional>

namespace core::dynamodb {

namespace {

constexpr std::size_t kMaxInOperands = 100;

struct Signature {
    std::string_view name;
    std::size_t operands;
};
constexpr std::array<Signature, 6> kFunctions{{
    {"attribute_exists", 1},
    {"attribute_not_exists", 1},
    {"attribute_type", 2},
    {"begins_with", 2},
    {"contains", 2},
    {"size", 1},
}};

const Signature* findFunction(std::string_view name)
{
    for (const auto& function : kFunctions) {
        if (function.name == name)
            return &function;
    }
    return nullptr;
}

std::string wrongType(std::string_view operation, std::string_view type)
{
    return "Incorrect operand type for operator or function; operator or function: " + std::string(operation)
        + ", operand type: " + std::string(type);
}

std::string shown(const AttributeValue& value)
{
    return "AttributeValue: " + described(value);
}

// The type an operand has whatever the item is.
std::optional<AttributeType> knownType(const Operand& operand)
{
    if (operand.isValue())
        return operand.value.type();
    if (operand.isFunction() && operand.name == "size")
        return AttributeType::N;
    return std::nullopt;
}

bool hasOrder(AttributeType type)
{
    return type == AttributeType::S || type == AttributeType::N || type == AttributeType::B;
}

// Finds the mistakes of one expression. AWS looks for one sort of mistake in the whole expression before the
// next, and within one comparison in an order of its own; the first of each sort is kept here.
struct Checker {
    PathResolver resolver;
    std::string unknownFunction{};
    std::string misusedFunction{};
    std::string comparison{};

    void check(Condition& condition);
    void checkLeaf(Condition& condition);
    void resolve(Operand& operand);
    void checkMisuse(const std::vector<Operand>& operands);
    std::string first() const;
};

void Checker::check(Condition& condition)
{
    using Kind = Condition::Kind;
    if (condition.kind != Kind::And && condition.kind != Kind::Or && condition.kind != Kind::Not) {
        checkLeaf(condition);
        return;
    }
    for (auto& child : condition.children)
        check(child);
}

void Checker::checkLeaf(Condition& condition)
{
    for (auto& operand : condition.operands)
        resolve(operand);
    if (condition.kind == Condition::Kind::Function) {
        if (condition.operands.front().name == "size" && misusedFunction.empty())
            misusedFunction =
                "The function is not allowed to be used this way in an expression; function: size";
    } else {
        checkMisuse(condition.operands);
    }
    if (!comparison.empty())
        return;
    comparison = resolver.undefined.empty() ? operandMistake(condition) : resolver.undefined;
}

void Checker::resolve(Operand& operand)
{
    if (operand.isPath())
        resolver.resolve(operand.path);
    else if (operand.isValue())
        resolver.resolve(operand);
    else {
        for (auto& argument : operand.arguments)
            resolve(argument);
        checkMisuse(operand.arguments);
        if (!findFunction(operand.name) && unknownFunction.empty())
            unknownFunction = "Invalid function name; function: " + operand.name;
    }
}

void Checker::checkMisuse(const std::vector<Operand>& operands)
{
    for (const auto& operand : operands) {
        if (operand.isFunction() && operand.name != "size" && misusedFunction.empty()) {
            misusedFunction =
                "The function is not allowed to be used this way in an expression; function: " + operand.name;
        }
    }
}

std::string sameOperands(std::string_view operation, const Operand& a, const Operand& b)
{
    if (!a.isPath() || !b.isPath() || a.path != b.path)
        return {};
    return "The first operand must be distinct from the remaining operands for this operator or function; "
           "operator: "
        + std::string(operation) + ", first operand: " + described(a.path);
}

std::string betweenMistake(const Operand& low, const Operand& high)
{
    if (!low.isValue() || !high.isValue())
        return {};
    const auto bounds =
        "lower bound operand: " + shown(low.value) + ", upper bound operand: " + shown(high.value);
    if (low.value.type() != high.value.type())
        return "The BETWEEN operator requires same data type for lower and upper bounds; " + bounds;
    const auto order = compare(low.value, high.value);
    if (order && *order > 0)
        return "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
            + bounds;
    return {};
}

std::string orderMistake(const Condition& condition)
{
    for (const auto& operand : condition.operands) {
        const auto type = knownType(operand);
        if (type && !hasOrder(*type))
            return wrongType(symbolOf(condition.kind), typeName(*type));
    }
    return {};
}

std::string functionMistake(const Operand& function)
{
    const auto* signature = findFunction(function.name);
    if (!signature)
        return {};
    const auto& arguments = function.arguments;
    if (arguments.size() != signature->operands) {
        return "Incorrect number of operands for operator or function; operator or function: " + function.name
            + ", number of operands: " + std::to_string(arguments.size());
    }
    if (arguments.size() == 2) {
        if (auto mistake = sameOperands(function.name, arguments[0], arguments[1]); !mistake.empty())
            return mistake;
    }
    if (function.name == "attribute_exists" || function.name == "attribute_not_exists") {
        if (!arguments[0].isPath())
            return "Operator or function requires a document path; operator or function: " + function.name;
    } else if (function.name == "begins_with") {
        for (const auto& argument : arguments) {
            const auto type = knownType(argument);
            if (type && *type != AttributeType::S && *type != AttributeType::B)
                return wrongType(function.name, typeName(*type));
        }
    } else if (function.name == "attribute_type") {
        const auto type = knownType(arguments[1]);
        if (type != AttributeType::S || !arguments[1].isValue())
            return wrongType(function.name, type ? typeName(*type) : "{NS,SS,L,BS,N,M,B,BOOL,NULL,S}");
        if (!typeNamed(arguments[1].value.text())) {
            return "Invalid attribute type name found; type: " + arguments[1].value.text()
                + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}";
        }
    } else if (function.name == "size") {
        const auto type = knownType(arguments[0]);
        if (type == AttributeType::N || type == AttributeType::Bool || type == AttributeType::Null)
            return wrongType(function.name, typeName(*type));
    }
    return {};
}

std::string Checker::first() const
{
    for (const auto* mistake : {&unknownFunction, &misusedFunction, &resolver.reserved, &comparison}) {
        if (!mistake->empty())
            return *mistake;
    }
    return {};
}

}

std::string operandMistake(const Condition& condition)
{
    using Kind = Condition::Kind;
    for (const auto& operand : condition.operands) {
        if (operand.isFunction()) {
            if (auto mistake = functionMistake(operand); !mistake.empty())
                return mistake;
        }
    }
    switch (condition.kind) {
    case Kind::Less:
    case Kind::LessOrEqual:
    case Kind::Greater:
    case Kind::GreaterOrEqual:
        if (auto mistake = orderMistake(condition); !mistake.empty())
            return mistake;
        [[fallthrough]];
    case Kind::Equal:
    case Kind::NotEqual:
        return sameOperands(symbolOf(condition.kind), condition.operands[0], condition.operands[1]);
    case Kind::Between:
        if (auto mistake = orderMistake(condition); !mistake.empty())
            return mistake;
        return betweenMistake(condition.operands[1], condition.operands[2]);
    case Kind::In:
        if (condition.operands.size() - 1 > kMaxInOperands) {
            return "The IN operator is provided with too many operands; number of operands: "
                + std::to_string(condition.operands.size() - 1);
        }
        return {};
    default:
        return {};
    }
}

std::string resolveAndCheck(Condition& condition, Placeholders& placeholders)
{
    Checker checker{PathResolver{placeholders}};
    checker.check(condition);
    return checker.first();
}

}
