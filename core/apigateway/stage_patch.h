#pragma once

#include "core/apigateway/api_store.h"
#include "core/apigateway/patch.h"

namespace core::apigateway {

// UpdateStage: every path that AWS has, the promotion of a canary (op copy) too, in AWS's words.
Result<> patchStage(ApiDraft& draft, Stage& stage, const std::vector<PatchOperation>& operations);

}
