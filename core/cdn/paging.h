#pragma once

#include <nlohmann/json_fwd.hpp>

namespace core::cdn {

// CloudFront's list form: the entries after `Marker` (an Id), at most `MaxItems` (100) of them.
nlohmann::json page(const nlohmann::json& entries, const nlohmann::json& input);

}
