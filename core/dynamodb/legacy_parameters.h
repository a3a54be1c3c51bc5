#pragma once

#include "core/base/result.h"
#include "core/dynamodb/expressions.h"
#include "core/dynamodb/json_document.h"

// The parameters from before there were expressions, made into the same trees: Expected, AttributeUpdates,
// KeyConditions, QueryFilter, ScanFilter, ConditionalOperator, AttributesToGet.
namespace core::dynamodb {

// Which of them the request has, "AttributesToGet, ScanFilter", in AWS's order; "" for none.
std::string legacyParameters(const JsonView& input);

// What the request has of them, KeyConditions apart: AWS looks at those later.
Result<Expressions> parseLegacy(const JsonView& input);
Result<std::vector<KeyCondition>> legacyKeyConditions(const JsonView& input);

}
