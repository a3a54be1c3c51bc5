#include "core/dynamodb/partiql/lexer.h"

#include "core/dynamodb/partiql/statement_errors.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace core::dynamodb::partiql {

namespace {

constexpr auto kSymbols = std::to_array<std::string_view>({"<<", ">>", "<=", ">=", "<>", "!=", "||", "=", "<",
    ">", "+", "-", "*", "/", "%", "(", ")", "[", "]", "{", "}", ",", ".", ":", ";", "?"});

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool beginsName(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c == '@';
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

bool begins(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80; // a character of UTF-8
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return result;
}

// Whether exponent and scale of a number are 32-bit integers, as its reader at AWS wants them.
bool exponentFits(std::string_view number)
{
    const auto mark = number.find_first_of("eE");
    if (mark == std::string_view::npos)
        return true;
    auto digits = number.substr(mark + 1);
    if (digits.starts_with('+'))
        digits.remove_prefix(1);
    std::int64_t exponent = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    if (parsed.ec != std::errc{})
        return false;
    const auto point = number.find('.');
    const auto decimals = point == std::string_view::npos ? 0 : static_cast<std::int64_t>(mark - point - 1);
    const auto fits = [](std::int64_t value) { return value >= INT32_MIN && value <= INT32_MAX; };
    return fits(exponent) && fits(decimals - exponent);
}

class Lexer {
public:
    explicit Lexer(std::string_view statement)
        : m_statement(statement)
    {
    }

    Result<std::vector<Token>> run();

private:
    char at(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_statement.size() ? m_statement[m_at + ahead] : '\0';
    }
    bool skipSpace();
    bool take(Token& token);
    bool takeQuoted(Token& token, Token::Kind kind);
    bool takeNumber(Token& token);
    void takeName(Token& token);
    bool takeSymbol(Token& token);
    void advance(std::size_t bytes);

    std::string_view m_statement;
    std::size_t m_at = 0;
    int m_line = 1;
    int m_column = 1;
};

void Lexer::advance(std::size_t bytes)
{
    for (; bytes > 0 && m_at < m_statement.size(); --bytes, ++m_at) {
        if (m_statement[m_at] == '\n') {
            ++m_line;
            m_column = 1;
        } else if (begins(m_statement[m_at])) {
            ++m_column;
        }
    }
}

// False when a comment does not end.
bool Lexer::skipSpace()
{
    while (m_at < m_statement.size()) {
        if (isSpace(at())) {
            advance(1);
        } else if (at() == '-' && at(1) == '-') {
            advance(std::min(m_statement.find('\n', m_at), m_statement.size()) - m_at);
        } else if (at() == '/' && at(1) == '*') {
            const auto end = m_statement.find("*/", m_at + 2);
            if (end == std::string_view::npos)
                return false;
            advance(end + 2 - m_at);
        } else {
            break;
        }
    }
    return true;
}

bool Lexer::takeQuoted(Token& token, Token::Kind kind)
{
    const char quote = at();
    token.kind = kind;
    advance(1);
    while (m_at < m_statement.size()) {
        if (at() != quote) {
            token.text += at();
            advance(1);
        } else if (quote != '`' && at(1) == quote) {
            token.text += quote;
            advance(2);
        } else {
            advance(1);
            return true;
        }
    }
    return false;
}

bool Lexer::takeNumber(Token& token)
{
    token.kind = Token::Kind::Number;
    const auto start = m_at;
    const auto takeDigits = [this] {
        const auto before = m_at;
        while (isDigit(at()))
            advance(1);
        return m_at > before;
    };
    takeDigits();
    if (at() == '.') {
        advance(1);
        takeDigits();
    }
    if (at() == 'e' || at() == 'E') {
        advance(1);
        if (at() == '+' || at() == '-')
            advance(1);
        if (!takeDigits())
            return false;
    }
    token.text = m_statement.substr(start, m_at - start);
    return exponentFits(token.text);
}

void Lexer::takeName(Token& token)
{
    const auto start = m_at;
    while (beginsName(at()) || isDigit(at()))
        advance(1);
    token.text = m_statement.substr(start, m_at - start);
    auto lower = lowered(token.text);
    if (partiql::isKeyword(lower)) {
        token.kind = Token::Kind::Keyword;
        token.text = std::move(lower);
    } else {
        token.kind = Token::Kind::Name;
    }
}

bool Lexer::takeSymbol(Token& token)
{
    const auto rest = m_statement.substr(m_at);
    for (const auto symbol : kSymbols) {
        if (!rest.starts_with(symbol))
            continue;
        token.kind = Token::Kind::Symbol;
        token.text = symbol == "!=" ? "<>" : symbol;
        advance(symbol.size());
        return true;
    }
    return false;
}

bool Lexer::take(Token& token)
{
    const char c = at();
    if (c == '\'')
        return takeQuoted(token, Token::Kind::String);
    if (c == '"')
        return takeQuoted(token, Token::Kind::QuotedName);
    if (c == '`')
        return takeQuoted(token, Token::Kind::Ion);
    if (isDigit(c) || (c == '.' && isDigit(at(1))))
        return takeNumber(token);
    if (beginsName(c)) {
        takeName(token);
        return true;
    }
    return takeSymbol(token);
}

Result<std::vector<Token>> Lexer::run()
{
    std::vector<Token> tokens;
    while (true) {
        if (!skipSpace())
            return fail(errors::notWellFormed());
        Token token;
        token.at = {m_line, m_column, 0};
        if (m_at >= m_statement.size()) {
            tokens.push_back(std::move(token));
            return tokens;
        }
        const auto start = m_at;
        if (!take(token))
            return fail(errors::notWellFormed());
        token.written = m_statement.substr(start, m_at - start);
        token.at.length = static_cast<int>(std::count_if(token.written.begin(), token.written.end(), begins));
        tokens.push_back(std::move(token));
    }
}

}

std::string described(const Position& position)
{
    return std::to_string(position.line) + ":" + std::to_string(position.column) + ":"
        + std::to_string(position.length);
}

bool Token::is(Kind wanted, std::string_view wantedText) const
{
    return kind == wanted && text == wantedText;
}

Result<std::vector<Token>> tokensOf(std::string_view statement)
{
    return Lexer(statement).run();
}

}
