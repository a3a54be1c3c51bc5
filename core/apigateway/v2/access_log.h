#pragma once

#include "core/apigateway/v2/call.h"

namespace core::apigateway::v2 {

// Leaves the call's line to the stage's log group, behind the answer.
void writeAccessLog(Call& call, CallEnvironment& environment);

// AWS's errors for a stage's accessLogSettings. `mayLog`: the account names a role for logs, which WebSocket
// APIs want as REST APIs do.
Result<> checkAccessLog(const Api& api, const AccessLogSettings& settings, bool mayLog);

}
