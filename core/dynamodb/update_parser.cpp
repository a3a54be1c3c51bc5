#include "core/dynamodb/update_parser.h"

#include "core/dynamodb/errors.h"
#include "core/dynamodb/expression_lexer.h"

#include <algorithm>
#include <array>
#include <map>

namespace core::dynamodb {

namespace {

using Kind = UpdateAction::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 4> kSections{{
    {"SET", Kind::Set},
    {"REMOVE", Kind::Remove},
    {"ADD", Kind::Add},
    {"DELETE", Kind::Delete},
}};

// ---- Grammar
// -------------------------------------------------------------------------------------------------------

Result<Operand> parseOperand(TokenStream& tokens)
{
    const NestingLevel level(tokens);
    CORE_CHECK(tokens.enter());
    if (tokens.takeSymbol("(")) {
        CORE_TRY(auto operand, parseOperand(tokens));
        CORE_CHECK(tokens.expectSymbol(")"));
        return operand;
    }
    if (tokens.peek().kind == Token::Kind::Value)
        return tokens.parseValue();
    return tokens.parseFunctionOrPath(parseOperand);
}

Result<Operand> parseSetValue(TokenStream& tokens);

// "(a + :b)": what stands in parentheses may be a sum or an operand of one.
Result<Operand> parseSum(TokenStream& tokens, Operand left)
{
    if (!tokens.peekSymbol("+") && !tokens.peekSymbol("-"))
        return left;
    Operand sum;
    sum.kind = Operand::Kind::Function;
    sum.name = std::string(tokens.next().text);
    CORE_TRY(auto right, parseOperand(tokens));
    sum.arguments.push_back(std::move(left));
    sum.arguments.push_back(std::move(right));
    return sum;
}

Result<Operand> parseSetValue(TokenStream& tokens)
{
    const NestingLevel level(tokens);
    CORE_CHECK(tokens.enter());
    if (!tokens.takeSymbol("(")) {
        CORE_TRY(auto operand, parseOperand(tokens));
        return parseSum(tokens, std::move(operand));
    }
    CORE_TRY(auto inner, parseSetValue(tokens));
    CORE_CHECK(tokens.expectSymbol(")"));
    return parseSum(tokens, std::move(inner));
}

Result<UpdateAction> parseAction(TokenStream& tokens, Kind kind)
{
    UpdateAction action{kind, {}, {}};
    CORE_TRY(action.path, tokens.parsePath());
    if (kind == Kind::Set) {
        CORE_CHECK(tokens.expectSymbol("="));
        CORE_TRY(action.value, parseSetValue(tokens));
    } else if (kind != Kind::Remove) {
        CORE_TRY(action.value, tokens.parseValue());
    }
    return action;
}

std::optional<std::pair<std::string_view, Kind>> sectionAt(const TokenStream& tokens)
{
    for (const auto& section : kSections) {
        if (tokens.peekKeyword(section.first))
            return section;
    }
    return std::nullopt;
}

struct Parsed {
    UpdateExpression update;
    std::string repeatedSection;
};

Result<Parsed> parseSections(TokenStream& tokens)
{
    Parsed parsed;
    std::map<Kind, int> seen;
    do {
        const auto section = sectionAt(tokens);
        if (!section)
            return tokens.syntaxError();
        tokens.next();
        if (++seen[section->second] > 1 && parsed.repeatedSection.empty()) {
            parsed.repeatedSection = "The \"" + std::string(section->first)
                + "\" section can only be used once in an update expression;";
        }
        do {
            CORE_TRY(auto action, parseAction(tokens, section->second));
            parsed.update.actions.push_back(std::move(action));
        } while (tokens.takeSymbol(","));
    } while (!tokens.atEnd());
    return parsed;
}

// ---- Meaning
// -------------------------------------------------------------------------------------------------------

std::string wrongType(std::string_view function, AttributeType type)
{
    return "Incorrect operand type for operator or function; operator or function: " + std::string(function)
        + ", operand type: " + std::string(typeName(type));
}

// The long names of types stand in the errors of ADD and DELETE alone.
std::string_view longName(AttributeType type)
{
    switch (type) {
    case AttributeType::S:
        return "STRING";
    case AttributeType::N:
        return "NUMBER";
    case AttributeType::B:
        return "BINARY";
    case AttributeType::Bool:
        return "BOOLEAN";
    case AttributeType::Null:
        return "NULL";
    case AttributeType::L:
        return "LIST";
    case AttributeType::M:
        return "MAP";
    default:
        return typeName(type);
    }
}

struct Checker {
    PathResolver resolver;
    std::string unknownFunction{};
    std::string function{};
    std::string operand{};

