#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <string>

namespace core::apigateway {

// The document of an absolute $ref; nullptr when there is none. The same address gives the same document.
using SchemaFetch = std::function<const nlohmann::json*(const std::string& uri)>;

// Refuses a schema whose validation would never end: one that leads back to itself by $ref, allOf, anyOf,
// oneOf, not or dependencies without going down into the document, from model to model too; and one that
// takes very many of these in a row, as they are followed on the stack. Errors are InvalidSchema.
Result<> checkReferences(const nlohmann::json& schema, const SchemaFetch& fetch);

}
