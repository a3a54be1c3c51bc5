#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace core::dynamodb {

// The tags that Tags adds to others ([{"Key","Value"}], both), checked as AWS checks them: nothing is kept of
// a request with one wrong tag.
Result<nlohmann::json> mergeTags(const nlohmann::json& before, const nlohmann::json& added);
Result<> checkTagKey(std::string_view key);

}
