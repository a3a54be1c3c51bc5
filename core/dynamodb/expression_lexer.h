#pragma once

#include "core/base/result.h"
#include "core/dynamodb/expression.h"

#include <string>
#include <string_view>
#include <vector>

namespace core::dynamodb {

struct Token {
    enum class Kind { Word, Name, Value, Digits, Symbol, End };
    Kind kind = Kind::End;
    std::string_view text; // of the expression
};

// The tokens of one expression, and the parts of the grammar that all expressions share. Errors are details
// for errors::invalidExpression(): "Syntax error; token: …, near: …". Views live as long as the expression's
// text.
class TokenStream {
public:
    explicit TokenStream(std::string_view expression);

    const Token& peek(std::size_t ahead = 0) const;
    const Token& next();
    bool atEnd() const { return peek().kind == Token::Kind::End; }
    bool peekSymbol(std::string_view symbol, std::size_t ahead = 0) const;
    bool peekKeyword(std::string_view upperCaseWord) const;
    bool takeSymbol(std::string_view symbol);
    bool takeKeyword(std::string_view upperCaseWord);
    Result<> expectSymbol(std::string_view symbol);

    // The error that the token at hand does not belong here.
    tl::unexpected<Error> syntaxError() const;

    bool peekIdentifier() const;
    Result<Path> parsePath();
    Result<Operand> parseValue(); // a ":v"
    // Continues a path with its ".name" and "[0]" parts.
    Result<> parsePathTail(Path& path);
    // "size(a.b)" or "a.b".
    Result<Operand> parseFunctionOrPath(Result<Operand> (*parseOperand)(TokenStream&));
    // Operands of a function, from "(" to ")".
    Result<std::vector<Operand>> parseArguments(Result<Operand> (*parseOperand)(TokenStream&));

    bool redundantParentheses = false; // set by parsers, reported before other mistakes

    // Parsers enter() before they call themselves and leave() after: an expression that is nested deeper than
    // any within AWS's limits fails before the stack does.
    Result<> enter();
    void leave() { --m_depth; }

private:
    Result<PathElement> parseIndex();

    std::string_view m_expression;
    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    int m_depth = 0;
};

// Leaves a TokenStream's nesting level when it dies.
class NestingLevel {
public:
    explicit NestingLevel(TokenStream& tokens)
        : m_tokens(tokens)
    {
    }
    ~NestingLevel() { m_tokens.leave(); }
    NestingLevel(const NestingLevel&) = delete;
    NestingLevel& operator=(const NestingLevel&) = delete;

private:
    TokenStream& m_tokens;
};

// Checks that hold for every expression before it is read: not empty, at most 4 KB.
Result<> checkExpressionText(std::string_view expression);

}
