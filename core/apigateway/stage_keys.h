#pragma once

#include "core/apigateway/patch.h"
#include "core/apigateway/usage_plan.h"
#include "core/store/store.h"

#include <nlohmann/json_fwd.hpp>

namespace core::apigateway {

// The stages that an API key names itself (stageKeys), as before there were usage plans.

std::vector<std::string> readStageKeys(const nlohmann::json& input); // "<API>/<stage>"
// Each names a stage of a REST API that is there.
Result<> checkStageKeys(store::Transaction& transaction, const ApiKey& key);
Result<> patchStageKeys(ApiKey& key, const PatchOperation& operation); // its value is "<API>/<stage>"

}
