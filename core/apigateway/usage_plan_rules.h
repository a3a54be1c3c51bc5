#pragma once

#include "core/apigateway/patch.h"
#include "core/apigateway/usage_plan.h"

#include <functional>

namespace core::apigateway {

// Whether the region has an API with such a stage, as the committer sees it.
using StageExists = std::function<bool(const std::string& apiId, const std::string& stage)>;

// The members of a CreateUsagePlan; AWS's errors. Stages are checked apart, by checkStages().
Result<> readUsagePlan(const nlohmann::json& input, UsagePlan& plan);
Result<> checkStages(const UsagePlan& plan, const StageExists& exists);

// UpdateUsagePlan: every path that AWS has.
Result<> patchUsagePlan(
    UsagePlan& plan, const std::vector<PatchOperation>& operations, const StageExists& exists);

}
