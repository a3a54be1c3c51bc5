#pragma once

#include "core/base/result.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace core::apigateway::vtl {

// Walks over a template's text; the parser's hands. What take…, since() and identifier() give lives as long
// as the text.
class Scanner {
public:
    explicit Scanner(std::string_view text)
        : m_text(text)
    {
    }

    static bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
    static bool isDigit(char c) { return c >= '0' && c <= '9'; }

    bool atEnd() const { return m_at >= m_text.size(); }
    char peek(std::size_t ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0';
    }
    bool startsWith(std::string_view text) const { return m_text.substr(m_at).starts_with(text); }
    bool startsWithWord(std::string_view word) const;
    std::size_t count(char c) const; // how often in a row from here
    std::size_t position() const { return m_at; }
    std::string_view since(std::size_t start) const { return m_text.substr(start, m_at - start); }
    int line() const;

    void rewind(std::size_t position) { m_at = position; }
    void skip(std::size_t characters) { m_at = std::min(m_at + characters, m_text.size()); }
    void skipAll() { m_at = m_text.size(); }
    void skipSpace();
    void skipLine(); // with its end
    void skipNewline(); // blanks and the end of the line, if that is all there is
    bool skipPast(std::string_view end, std::size_t from); // searches `from` characters on; false: not there
    bool accept(std::string_view text);
    bool acceptWord(std::string_view word);
    std::string_view take(std::size_t characters);
    std::string_view takeUntil(std::string_view stops);

    // At a '#': the name of "#name" or "#{name}", "" when there is none; how long it is with sign and braces.
    std::string_view directiveWord() const;
    std::size_t directiveLength() const;
    bool opensSet() const; // "#set" with its parenthesis
    bool opensArguments() const; // whether a '(' is next, after blanks
    std::string_view identifier(); // of a reference: letters, digits, '_' and '-'
    std::string_view word(); // of a directive: letters, digits and '_'
    std::string_view number();
    Result<std::string> quoted(char quote);

    Error error(const std::string& what) const;
    Error unexpected() const;

private:
    std::string_view m_text;
    std::size_t m_at = 0;
    mutable std::size_t m_countedTo = 0; // where line() last was
    mutable int m_line = 1; // there
};

}
