#include "core/dynamodb/partiql/expression_parser.h"

#include "core/dynamodb/partiql/statement_errors.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace core::dynamodb::partiql {

namespace {

using Kind = Expression::Kind;

// Deeper than any expression within AWS's limits, and shallow enough for every thread's stack.
constexpr int kMaxDepth = 200;
constexpr int kMaxOperators = 300; // of a statement, as of an expression

constexpr int kNone = 0;
constexpr int kOr = 10;
constexpr int kAnd = 20;
constexpr int kNot = 30;
constexpr int kEquality = 40;
constexpr int kOrder = 50;
constexpr int kSum = 60;
constexpr int kProduct = 70;

// Keywords that may be called as functions.
constexpr auto kFunctionKeywords = std::to_array<std::string_view>(
    {"exists", "count", "avg", "max", "min", "sum", "substring", "char_length", "character_length",
        "octet_length", "bit_length", "upper", "lower", "size", "sexp", "list", "bag"});

constexpr auto kTypes = std::to_array<std::string_view>({"missing", "null", "boolean", "bool", "smallint",
    "integer2", "int2", "integer4", "int4", "integer8", "int8", "bigint", "int", "integer", "float", "real",
    "decimal", "dec", "numeric", "timestamp", "date", "time", "character", "char", "varchar", "string",
    "symbol", "clob", "blob", "struct", "tuple", "list", "sexp", "bag", "any"});

template <std::size_t Size>
bool contains(const std::array<std::string_view, Size>& words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

Expression make(Kind kind, const Token& token)
{
    Expression expression;
    expression.kind = kind;
    expression.at = token.at;
    expression.text = token.text;
    return expression;
}

Expression joined(Kind kind, Expression left, Expression right)
{
    Expression expression;
    expression.kind = kind;
    expression.at = left.at;
    expression.children.push_back(std::move(left));
    expression.children.push_back(std::move(right));
    return expression;
}

Expression negated(Expression inner)
{
    Expression expression;
    expression.kind = Kind::Not;
    expression.at = inner.at;
    expression.children.push_back(std::move(inner));
    return expression;
}

bool isOperator(const Token& token)
{
    for (const std::string_view word :
        {"is", "in", "and", "or", "like", "between", "union", "except", "intersect"}) {
        if (token.isKeyword(word))
            return true;
    }
    return false;
}

class Depth {
public:
    explicit Depth(int& depth)
        : m_depth(++depth)
    {
    }
    ~Depth() { --m_depth; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;

private:
    int& m_depth;
};

}

const Token& ExpressionParser::peek(std::size_t ahead) const
{
    return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)];
}

const Token& ExpressionParser::next()
{
    const auto& token = peek();
    if (m_at + 1 < m_tokens.size())
        ++m_at;
    return token;
}

bool ExpressionParser::takeKeyword(std::string_view word)
{
    if (!peekKeyword(word))
        return false;
    next();
    return true;
}

bool ExpressionParser::takeSymbol(std::string_view symbol)
{
    if (!peek().isSymbol(symbol))
        return false;
    next();
    return true;
}

bool ExpressionParser::atName() const
{
    return peek().kind == Token::Kind::Name || peek().kind == Token::Kind::QuotedName;
}

Result<Expression> ExpressionParser::parseExpression()
{
    return parseInfix(kNone);
}

// The binding of the operator at hand; kNone when there is none.
int ExpressionParser::precedenceHere() const
{
    const auto& token = peek();
    if (token.kind == Token::Kind::Symbol) {
        if (token.text == "=" || token.text == "<>")
            return kEquality;
        if (token.text == "<" || token.text == "<=" || token.text == ">" || token.text == ">=")
            return kOrder;
        if (token.text == "+" || token.text == "-" || token.text == "||")
            return kSum;
        return token.text == "*" || token.text == "/" || token.text == "%" ? kProduct : kNone;
    }
    if (token.isKeyword("or"))
        return kOr;
    if (token.isKeyword("and"))
        return kAnd;
    if (token.isKeyword("is") || token.isKeyword("in"))
        return kEquality;
    if (token.isKeyword("between") || token.isKeyword("like"))
        return kOrder;
    if (token.isKeyword("not") && (peekKeyword("in", 1)))
        return kEquality;
    return token.isKeyword("not") && (peekKeyword("between", 1) || peekKeyword("like", 1)) ? kOrder : kNone;
}

Result<Expression> ExpressionParser::parseInfix(int weakest)
{
    const Depth depth(m_depth);
    if (m_depth > kMaxDepth)
        return fail(errors::notWellFormed());
    CORE_TRY(auto left, parsePrefix());
    for (auto precedence = precedenceHere(); precedence > weakest; precedence = precedenceHere()) {
        // What stands to the left of an operator is a level deeper in the tree.
        if (++m_operators > kMaxOperators)
            return fail(errors::notWellFormed());
        CORE_TRY(auto whole, parseOperation(std::move(left), precedence));
        left = std::move(whole);
    }
    return left;
}

