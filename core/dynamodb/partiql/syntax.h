#pragma once

#include "core/dynamodb/expression.h"
#include "core/dynamodb/partiql/lexer.h"

#include <optional>
#include <string>
#include <vector>

// A PartiQL statement as it is written: a plain tree that knows no table. The parser makes it; conditions,
// updates and values are translated from it.
namespace core::dynamodb::partiql {

struct Expression {
    enum class Kind {
        String,
        Number, // `text` with its sign
        Boolean,
        Null,
        Missing,
        Ion,
        Parameter, // `index`
        AtPath,
        Call, // `text`: the name in lower case
        Negative, // of what is no number
        Arithmetic, // `text`: the operator
        Comparison, // `text`: the operator
        And,
        Or,
        Not,
        Between,
        In,
        Is, // `text`: the type in lower case
        Like,
        List,
        Bag,
        Tuple // names and values in turn
    };
    Kind kind = Kind::Null;
    Position at;
    std::string text;
    bool boolean = false;
    std::size_t index = 0;
    Path path;
    std::vector<Expression> children;

    bool isPath() const { return kind == Kind::AtPath; }
};

struct OrderTerm {
    std::string attribute;
    bool descending = false;
};

struct Assignment {
    bool removes = false;
    Path path;
    Expression value; // unless it removes
};

enum class Returning { Nothing, AllOld, AllNew, ModifiedOld, ModifiedNew };
std::string_view textOf(Returning returning); // "ALL OLD"

struct Statement {
    enum class Kind { Select, Insert, Update, Delete, Exists };
    Kind kind = Kind::Select;
    std::string table;
    std::string index; // "" for the table itself
    std::vector<Path> columns; // Select, Exists; empty for all
    std::optional<Expression> where;
    std::vector<OrderTerm> order;
    Expression item; // Insert
    std::vector<Assignment> assignments; // Update
    Returning returning = Returning::Nothing;
    std::size_t parameters = 0; // how many "?" it has

    bool reads() const { return kind == Kind::Select; }
};

// "a.b[0]".
std::string textOf(const Path& path);

}
