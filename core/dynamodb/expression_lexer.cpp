#include "core/dynamodb/expression_lexer.h"

#include "core/base/text.h"
#include "core/dynamodb/errors.h"

#include <algorithm>

namespace core::dynamodb {

namespace {

constexpr std::size_t kMaxExpressionBytes = 4096;
constexpr std::size_t kMaxPathElements = 32;
// Each level that says something needs one of the 300 operators.
constexpr int kMaxNesting = 310;

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isWordPart(char c)
{
    return isLetter(c) || isDigit(c) || c == '_';
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

template <typename Predicate> std::size_t lengthOf(std::string_view text, Predicate matches)
{
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), matches) - text.begin());
}

// Bytes of one UTF-8 character, so that a token never splits one.
std::size_t characterLength(std::string_view text)
{
    return 1
        + lengthOf(text.substr(1), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; });
}

Token nextToken(std::string_view rest)
{
    const char first = rest.front();
    if (isLetter(first))
        return {Token::Kind::Word, rest.substr(0, lengthOf(rest, isWordPart))};
    if (isDigit(first))
        return {Token::Kind::Digits, rest.substr(0, lengthOf(rest, isDigit))};
    if ((first == '#' || first == ':') && rest.size() > 1 && isWordPart(rest[1])) {
        const auto length = 1 + lengthOf(rest.substr(1), isWordPart);
        return {first == '#' ? Token::Kind::Name : Token::Kind::Value, rest.substr(0, length)};
    }
    for (const std::string_view symbol : {"<>", "<=", ">="}) {
        if (rest.starts_with(symbol))
            return {Token::Kind::Symbol, rest.substr(0, symbol.size())};
    }
    return {Token::Kind::Symbol, rest.substr(0, characterLength(rest))};
}

}

Result<> checkExpressionText(std::string_view expression)
{
    if (expression.empty())
        return fail(ErrorKind::Invalid, {}, "The expression can not be empty;");
    if (expression.size() > kMaxExpressionBytes) {
        return fail(ErrorKind::Invalid, {},
            "Expression size has exceeded the maximum allowed size; expression size: "
                + std::to_string(expression.size()));
    }
    return {};
}

TokenStream::TokenStream(std::string_view expression)
    : m_expression(expression)
{
    auto rest = expression;
    for (;;) {
        rest.remove_prefix(lengthOf(rest, isSpace));
        if (rest.empty())
            break;
        m_tokens.push_back(nextToken(rest));
        rest.remove_prefix(m_tokens.back().text.size());
    }
    m_tokens.push_back({Token::Kind::End, expression.substr(expression.size())});
}

const Token& TokenStream::peek(std::size_t ahead) const
{
    return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)];
}

const Token& TokenStream::next()
{
    const auto& token = peek();
    if (m_at + 1 < m_tokens.size())
        ++m_at;
    return token;
}

bool TokenStream::peekSymbol(std::string_view symbol, std::size_t ahead) const
{
    return peek(ahead).kind == Token::Kind::Symbol && peek(ahead).text == symbol;
}

bool TokenStream::peekKeyword(std::string_view upperCaseWord) const
{
    return peek().kind == Token::Kind::Word && equalsIgnoreCase(peek().text, upperCaseWord);
}

bool TokenStream::takeSymbol(std::string_view symbol)
{
    const bool there = peekSymbol(symbol);
    if (there)
        next();
    return there;
}

bool TokenStream::takeKeyword(std::string_view upperCaseWord)
{
    const bool there = peekKeyword(upperCaseWord);
    if (there)
        next();
    return there;
}

Result<> TokenStream::expectSymbol(std::string_view symbol)
{
    if (!takeSymbol(symbol))
        return syntaxError();
    return {};
}

Result<> TokenStream::enter()
{
    if (++m_depth <= kMaxNesting)
        return {};
    if (m_at > 0 && peekSymbol("(") && m_tokens[m_at - 1].text == "(")
        return fail(ErrorKind::Invalid, {}, "The expression has redundant parentheses;");
    return fail(ErrorKind::Invalid, {},
        "The expression contains too many operators; operator count: " + std::to_string(m_depth));
}

tl::unexpected<Error> TokenStream::syntaxError() const
{
    const auto& token = m_tokens[m_at];
    const auto& first = m_tokens[m_at > 0 ? m_at - 1 : 0];
    const auto& last = m_tokens[std::min(m_at + 1, m_tokens.size() - 1)];
    const auto* start = first.text.data();
    const auto* end = last.text.data() + last.text.size();
    // The end mark is no text: what stands before it is shown without the spaces behind.
    const auto near = trimmed(std::string_view(start, static_cast<std::size_t>(end - start)));
    const auto shown = token.kind == Token::Kind::End ? std::string_view("<EOF>") : token.text;
    return fail(ErrorKind::Invalid, {},
        "Syntax error; token: \"" + std::string(shown) + "\", near: \"" + std::string(near) + "\"");
}

bool TokenStream::peekIdentifier() const
{
    return peek().kind == Token::Kind::Word || peek().kind == Token::Kind::Name;
}

Result<Path> TokenStream::parsePath()
{
    if (!peekIdentifier())
        return syntaxError();
    Path path{{std::string(next().text), std::nullopt}};
    CORE_CHECK(parsePathTail(path));
    return path;
}

Result<> TokenStream::parsePathTail(Path& path)
{
    for (;;) {
        if (takeSymbol(".")) {
            if (!peekIdentifier())
                return syntaxError();
            path.push_back({std::string(next().text), std::nullopt});
        } else if (takeSymbol("[")) {
            CORE_TRY(auto element, parseIndex());
            path.push_back(std::move(element));
        } else {
            break;
        }
    }
    if (path.size() > kMaxPathElements) {
        return fail(ErrorKind::Invalid, {},
            "The document path has too many nesting elements; nesting levels: "
                + std::to_string(path.size()));
    }
    return {};
}

Result<PathElement> TokenStream::parseIndex()
{
    const auto digits = peek();
    if (digits.kind != Token::Kind::Digits)
        return syntaxError();
    next();
    const auto index = parseInteger(digits.text);
    if (!index || *index > INT32_MAX) {
        return fail(ErrorKind::Invalid, {},
            "List index is not within the allowable range; index: [" + std::string(digits.text) + "]");
    }
    CORE_CHECK(expectSymbol("]"));
    return PathElement{{}, static_cast<std::uint32_t>(*index)};
}

Result<Operand> TokenStream::parseValue()
{
    if (peek().kind != Token::Kind::Value)
        return syntaxError();
    Operand operand;
    operand.kind = Operand::Kind::Value;
    operand.name = std::string(next().text);
    return operand;
}

Result<Operand> TokenStream::parseFunctionOrPath(Result<Operand> (*parseOperand)(TokenStream&))
{
    Operand operand;
    if (peek().kind == Token::Kind::Word && peekSymbol("(", 1)) {
        operand.kind = Operand::Kind::Function;
        operand.name = std::string(next().text);
        CORE_TRY(operand.arguments, parseArguments(parseOperand));
        return operand;
    }
    CORE_TRY(operand.path, parsePath());
    return operand;
}

Result<std::vector<Operand>> TokenStream::parseArguments(Result<Operand> (*parseOperand)(TokenStream&))
{
    CORE_CHECK(expectSymbol("("));
    std::vector<Operand> arguments;
    do {
        CORE_TRY(auto argument, parseOperand(*this));
        arguments.push_back(std::move(argument));
    } while (takeSymbol(","));
    CORE_CHECK(expectSymbol(")"));
    return arguments;
}

}
