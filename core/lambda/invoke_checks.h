#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace core::lambda {

// An event must be JSON and small enough; AWS's errors.
Result<> checkPayload(const std::string& payload, bool asynchronous);
// ClientContext of a request as JSON text on one line, "" when there is none.
Result<std::string> clientContextOf(const nlohmann::json& input);

}
