#include "core/dynamodb/condition_parser.h"

#include "core/dynamodb/errors.h"
#include "core/dynamodb/expression_lexer.h"

#include <array>
#include <variant>

namespace core::dynamodb {

namespace {

constexpr int kMaxOperators = 300;
constexpr std::size_t kMaxInOperands = 100;

// ---- Grammar
// -------------------------------------------------------------------------------------------------------

// In parentheses may stand an operand or a condition; which of them shows only behind the closing one.
struct Term {
    std::variant<Operand, Condition> content;
    bool wrapped = false; // stood in parentheses of its own
};

struct Parser {
    TokenStream& tokens;
    int operators = 0;

    Result<Condition> parseOr();
    Result<Term> parseOrTerm();
    Result<Term> parseAndTerm();
    Result<Term> parseNotTerm();
    Result<Term> parseComparison();
    Result<Term> parsePrimary();
    Result<Condition> asCondition(Term term);
    Result<Condition> parseBetween(Operand first);
    Result<Condition> parseIn(Operand first);
    Condition joined(Condition::Kind kind, Condition left, Condition right);
};

bool isKeyword(const TokenStream& tokens)
{
    for (const std::string_view word : {"AND", "OR", "NOT", "BETWEEN", "IN"}) {
        if (tokens.peekKeyword(word))
            return true;
    }
    return false;
}

Result<Operand> parseOperand(TokenStream& tokens);

Result<Operand> parsePlainOperand(TokenStream& tokens)
{
    if (tokens.peek().kind == Token::Kind::Value)
        return tokens.parseValue();
    if (isKeyword(tokens))
        return tokens.syntaxError();
    Operand operand;
    if (tokens.peek().kind == Token::Kind::Word && tokens.peekSymbol("(", 1)) {
        operand.kind = Operand::Kind::Function;
        operand.name = std::string(tokens.next().text);
        CORE_TRY(operand.arguments, tokens.parseArguments(parseOperand));
        return operand;
    }
    CORE_TRY(operand.path, tokens.parsePath());
    return operand;
}

Result<Operand> parseOperand(TokenStream& tokens)
{
    const NestingLevel level(tokens);
    CORE_CHECK(tokens.enter());
    if (!tokens.takeSymbol("("))
        return parsePlainOperand(tokens);
    if (tokens.peekSymbol("("))
        tokens.redundantParentheses = true;
    CORE_TRY(auto operand, parseOperand(tokens));
    CORE_CHECK(tokens.expectSymbol(")"));
    if (operand.isPath())
        CORE_CHECK(tokens.parsePathTail(operand.path));
    return operand;
}

std::optional<Condition::Kind> comparatorOf(const Token& token)
{
    using Kind = Condition::Kind;
    for (const auto kind :
        {Kind::Equal, Kind::NotEqual, Kind::Less, Kind::LessOrEqual, Kind::Greater, Kind::GreaterOrEqual}) {
        if (token.kind == Token::Kind::Symbol && token.text == symbolOf(kind))
            return kind;
    }
    return std::nullopt;
}

Result<Condition> Parser::asCondition(Term term)
{
    if (auto* condition = std::get_if<Condition>(&term.content))
        return std::move(*condition);
    auto& operand = std::get<Operand>(term.content);
    if (!operand.isFunction())
        return tokens.syntaxError();
    ++operators;
    Condition condition{Condition::Kind::Function, {}, {}};
    condition.operands.push_back(std::move(operand));
    return condition;
}

Condition Parser::joined(Condition::Kind kind, Condition left, Condition right)
{
    ++operators;
    if (left.kind == kind) {
        left.children.push_back(std::move(right));
        return left;
    }
    Condition condition{kind, {}, {}};
    condition.children.push_back(std::move(left));
    condition.children.push_back(std::move(right));
    return condition;
}

Result<Condition> Parser::parseOr()
{
    CORE_TRY(auto term, parseOrTerm());
    return asCondition(std::move(term));
}

Result<Term> Parser::parseOrTerm()
{
    CORE_TRY(auto left, parseAndTerm());
    while (tokens.peekKeyword("OR")) {
        CORE_TRY(auto first, asCondition(std::move(left)));
        tokens.next();
        CORE_TRY(auto term, parseAndTerm());
        CORE_TRY(auto second, asCondition(std::move(term)));
        left = Term{joined(Condition::Kind::Or, std::move(first), std::move(second))};
    }
    return left;
}

Result<Term> Parser::parseAndTerm()
{
    CORE_TRY(auto left, parseNotTerm());
    while (tokens.peekKeyword("AND")) {
        CORE_TRY(auto first, asCondition(std::move(left)));
        tokens.next();
        CORE_TRY(auto term, parseNotTerm());
        CORE_TRY(auto second, asCondition(std::move(term)));
        left = Term{joined(Condition::Kind::And, std::move(first), std::move(second))};
    }
    return left;
}

Result<Term> Parser::parseNotTerm()
{
    const NestingLevel level(tokens);
    CORE_CHECK(tokens.enter());
    if (!tokens.takeKeyword("NOT"))
        return parseComparison();
    CORE_TRY(auto term, parseNotTerm());
    CORE_TRY(auto child, asCondition(std::move(term)));
    ++operators;
    Condition condition{Condition::Kind::Not, {}, {}};
    condition.children.push_back(std::move(child));
    return Term{std::move(condition)};
}

Result<Term> Parser::parseComparison()
{
    CORE_TRY(auto term, parsePrimary());
    auto* left = std::get_if<Operand>(&term.content);
    if (!left)
        return term;
    if (const auto kind = comparatorOf(tokens.peek())) {
        tokens.next();
        ++operators;
        CORE_TRY(auto right, parseOperand(tokens));
        Condition condition{*kind, {}, {}};
        condition.operands.push_back(std::move(*left));
        condition.operands.push_back(std::move(right));
        return Term{std::move(condition)};
    }
    if (tokens.takeKeyword("BETWEEN")) {
        CORE_TRY(auto condition, parseBetween(std::move(*left)));
        return Term{std::move(condition)};
    }
    if (tokens.takeKeyword("IN")) {
        CORE_TRY(auto condition, parseIn(std::move(*left)));
        return Term{std::move(condition)};
    }
    return term;
}

Result<Term> Parser::parsePrimary()
{
    const NestingLevel level(tokens);
    CORE_CHECK(tokens.enter());
    if (!tokens.takeSymbol("(")) {
        CORE_TRY(auto operand, parsePlainOperand(tokens));
        return Term{std::move(operand)};
    }
    CORE_TRY(auto inner, parseOrTerm());
    CORE_CHECK(tokens.expectSymbol(")"));
    tokens.redundantParentheses = tokens.redundantParentheses || inner.wrapped;
    inner.wrapped = true;
    auto* operand = std::get_if<Operand>(&inner.content);
    if (operand && operand->isPath())
        CORE_CHECK(tokens.parsePathTail(operand->path));
    return inner;
}

Result<Condition> Parser::parseBetween(Operand first)
{
    ++operators;
    CORE_TRY(auto low, parseOperand(tokens));
    if (!tokens.takeKeyword("AND"))
        return tokens.syntaxError();
    CORE_TRY(auto high, parseOperand(tokens));
    Condition condition{Condition::Kind::Between, {}, {}};
    condition.operands.push_back(std::move(first));
    condition.operands.push_back(std::move(low));
    condition.operands.push_back(std::move(high));
    return condition;
}

Result<Condition> Parser::parseIn(Operand first)
{
    ++operators;
    CORE_TRY(auto candidates, tokens.parseArguments(parseOperand));
    Condition condition{Condition::Kind::In, {}, {}};
    condition.operands.push_back(std::move(first));
    for (auto& candidate : candidates)
        condition.operands.push_back(std::move(candidate));
    return condition;
}

// ---- Meaning
// -------------------------------------------------------------------------------------------------------

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

Result<Condition> parseText(std::string_view expression, Placeholders& placeholders)
{
    CORE_CHECK(checkExpressionText(expression));
    TokenStream tokens(expression);
    Parser parser{tokens};
    CORE_TRY(auto condition, parser.parseOr());
    if (!tokens.atEnd())
        return tokens.syntaxError();
    if (tokens.redundantParentheses)
        return fail(ErrorKind::Invalid, {}, "The expression has redundant parentheses;");
    if (parser.operators > kMaxOperators) {
        return fail(ErrorKind::Invalid, {},
            "The expression contains too many operators; operator count: "
                + std::to_string(parser.operators));
    }
    Checker checker{PathResolver{placeholders}};
    checker.check(condition);
    if (auto mistake = checker.first(); !mistake.empty())
        return fail(ErrorKind::Invalid, {}, std::move(mistake));
    return condition;
}

void findUses(const Operand& operand, std::string_view attribute, PathUse& use)
{
    for (const auto& argument : operand.arguments)
        findUses(argument, attribute, use);
    if (operand.isPath() && operand.path.front().name == attribute) {
        use.asHead = true;
        use.nested = use.nested || operand.path.size() > 1;
    }
}

void findUses(const Condition& condition, std::string_view attribute, PathUse& use)
{
    for (const auto& child : condition.children)
        findUses(child, attribute, use);
    for (const auto& operand : condition.operands)
        findUses(operand, attribute, use);
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

Result<Condition> parseCondition(
    std::string_view kind, std::string_view expression, Placeholders& placeholders)
{
    auto condition = parseText(expression, placeholders);
    if (!condition)
        return fail(errors::invalidExpression(kind, condition.error().message));
    return condition;
}

PathUse pathUse(const Condition& condition, std::string_view attribute)
{
    PathUse use;
    findUses(condition, attribute, use);
    return use;
}

}
