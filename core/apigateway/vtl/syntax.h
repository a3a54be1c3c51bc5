#pragma once

#include "core/apigateway/vtl/value.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace core::apigateway::vtl {

// The tree of a parsed template. Made once by the parser, never changed, read by any number of renderings at
// a time.

struct Node;
using Block = std::vector<Node>;
struct Expression;

// $name.property.method(argument)[index]
struct Reference {
    struct Part {
        enum class Kind { Property, Method, Index };
        Kind kind = Kind::Property;
        std::string name = {};
        std::vector<Expression> arguments = {}; // of a method, or the one index
    };
    std::string name;
    std::vector<Part> parts;
    bool isQuiet = false; // $!name
    std::string source; // as written, without backslashes before it
    std::size_t backslashes = 0; // before it in text
};

struct Expression {
    enum class Kind {
        Literal,
        Interpolated, // a string in double quotes that holds references or directives
        Reference,
        Range,
        List,
        Map, // keys and values in turn
        Not,
        Or,
        And,
        Equal,
        NotEqual,
        Less,
        LessEqual,
        Greater,
        GreaterEqual,
        Add,
        Subtract,
        Multiply,
        Divide,
        Modulo,
    };
    Kind kind = Kind::Literal;
    Value literal = {};
    std::shared_ptr<const Block> interpolated = {};
    std::shared_ptr<const Reference> reference = {};
    std::vector<Expression> operands = {};
    std::string source = {};
};

struct Node {
    enum class Kind {
        Text,
        Reference,
        Set,
        If, // branches: condition and block in turn; an #else has the condition true
        Foreach,
        Break,
        Stop,
        Define,
        Evaluate,
        Call, // of a macro, or text when there is none of that name
    };
    Kind kind = Kind::Text;
    std::string text = {}; // Text; the macro's name; a Call's source up to its body
    std::string name = {}; // variable of Foreach and Define, macro of Call
    std::shared_ptr<const Reference> reference = {};
    std::vector<Expression> expressions = {};
    std::vector<Block> blocks = {};
    int line = 0;
};

struct Macro {
    std::vector<std::string> parameters;
    Block body;
};

using Macros = std::map<std::string, Macro, std::less<>>;

struct Syntax {
    Block block;
    Macros macros;
};

// Parses a template as Velocity 1.7 does. An error of kind Invalid says what is wrong and where; tooLong()
// when the deadline passes.
Result<Syntax> parse(std::string_view text, Deadline deadline = Deadline::max());

}
