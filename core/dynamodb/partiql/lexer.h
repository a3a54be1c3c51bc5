#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

// The words of one PartiQL statement.
namespace core::dynamodb::partiql {

// Where a token stands: lines and columns count characters from 1. AWS shows it as "1:8:3".
struct Position {
    int line = 1;
    int column = 1;
    int length = 0;
};
std::string described(const Position& position);

struct Token {
    enum class Kind { Keyword, Name, QuotedName, String, Number, Symbol, Ion, End };
    Kind kind = Kind::End;
    std::string text; // keywords in lower case; names and strings without their quotes
    std::string_view written; // as in the statement
    Position at;

    bool is(Kind wanted, std::string_view text) const;
    bool isKeyword(std::string_view lowerCase) const { return is(Kind::Keyword, lowerCase); }
    bool isSymbol(std::string_view symbol) const { return is(Kind::Symbol, symbol); }
};

// Ends with a token of kind End. What cannot be a token of PartiQL is errors' notWellFormed() without a
// reason, as with AWS. `written` lives as long as the statement.
Result<std::vector<Token>> tokensOf(std::string_view statement);

// Whether PartiQL keeps that word for itself: it is no name unless in double quotes. In lower case.
bool isKeyword(std::string_view word);

}
