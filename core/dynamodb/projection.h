#pragma once

#include "core/base/result.h"
#include "core/dynamodb/expression.h"
#include "core/dynamodb/placeholders.h"

#include <string_view>
#include <vector>

namespace core::dynamodb {

// Parses a ProjectionExpression; paths may not overlap.
Result<std::vector<Path>> parseProjection(std::string_view expression, Placeholders& placeholders);

// The parts of an item that the paths name; nested parts keep their maps and lists around them, lists close
// up.
Attributes project(const std::vector<Path>& paths, const Attributes& item);

// PartiQL's columns: each path's value under the path's last name, with the indexes behind it ("k[0]").
Attributes columnsOf(const std::vector<Path>& paths, const Attributes& item);

}
