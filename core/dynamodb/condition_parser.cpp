#include "core/dynamodb/condition_parser.h"

#include "core/dynamodb/condition_check.h"
#include "core/dynamodb/errors.h"
#include "core/dynamodb/expression_lexer.h"

#include <optional>
#include <variant>

namespace core::dynamodb {

namespace {

constexpr int kMaxOperators = 300;

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
    return tokens.parseFunctionOrPath(parseOperand);
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
    if (auto mistake = resolveAndCheck(condition, placeholders); !mistake.empty())
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
