#pragma once

#include "core/dynamodb/attribute_value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// What expressions are made of once they are parsed: plain trees. Parsers make them with placeholders in
// them, Placeholders::resolve… fill those in, evaluators read them.
namespace core::dynamodb {

struct PathElement {
    std::string name; // an attribute's name, or the placeholder "#n" until resolved
    std::optional<std::uint32_t> index; // instead of a name: [index]

    friend bool operator==(const PathElement&, const PathElement&) = default;
};

// A document path: a name first, then names and indexes.
using Path = std::vector<PathElement>;

std::string described(const Path& path); // "[a, [0], b]", as AWS shows it
const AttributeValue* valueAt(const Path& path, const Attributes& attributes);

struct Operand {
    enum class Kind { AtPath, Value, Function };
    Kind kind = Kind::AtPath;
    dynamodb::Path path;
    std::string name; // a value's placeholder (":v"); a function's name, "+" or "-"
    AttributeValue value;
    std::vector<Operand> arguments;

    bool isPath() const { return kind == Kind::AtPath; }
    bool isValue() const { return kind == Kind::Value; }
    bool isFunction() const { return kind == Kind::Function; }
};

Operand valueOperand(AttributeValue value);
Operand pathOperand(Path path);

struct Condition {
    enum class Kind {
        And,
        Or,
        Not,
        Equal,
        NotEqual,
        Less,
        LessOrEqual,
        Greater,
        GreaterOrEqual,
        Between,
        In,
        Function
    };
    Kind kind = Kind::And;
    std::vector<Condition> children; // And, Or, Not
    std::vector<Operand> operands; // comparisons, Between, In: operands; Function: the function itself
};

std::string_view symbolOf(Condition::Kind kind); // "=", "BETWEEN", …

struct UpdateAction {
    enum class Kind { Set, Remove, Add, Delete };
    Kind kind = Kind::Set;
    Path path;
    Operand value; // Set, Add, Delete
};

struct UpdateExpression {
    std::vector<UpdateAction> actions; // in order of the text
    bool legacy = false; // made of AttributeUpdates, which add to lists too and word one mistake otherwise
};

}
