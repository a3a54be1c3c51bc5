#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace core::apigateway::openapi {

// The text of a definition, JSON or YAML, to and from a tree that keeps the order of members. Pure; any
// thread. Reading is bounded in size (AWS's 6 MB), nesting and values, aliases of YAML included.

// Errors are AWS's for text that is no document.
Result<nlohmann::ordered_json> readDefinition(std::string_view text);

std::string writeDefinitionJson(const nlohmann::ordered_json& tree);
std::string writeDefinitionYaml(const nlohmann::ordered_json& tree);

}
