#pragma once

#include "core/apigateway/api_store.h"
#include "core/apigateway/patch.h"

namespace core::apigateway {

// UpdateStage: every path that AWS has, the promotion of a canary (op copy) too, in AWS's words.
// `mayLog`: the account names a role for logs, without which AWS takes no settings of logs.
Result<> patchStage(
    ApiDraft& draft, Stage& stage, const std::vector<PatchOperation>& operations, bool mayLog);

}
