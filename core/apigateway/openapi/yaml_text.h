#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <string_view>

namespace core::apigateway::openapi {

// YAML as a tree; what is wrong is an error whose message says where. The only place that knows yaml-cpp.
Result<nlohmann::ordered_json> readYaml(std::string_view text);

}
