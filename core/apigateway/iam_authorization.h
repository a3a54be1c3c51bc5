#pragma once

#include "core/apigateway/call_context.h"

namespace core::apigateway {

// authorizationType AWS_IAM: the call must be signed (SigV4, header or query) for execute-api in the API's
// region. Fills in context.identity. The chamber has no IAM: who signs is the root user of the account that
// the access key names and has all its rights.
StepResult authorizeBySignature(CallContext& context);

}
