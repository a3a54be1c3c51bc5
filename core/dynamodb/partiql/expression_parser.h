#pragma once

#include "core/dynamodb/partiql/syntax.h"

#include <vector>

namespace core::dynamodb::partiql {

// The tokens of one statement and the grammar of its expressions, which every clause shares. Owned by the
// statement's parser; one thread.
class ExpressionParser {
public:
    explicit ExpressionParser(std::vector<Token> tokens)
        : m_tokens(std::move(tokens))
    {
    }

    const Token& peek(std::size_t ahead = 0) const;
    const Token& next();
    bool peekKeyword(std::string_view word, std::size_t ahead = 0) const
    {
        return peek(ahead).isKeyword(word);
    }
    bool takeKeyword(std::string_view word);
    bool takeSymbol(std::string_view symbol);
    bool atName() const;

    Result<Expression> parseExpression(); // with AND and OR
    // Behind a name: ".b", "[0]", "['c']".
    Result<> parsePathTail(Path& path);
    std::size_t parameters() const { return m_parameters; }

private:
    Result<Expression> parseInfix(int weakest);
    Result<Expression> parseOperation(Expression left, int precedence);
    Result<Expression> parseNegated(Expression left);
    Result<Expression> parseIs(Expression left);
    Result<Expression> parseRight(int precedence);
    Result<Expression> parseBetween(Expression left);
    Result<Expression> parsePrefix();
    Result<Expression> parseTerm();
    Result<Expression> parseKeywordTerm();
    Result<Expression> parseSymbolTerm();
    Result<Expression> parseNameTerm();
    Result<Expression> parseCall(std::string name, const Position& at);
    Result<Expression> parseParentheses();
    Result<std::vector<Expression>> parseElements(std::string_view end);
    Result<Expression> parseTuple();
    Result<std::uint32_t> parseListIndex();
    int precedenceHere() const;

    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    std::size_t m_parameters = 0;
    int m_depth = 0;
    int m_operators = 0;
};

}
