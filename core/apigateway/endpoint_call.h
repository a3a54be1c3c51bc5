#pragma once

#include "core/apigateway/call_context.h"

namespace core::apigateway {

// Sends an integration's request and leaves the answer in the context, within the integration's time-out;
// writes both to the execution log.
StepResult callEndpoint(
    CallContext& context, IntegrationEnvironment& environment, const std::string& uri, http::Request request);

}