    void resolve(Operand& value);
    void checkFunction(const Operand& call);
    void checkOperand(const UpdateAction& action);
};

void Checker::resolve(Operand& value)
{
    if (value.isPath()) {
        resolver.resolve(value.path);
    } else if (value.isValue()) {
        resolver.resolve(value);
    } else {
        for (auto& argument : value.arguments)
            resolve(argument);
        checkFunction(value);
    }
}

void Checker::checkFunction(const Operand& call)
{
    const bool sum = call.name == "+" || call.name == "-";
    if (!sum && call.name != "if_not_exists" && call.name != "list_append") {
        if (unknownFunction.empty())
            unknownFunction = "Invalid function name; function: " + call.name;
        return;
    }
    if (!function.empty())
        return;
    if (call.arguments.size() != 2) {
        function = "Incorrect number of operands for operator or function; operator or function: " + call.name
            + ", number of operands: " + std::to_string(call.arguments.size());
        return;
    }
    if (call.name == "if_not_exists") {
        if (!call.arguments.front().isPath())
            function = "Operator or function requires a document path; operator or function: " + call.name;
        return;
    }
    const auto wanted = sum ? AttributeType::N : AttributeType::L;
    for (const auto& argument : call.arguments) {
        if (argument.isValue() && argument.value.type() != wanted && function.empty())
            function = wrongType(call.name, argument.value.type());
    }
}

void Checker::checkOperand(const UpdateAction& action)
{
    if ((action.kind != Kind::Add && action.kind != Kind::Delete) || !operand.empty())
        return;
    const auto& value = action.value.value;
    if (value.isSet() || (action.kind == Kind::Add && value.type() == AttributeType::N))
        return;
    operand = "Incorrect operand type for operator or function; operator: "
        + std::string(action.kind == Kind::Add ? "ADD" : "DELETE")
        + ", operand type: " + std::string(longName(value.type()));
}

std::string pathsMistake(
    const std::vector<UpdateAction>& actions, std::string (*mistakeOf)(const Path&, const Path&))
{
    for (std::size_t later = 1; later < actions.size(); ++later) {
        for (std::size_t earlier = 0; earlier < later; ++earlier) {
            if (auto mistake = mistakeOf(actions[earlier].path, actions[later].path); !mistake.empty())
                return mistake;
        }
    }
    return {};
}

Result<UpdateExpression> parseText(std::string_view expression, Placeholders& placeholders)
{
    CORE_CHECK(checkExpressionText(expression));
    TokenStream tokens(expression);
    CORE_TRY(auto parsed, parseSections(tokens));
    auto& actions = parsed.update.actions;
    Checker checker{PathResolver{placeholders}};
    for (auto& action : actions) {
        checker.resolver.resolve(action.path);
        if (action.kind != Kind::Remove)
            checker.resolve(action.value);
        if (checker.resolver.undefined.empty())
            checker.checkOperand(action);
    }
    const auto& resolver = checker.resolver;
    for (const std::string* mistake : std::initializer_list<const std::string*>{
             &resolver.reserved, &checker.unknownFunction, &parsed.repeatedSection, &resolver.undefined}) {
        if (!mistake->empty())
            return fail(ErrorKind::Invalid, {}, *mistake);
    }
    for (auto mistake : {pathsMistake(actions, overlapMistake), pathsMistake(actions, conflictMistake),
             checker.operand, checker.function}) {
        if (!mistake.empty())
            return fail(ErrorKind::Invalid, {}, std::move(mistake));
    }
    return std::move(parsed.update);
}

enum class Relation { Apart, Overlap, Conflict };

Relation relationOf(const Path& one, const Path& two)
{
    const auto common = std::min(one.size(), two.size());
    for (std::size_t i = 0; i < common; ++i) {
        if (one[i].index.has_value() != two[i].index.has_value())
            return Relation::Conflict;
        if (!(one[i] == two[i]))
            return Relation::Apart;
    }
    return Relation::Overlap;
}

std::string bothPaths(const Path& one, const Path& two)
{
    return " with each other; must remove or rewrite one of these paths; path one: " + described(one)
        + ", path two: " + described(two);
}

}

Result<UpdateExpression> parseUpdate(std::string_view expression, Placeholders& placeholders)
{
    auto update = parseText(expression, placeholders);
    if (!update)
        return fail(errors::invalidExpression("UpdateExpression", update.error().message));
    return update;
}

std::string overlapMistake(const Path& one, const Path& two)
{
    return relationOf(one, two) == Relation::Overlap ? "Two document paths overlap" + bothPaths(one, two)
                                                     : "";
}

std::string conflictMistake(const Path& one, const Path& two)
{
    return relationOf(one, two) == Relation::Conflict ? "Two document paths conflict" + bothPaths(one, two)
                                                      : "";
}

}
