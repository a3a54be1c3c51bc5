#pragma once

#include "core/dynamodb/partiql/syntax.h"

#include <string_view>

namespace core::dynamodb::partiql {

// Reads one statement; errors are those that AWS finds without looking at a table or at parameters.
Result<Statement> parseStatement(std::string_view text);

}
