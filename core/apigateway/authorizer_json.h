#pragma once

#include "core/apigateway/authorizer.h"

#include <nlohmann/json_fwd.hpp>

namespace core::apigateway {

// An authorizer as AWS's JSON, which is its stored form too.
nlohmann::json toJson(const Authorizer& authorizer);
Authorizer authorizer(const nlohmann::json& from);

}
