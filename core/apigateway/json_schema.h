#pragma once

#include "core/apigateway/model.h"
#include "core/base/result.h"

#include <functional>
#include <string>
#include <vector>

namespace core::apigateway {

// JSON Schema, draft 4, by the library valijson.

// Finds the schema's text that an absolute $ref names; nullopt when there is none.
using SchemaSource = std::function<std::optional<std::string>(const std::string& uri)>;

// What does not hold of a JSON text, in the library's words; empty when all does. An error when the schema is
// none. Where a schema has patterns, texts beyond 8,192 characters and those that take too long to match are
// refused.
Result<std::vector<std::string>> violations(
    const std::string& schema, const std::string& document, const SchemaSource& source);

// $refs between an API's models: https://apigateway.amazonaws.com/restapis/{api}/models/{name}
SchemaSource modelSource(const std::map<std::string, Model>& models);

}
