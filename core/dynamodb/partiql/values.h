#pragma once

#include "core/dynamodb/json_document.h"
#include "core/dynamodb/partiql/syntax.h"

#include <optional>
#include <vector>

// Literals and parameters as DynamoDB's values.
namespace core::dynamodb::partiql {

using Parameters = std::vector<AttributeValue>;

// The Parameters member of a request; checked before the statement is even read, as AWS does.
Result<Parameters> readParameters(const std::optional<JsonView>& json);
// A statement may not have more "?" than there are parameters.
Result<> checkParameters(const Statement& statement, const Parameters& parameters);

// Whether the expression is a literal or a parameter: a value whatever the item is.
bool isValue(const Expression& expression);
// The value of one; errors name the place in it, as AWS does ("… under root.a[0]").
Result<AttributeValue> valueOf(const Expression& expression, const Parameters& parameters);

// The item of an INSERT.
Result<Attributes> itemOf(const Expression& tuple, const Parameters& parameters);

}
