#include "core/apigateway/vtl/scanner.h"

#include <algorithm>

namespace core::apigateway::vtl {

namespace {

bool isWordStart(char c)
{
    return Scanner::isLetter(c) || c == '_' || c == '@';
}

bool isWordPart(char c)
{
    return isWordStart(c) || Scanner::isDigit(c);
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Four hexadecimal digits as UTF-8; halves of pairs stand for themselves.
void appendCode(std::string& into, unsigned code)
{
    if (code < 0x80) {
        into += static_cast<char>(code);
    } else if (code < 0x800) {
        into += static_cast<char>(0xC0 | (code >> 6));
        into += static_cast<char>(0x80 | (code & 0x3F));
    } else {
        into += static_cast<char>(0xE0 | (code >> 12));
        into += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
        into += static_cast<char>(0x80 | (code & 0x3F));
    }
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}

bool Scanner::startsWithWord(std::string_view word) const
{
    return startsWith(word) && !isWordPart(peek(word.size()));
}

std::size_t Scanner::count(char c) const
{
    std::size_t result = 0;
    while (peek(result) == c && m_at + result < m_text.size())
        ++result;
    return result;
}

// Counts on, or back, from where it was asked last: once over the text in all.
int Scanner::line() const
{
    const auto [from, to] = std::minmax(m_countedTo, m_at);
    const auto between = m_text.substr(from, to - from);
    const auto lines = static_cast<int>(std::count(between.begin(), between.end(), '\n'));
    m_line += m_at < m_countedTo ? -lines : lines;
    m_countedTo = m_at;
    return m_line;
}

void Scanner::skipSpace()
{
    while (!atEnd() && isSpace(peek()))
        ++m_at;
}

void Scanner::skipLine()
{
    while (!atEnd() && peek() != '\n' && peek() != '\r')
        ++m_at;
    if (!accept("\r\n") && !accept("\n"))
        accept("\r");
}

void Scanner::skipNewline()
{
    const auto start = m_at;
    while (peek() == ' ' || peek() == '\t')
        ++m_at;
    if (!accept("\r\n") && !accept("\n") && !accept("\r"))
        m_at = start;
}

bool Scanner::skipPast(std::string_view end, std::size_t from)
{
    const auto found = m_text.find(end, m_at + from);
    if (found == m_text.npos)
        return false;
    m_at = found + end.size();
    return true;
}

bool Scanner::accept(std::string_view text)
{
    if (!startsWith(text))
        return false;
    m_at += text.size();
    return true;
}

bool Scanner::acceptWord(std::string_view word)
{
    return startsWithWord(word) && accept(word);
}

std::string_view Scanner::take(std::size_t characters)
{
    const auto start = m_at;
    skip(characters);
    return since(start);
}

std::string_view Scanner::takeUntil(std::string_view stops)
{
    const auto start = m_at;
    m_at = std::min(m_text.find_first_of(stops, m_at), m_text.size());
    return since(start);
}

std::string_view Scanner::directiveWord() const
{
    const bool bracketed = peek(1) == '{';
    const std::size_t start = bracketed ? 2 : 1;
    if (peek() != '#' || !isWordStart(peek(start)))
        return {};
    std::size_t end = start;
    while (isWordPart(peek(end)))
        ++end;
    if (bracketed && peek(end) != '}')
        return {};
    return m_text.substr(m_at + start, end - start);
}

std::size_t Scanner::directiveLength() const
{
    return directiveWord().size() + (peek(1) == '{' ? 3 : 1);
}

bool Scanner::opensSet() const
{
    auto ahead = directiveLength();
    while (peek(ahead) == ' ')
        ++ahead;
    return peek(ahead) == '(';
}

bool Scanner::opensArguments() const
{
    std::size_t ahead = 0;
    while (peek(ahead) == ' ' || peek(ahead) == '\t')
        ++ahead;
    return peek(ahead) == '(';
}

std::string_view Scanner::identifier()
{
    const auto start = m_at;
    if (!isLetter(peek()) && peek() != '_')
        return {};
    while (isLetter(peek()) || isDigit(peek()) || peek() == '_' || peek() == '-')
        ++m_at;
    return since(start);
}

std::string_view Scanner::word()
{
    const auto start = m_at;
    if (!isWordStart(peek()))
        return {};
    while (isWordPart(peek()))
        ++m_at;
    return since(start);
}

std::string_view Scanner::number()
{
    const auto start = m_at;
    const auto digits = [&] {
        const auto before = m_at;
        while (isDigit(peek()))
            ++m_at;
        return m_at > before;
    };
    accept("-");
    const bool whole = digits();
    bool fraction = false;
    // Two points make a range of the number before them.
    if (peek() == '.' && peek(1) != '.') {
        ++m_at;
        fraction = digits();
    }
    if (!whole && !fraction) {
        m_at = start;
        return {};
    }
    if (peek() == 'e' || peek() == 'E') {
        const auto mark = m_at++;
        if (!accept("+"))
            accept("-");
        if (!digits())
            m_at = mark;
    }
    return since(start);
}

// A doubled quote stands for one. Of the backslash's escapes Velocity knows \uXXXX alone, between double
// quotes.
Result<std::string> Scanner::quoted(char quote)
{
    std::string content;
    ++m_at;
    while (!atEnd()) {
        const char c = peek();
        if (c == quote && peek(1) != quote) {
            ++m_at;
            return content;
        }
        if (c == quote)
            ++m_at;
        if (c == '\\' && quote == '"' && peek(1) == 'u') {
            int code = 0;
            for (std::size_t i = 2; i < 6 && code >= 0; ++i)
                code = hexDigit(peek(i)) < 0 ? -1 : code * 16 + hexDigit(peek(i));
            if (code >= 0) {
                appendCode(content, static_cast<unsigned>(code));
                m_at += 6;
                continue;
            }
        }
        content += c;
        ++m_at;
    }
    return fail(error("Encountered \"<EOF>\" in a string"));
}

Error Scanner::error(const std::string& what) const
{
    const auto lineStart = m_text.substr(0, m_at).rfind('\n');
    const auto column = m_at - (lineStart == m_text.npos ? 0 : lineStart + 1) + 1;
    return {ErrorKind::Invalid, "TemplateSyntax",
        what + " at [line " + std::to_string(line()) + ", column " + std::to_string(column) + "]"};
}

Error Scanner::unexpected() const
{
    if (atEnd())
        return error("Encountered \"<EOF>\"");
    std::size_t end = 1;
    while (isWordPart(peek()) && isWordPart(peek(end)) && end < 24)
        ++end;
    return error("Encountered \"" + std::string(m_text.substr(m_at, end)) + "\"");
}

}
