#pragma once

#include "core/apigateway/model.h"

namespace core::apigateway {

// All tags that a stage, an API or another resource is to have: at most fifty, within AWS's lengths, and none
// of AWS's own.
Result<> checkTags(const StringMap& tags);

}