// What stands to the right of an operator.
Result<Expression> ExpressionParser::parseRight(int precedence)
{
    if (peek().kind == Token::Kind::End || peek().isSymbol(";"))
        return fail(errors::notWellFormed("Missing right-hand side expression of infix operator"));
    return parseInfix(precedence);
}

Result<Expression> ExpressionParser::parseOperation(Expression left, int precedence)
{
    if (takeKeyword("is"))
        return parseIs(std::move(left));
    if (takeKeyword("not"))
        return parseNegated(std::move(left));
    if (takeKeyword("between"))
        return parseBetween(std::move(left));
    const Token token = next();
    CORE_TRY(auto right, parseRight(precedence));
    Kind kind = Kind::Comparison;
    if (precedence == kOr)
        kind = Kind::Or;
    else if (precedence == kAnd)
        kind = Kind::And;
    else if (precedence >= kSum)
        kind = Kind::Arithmetic;
    else if (token.isKeyword("in"))
        kind = Kind::In;
    else if (token.isKeyword("like"))
        kind = Kind::Like;
    auto whole = joined(kind, std::move(left), std::move(right));
    whole.text = token.text;
    if (kind == Kind::Arithmetic || kind == Kind::Like)
        whole.at = token.at;
    return whole;
}

// "a NOT IN …", "a NOT BETWEEN …", "a NOT LIKE …": behind the NOT.
Result<Expression> ExpressionParser::parseNegated(Expression left)
{
    CORE_TRY(auto inner, parseOperation(std::move(left), peekKeyword("in") ? kEquality : kOrder));
    return negated(std::move(inner));
}

Result<Expression> ExpressionParser::parseBetween(Expression left)
{
    CORE_TRY(auto low, parseRight(kOrder));
    if (!takeKeyword("and"))
        return fail(errors::notWellFormed("Expected 'and' after BETWEEN"));
    CORE_TRY(auto high, parseRight(kOrder));
    auto whole = joined(Kind::Between, std::move(left), std::move(low));
    whole.children.push_back(std::move(high));
    return whole;
}

Result<Expression> ExpressionParser::parseIs(Expression left)
{
    const bool isNot = takeKeyword("not");
    const Token type = next();
    auto name = type.text;
    if (type.isKeyword("double") && takeKeyword("precision"))
        name = "double_precision";
    else if (type.isKeyword("character") && takeKeyword("varying"))
        name = "character_varying";
    else if (type.kind != Token::Kind::Keyword || !contains(kTypes, type.text))
        return fail(errors::notWellFormed("Expected type name"));
    Expression test;
    test.kind = Kind::Is;
    test.at = type.at;
    test.text = std::move(name);
    test.children.push_back(std::move(left));
    if (isNot)
        return negated(std::move(test));
    return test;
}

// Signs and NOT.
Result<Expression> ExpressionParser::parsePrefix()
{
    if (peekKeyword("not")) {
        next();
        CORE_TRY(auto inner, parseInfix(kNot - 1));
        return negated(std::move(inner));
    }
    if (!peek().isSymbol("-") && !peek().isSymbol("+"))
        return parseTerm();
    const Token sign = next();
    const Depth depth(m_depth);
    if (m_depth > kMaxDepth)
        return fail(errors::notWellFormed());
    CORE_TRY(auto inner, parsePrefix());
    if (inner.kind == Kind::Number) {
        if (sign.text == "-")
            inner.text = inner.text.starts_with('-') ? inner.text.substr(1) : "-" + inner.text;
        return inner;
    }
    auto whole = make(Kind::Negative, sign);
    whole.children.push_back(std::move(inner));
    return whole;
}

Result<Expression> ExpressionParser::parseTerm()
{
    const auto& token = peek();
    switch (token.kind) {
    case Token::Kind::End:
        return fail(errors::notWellFormed("Unexpected term"));
    case Token::Kind::String:
        return make(Kind::String, next());
    case Token::Kind::Number:
        return make(Kind::Number, next());
    case Token::Kind::Ion:
        return make(Kind::Ion, next());
    case Token::Kind::Keyword:
        return parseKeywordTerm();
    case Token::Kind::Symbol:
        return parseSymbolTerm();
    default:
        return parseNameTerm();
    }
}

Result<Expression> ExpressionParser::parseKeywordTerm()
{
    const Token token = peek();
    if (isOperator(token))
        return fail(errors::notWellFormed("Unexpected operator"));
    const bool literal =
        token.text == "true" || token.text == "false" || token.text == "null" || token.text == "missing";
    if (!literal && !(contains(kFunctionKeywords, token.text) && peek(1).isSymbol("(")))
        return fail(errors::notWellFormed("Unexpected keyword"));
    next();
    if (!literal)
        return parseCall(token.text, token.at);
    if (token.text == "null")
        return make(Kind::Null, token);
    if (token.text == "missing")
        return make(Kind::Missing, token);
    auto value = make(Kind::Boolean, token);
    value.boolean = token.text == "true";
    return value;
}

