#include "core/apigateway/vtl/expression_parser.h"

#include "core/apigateway/vtl/parser.h"

#include <array>
#include <charconv>

namespace core::apigateway::vtl {

namespace {

struct Operator {
    std::string_view sign;
    std::string_view word;
    Expression::Kind kind;
    int level; // of precedence: what binds closest has the highest
};

constexpr int kUnary = 6; // the level above all operators

const Operator* acceptOperator(Scanner& scanner, int level)
{
    using Kind = Expression::Kind;
    static constexpr std::array<Operator, 13> kOperators{{{"||", "or", Kind::Or, 0},
        {"&&", "and", Kind::And, 1}, {"==", "eq", Kind::Equal, 2}, {"!=", "ne", Kind::NotEqual, 2},
        {"<=", "le", Kind::LessEqual, 3}, {">=", "ge", Kind::GreaterEqual, 3}, {"<", "lt", Kind::Less, 3},
        {">", "gt", Kind::Greater, 3}, {"+", "", Kind::Add, 4}, {"-", "", Kind::Subtract, 4},
        {"*", "", Kind::Multiply, 5}, {"/", "", Kind::Divide, 5}, {"%", "", Kind::Modulo, 5}}};
    scanner.skipSpace();
    // Velocity's lexer takes "3 -5" for two numbers.
    if (scanner.peek() == '-' && (Scanner::isDigit(scanner.peek(1))))
        return nullptr;
    for (const auto& candidate : kOperators) {
        if (candidate.level != level)
            continue;
        if (scanner.accept(candidate.sign) || (!candidate.word.empty() && scanner.acceptWord(candidate.word)))
            return &candidate;
    }
    return nullptr;
}

}

Result<Expression> ExpressionParser::expression()
{
    m_bounds.beginExpression();
    return binary(0);
}

Result<Expression> ExpressionParser::binary(int level)
{
    if (level == kUnary)
        return unary();
    CORE_TRY(auto left, binary(level + 1));
    while (const auto* found = acceptOperator(m_scanner, level)) {
        CORE_CHECK(m_bounds.addOperator(m_scanner));
        CORE_TRY(auto right, binary(level + 1));
        Expression combined{.kind = found->kind};
        combined.operands.push_back(std::move(left));
        combined.operands.push_back(std::move(right));
        left = std::move(combined);
    }
    return left;
}

Result<Expression> ExpressionParser::unary()
{
    const auto level = m_bounds.deeper();
    CORE_CHECK(m_bounds.checkDepth(m_scanner));
    m_scanner.skipSpace();
    if ((m_scanner.peek() == '!' && m_scanner.peek(1) != '=' && m_scanner.accept("!"))
        || m_scanner.acceptWord("not")) {
        CORE_TRY(auto operand, unary());
        Expression result{.kind = Expression::Kind::Not};
        result.operands.push_back(std::move(operand));
        return result;
    }
    if (m_scanner.accept("(")) {
        CORE_TRY(auto inner, binary(0));
        m_scanner.skipSpace();
        if (!m_scanner.accept(")"))
            return fail(m_scanner.unexpected());
        return inner;
    }
    return parameter();
}

Result<Expression> ExpressionParser::parameter()
{
    const auto level = m_bounds.deeper();
    CORE_CHECK(m_bounds.checkDepth(m_scanner));
    CORE_CHECK(m_bounds.checkTime());
    m_scanner.skipSpace();
    const auto start = m_scanner.position();
    CORE_TRY(auto result, bareParameter());
    result.source = std::string(m_scanner.since(start));
    m_scanner.skipSpace();
    return result;
}

Result<Expression> ExpressionParser::bareParameter()
{
    const char c = m_scanner.peek();
    if (c == '"' || c == '\'')
        return string(c);
    if (c == '$') {
        CORE_TRY(auto found, reference());
        return Expression{.kind = Expression::Kind::Reference,
            .reference = std::make_shared<const Reference>(std::move(found))};
    }
    if (c == '[')
        return listOrRange();
    if (c == '{')
        return map();
    if (m_scanner.acceptWord("true"))
        return Expression{.literal = Value(true)};
    if (m_scanner.acceptWord("false"))
        return Expression{.literal = Value(false)};
    return number();
}

Result<Expression> ExpressionParser::callArgument()
{
    if (beginsParameter())
        return parameter();
    const auto word = m_scanner.word();
    if (word.empty())
        return fail(m_scanner.unexpected());
    return Expression{.literal = Value(word)};
}

bool ExpressionParser::beginsParameter() const
{
    const char c = m_scanner.peek();
    return c == '"' || c == '\'' || c == '$' || c == '[' || c == '{' || Scanner::isDigit(c)
        || (c == '-' && Scanner::isDigit(m_scanner.peek(1))) || m_scanner.startsWithWord("true")
        || m_scanner.startsWithWord("false");
}

Result<Expression> ExpressionParser::number()
{
    const auto text = m_scanner.number();
    if (text.empty())
        return fail(m_scanner.unexpected());
    if (text.find_first_of(".eE") == text.npos) {
        std::int64_t integer = 0;
        const auto parsed = std::from_chars(text.data(), text.data() + text.size(), integer);
        if (parsed.ec == std::errc())
            return Expression{.literal = Value(integer)};
    }
    // from_chars knows no number that ends in its point ("5.").
    double value = 0;
    const auto digits = text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return Expression{.literal = Value(value)};
}

Result<Expression> ExpressionParser::string(char quote)
{
    CORE_TRY(auto content, m_scanner.quoted(quote));
    if (quote == '\'' || content.find_first_of("$#") == content.npos)
        return Expression{.literal = Value(std::move(content))};
    CORE_TRY(auto inner, parseInside(content, m_bounds));
    // Macros that a string defines are known to the whole template.
    for (auto& [name, macro] : inner.macros)
        m_macros.emplace(name, std::move(macro));
    return Expression{.kind = Expression::Kind::Interpolated,
        .interpolated = std::make_shared<const Block>(std::move(inner.block))};
}

Result<Expression> ExpressionParser::listOrRange()
{
    m_scanner.skip(1);
    Expression result{.kind = Expression::Kind::List};
    m_scanner.skipSpace();
    if (m_scanner.accept("]"))
        return result;
    while (true) {
        CORE_TRY(auto element, parameter());
        result.operands.push_back(std::move(element));
        if (result.operands.size() == 1 && m_scanner.accept("..")) {
            CORE_TRY(auto last, parameter());
            result.operands.push_back(std::move(last));
            result.kind = Expression::Kind::Range;
            break;
        }
        if (!m_scanner.accept(","))
            break;
    }
    if (!m_scanner.accept("]"))
        return fail(m_scanner.unexpected());
    return result;
}

Result<Expression> ExpressionParser::map()
{
    m_scanner.skip(1);
    Expression result{.kind = Expression::Kind::Map};
    m_scanner.skipSpace();
    if (m_scanner.accept("}"))
        return result;
    do {
        CORE_TRY(auto key, parameter());
        if (!m_scanner.accept(":"))
            return fail(m_scanner.unexpected());
        CORE_TRY(auto value, parameter());
        result.operands.push_back(std::move(key));
        result.operands.push_back(std::move(value));
    } while (m_scanner.accept(","));
    if (!m_scanner.accept("}"))
        return fail(m_scanner.unexpected());
    return result;
}

Result<Reference> ExpressionParser::reference()
{
    m_scanner.skipSpace();
    if (m_scanner.peek() != '$')
        return fail(m_scanner.unexpected());
    CORE_TRY(auto reference, tryReference());
    if (!reference)
        return fail(m_scanner.unexpected());
    return *std::move(reference);
}

Result<std::optional<Reference>> ExpressionParser::tryReference()
{
    const auto start = m_scanner.position();
    Reference reference;
    m_scanner.skip(1);
    reference.isQuiet = m_scanner.accept("!");
    const bool formal = m_scanner.accept("{");
    reference.name = std::string(m_scanner.identifier());
    // Velocity reads these two as the literals that they are elsewhere.
    if (reference.name.empty() || reference.name == "true" || reference.name == "false") {
        m_scanner.rewind(start);
        return std::optional<Reference>();
    }
    CORE_CHECK(parts(reference));
    if (formal && !m_scanner.accept("}"))
        return fail(m_scanner.unexpected());
    reference.source = std::string(m_scanner.since(start));
    return std::optional(std::move(reference));
}

Result<> ExpressionParser::parts(Reference& reference)
{
    const auto level = m_bounds.deeper();
    CORE_CHECK(m_bounds.checkDepth(m_scanner));
    while (true) {
        if (m_scanner.peek() == '[') {
            CORE_CHECK(indexPart(reference));
        } else if (m_scanner.peek() == '.' && Scanner::isLetter(m_scanner.peek(1))) {
            m_scanner.skip(1);
            Reference::Part part{.name = std::string(m_scanner.identifier())};
            if (m_scanner.peek() == '(')
                CORE_CHECK(methodPart(part));
            reference.parts.push_back(std::move(part));
        } else {
            return {};
        }
    }
}

Result<> ExpressionParser::indexPart(Reference& reference)
{
    m_scanner.skip(1);
    Reference::Part part{.kind = Reference::Part::Kind::Index};
    CORE_TRY(auto index, parameter());
    part.arguments.push_back(std::move(index));
    if (!m_scanner.accept("]"))
        return fail(m_scanner.unexpected());
    reference.parts.push_back(std::move(part));
    return {};
}

// "(…)" after a name. What does not begin like arguments is text: "$name(see below)".
Result<> ExpressionParser::methodPart(Reference::Part& part)
{
    const auto start = m_scanner.position();
    m_scanner.skip(1);
    m_scanner.skipSpace();
    if (m_scanner.accept(")")) {
        part.kind = Reference::Part::Kind::Method;
        return {};
    }
    if (!beginsParameter()) {
        m_scanner.rewind(start);
        return {};
    }
    part.kind = Reference::Part::Kind::Method;
    do {
        CORE_TRY(auto argument, parameter());
        part.arguments.push_back(std::move(argument));
    } while (m_scanner.accept(","));
    if (!m_scanner.accept(")"))
        return fail(m_scanner.unexpected());
    return {};
}

}
