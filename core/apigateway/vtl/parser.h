#pragma once

#include "core/apigateway/vtl/parse_bounds.h"
#include "core/apigateway/vtl/syntax.h"

namespace core::apigateway::vtl {

// parse() for a text in double quotes that stands in a template: bounded with it.
Result<Syntax> parseInside(std::string_view text, const ParseBounds& outer);

}
