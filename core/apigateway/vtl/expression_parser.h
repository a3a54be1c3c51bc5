#pragma once

#include "core/apigateway/vtl/parse_bounds.h"
#include "core/apigateway/vtl/scanner.h"
#include "core/apigateway/vtl/syntax.h"

#include <optional>

namespace core::apigateway::vtl {

// Parses what stands in a template's directives and after its '$': expressions and references, which hold
// each other. Lives no longer than the scanner, whose place it moves, the bounds and the macros, to which it
// adds those that a text in quotes defines. Errors are those of parse().
class ExpressionParser {
public:
    ExpressionParser(Scanner& scanner, ParseBounds& bounds, Macros& macros)
        : m_scanner(scanner)
        , m_bounds(bounds)
        , m_macros(macros)
    {
    }

    // With operators: of a #set and an #if.
    Result<Expression> expression();
    // What may be an argument: a literal, a reference, a list, a range or a map, with space around it.
    Result<Expression> parameter();
    // The same of a macro, which takes bare words too, as "#section(one)" in plain text has them.
    Result<Expression> callArgument();
    // A reference at the '$', or none, and the scanner is back there, when what follows is plain text.
    Result<std::optional<Reference>> tryReference();
    // A reference where there must be one.
    Result<Reference> reference();

private:
    Result<Expression> binary(int level);
    Result<Expression> unary();
    Result<Expression> bareParameter();
    bool beginsParameter() const;
    Result<Expression> number();
    Result<Expression> string(char quote);
    Result<Expression> listOrRange();
    Result<Expression> map();
    Result<> parts(Reference& reference);
    Result<> indexPart(Reference& reference);
    Result<> methodPart(Reference::Part& part);

    Scanner& m_scanner;
    ParseBounds& m_bounds;
    Macros& m_macros;
};

}
