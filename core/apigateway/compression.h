#pragma once

#include "core/apigateway/call_context.h"

namespace core::apigateway {

// Payload compression, for APIs with a minimumCompressionSize. Without one bodies travel as they are.

// Unpacks a gzip or deflate request body. Runs before all steps.
StepResult unpackRequest(CallContext& context);
// Packs a response of that size or more for a client that takes gzip or deflate.
void packResponse(CallContext& context, http::Response& response);

}