Result<Expression> ExpressionParser::parseSymbolTerm()
{
    const Token token = peek();
    if (token.isSymbol("?")) {
        auto parameter = make(Kind::Parameter, next());
        parameter.index = m_parameters++;
        return parameter;
    }
    if (token.isSymbol("("))
        return parseParentheses();
    if (token.isSymbol("{"))
        return parseTuple();
    const bool list = token.isSymbol("[");
    if (!list && !token.isSymbol("<<"))
        return fail(errors::notWellFormed("Unexpected term"));
    next();
    auto collection = make(list ? Kind::List : Kind::Bag, token);
    CORE_TRY(collection.children, parseElements(list ? "]" : ">>"));
    return collection;
}

Result<Expression> ExpressionParser::parseNameTerm()
{
    const Token token = next();
    if (token.kind == Token::Kind::Name && peek().isSymbol("(")) {
        auto lower = token.text;
        std::transform(lower.begin(), lower.end(), lower.begin(),
            [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
        return parseCall(std::move(lower), token.at);
    }
    auto expression = make(Kind::AtPath, token);
    expression.path.push_back({token.text, {}});
    CORE_CHECK(parsePathTail(expression.path));
    return expression;
}

Result<Expression> ExpressionParser::parseCall(std::string name, const Position& at)
{
    Expression call;
    call.kind = Kind::Call;
    call.at = at;
    call.text = std::move(name);
    next(); // (
    CORE_TRY(call.children, parseElements(")"));
    return call;
}

// "(a)" is a; "(a, b)" is a list, as behind IN.
Result<Expression> ExpressionParser::parseParentheses()
{
    const Token token = next();
    if (peek().kind == Token::Kind::End)
        return fail(errors::notWellFormed("Unexpected term"));
    CORE_TRY(auto elements, parseElements(")"));
    if (elements.size() == 1)
        return std::move(elements.front());
    auto list = make(Kind::List, token);
    list.children = std::move(elements);
    return list;
}

Result<std::vector<Expression>> ExpressionParser::parseElements(std::string_view end)
{
    std::vector<Expression> elements;
    if (takeSymbol(end))
        return elements;
    do {
        CORE_TRY(auto element, parseInfix(kNone));
        elements.push_back(std::move(element));
    } while (takeSymbol(","));
    if (!takeSymbol(end))
        return fail(errors::notWellFormed("Expected '" + std::string(end) + "'"));
    return elements;
}

Result<Expression> ExpressionParser::parseTuple()
{
    auto tuple = make(Kind::Tuple, next());
    if (takeSymbol("}"))
        return tuple;
    do {
        CORE_TRY(auto name, parseInfix(kNone));
        if (!takeSymbol(":"))
            return fail(errors::notWellFormed("Expected ':'"));
        CORE_TRY(auto value, parseInfix(kNone));
        tuple.children.push_back(std::move(name));
        tuple.children.push_back(std::move(value));
    } while (takeSymbol(","));
    if (!takeSymbol("}"))
        return fail(errors::notWellFormed("Expected '}'"));
    return tuple;
}

Result<> ExpressionParser::parsePathTail(Path& path)
{
    while (true) {
        if (takeSymbol(".")) {
            if (peek().isSymbol("*"))
                return fail(errors::invalid("Unpivot path component like a.*.b are not supported"));
            if (!atName())
                return fail(errors::notWellFormed("Invalid path dot component"));
            path.push_back({next().text, {}});
        } else if (peek().isSymbol("[")) {
            next();
            if (peek().isSymbol("*"))
                return fail(errors::invalid("Wildcard path component like a[*].b are not supported"));
            if (peek().kind == Token::Kind::String) {
                path.push_back({next().text, {}});
            } else {
                CORE_TRY(const auto index, parseListIndex());
                path.push_back({{}, index});
            }
            if (!takeSymbol("]"))
                return fail(errors::notWellFormed("Expected ']'"));
        } else {
            return {};
        }
    }
}

Result<std::uint32_t> ExpressionParser::parseListIndex()
{
    const bool negative = takeSymbol("-");
    const Token token = next();
    if (token.kind != Token::Kind::Number)
        return fail(errors::notWellFormed("Unexpected term"));
    std::int64_t index = 0;
    const auto* end = token.text.data() + token.text.size();
    const auto parsed = std::from_chars(token.text.data(), end, index);
    if (parsed.ec != std::errc{} || parsed.ptr != end || index > INT32_MAX || (negative && index != 0)) {
        return fail(errors::invalidAt("List index is not within the allowable range; index: ["
                + std::string(negative ? "-" : "") + token.text + "]",
            token.at));
    }
    return static_cast<std::uint32_t>(index);
}

std::string_view textOf(Returning returning)
{
    switch (returning) {
    case Returning::AllOld:
        return "ALL OLD";
    case Returning::AllNew:
        return "ALL NEW";
    case Returning::ModifiedOld:
        return "MODIFIED OLD";
    case Returning::ModifiedNew:
        return "MODIFIED NEW";
    case Returning::Nothing:
        break;
    }
    return "";
}

std::string textOf(const Path& path)
{
    std::string text;
    for (const auto& element : path) {
        if (element.index)
            text += "[" + std::to_string(*element.index) + "]";
        else
            text += (text.empty() ? "" : ".") + element.name;
    }
    return text;
}

}
