#pragma once

#include "core/base/result.h"
#include "core/dynamodb/expression.h"
#include "core/dynamodb/placeholders.h"

#include <string_view>

namespace core::dynamodb {

// Parses an UpdateExpression, fills in its placeholders and checks paths and operands.
Result<UpdateExpression> parseUpdate(std::string_view expression, Placeholders& placeholders);

// Two paths of one expression may neither overlap nor use one place as a list and as a map. "" when they are
// fine.
std::string overlapMistake(const Path& one, const Path& two);
std::string conflictMistake(const Path& one, const Path& two);

}
