#pragma once

#include "core/apigateway/call_context.h"

namespace core::apigateway {

// What the phases of a call left: "authorize.status", "integration.latency", "integrationLatency" and their
// like; nullopt for another name.
std::optional<std::string> measuredVariable(const CallMeasures& measures, std::string_view name);

// $context.<name> of a REST API's access log, where there are more variables than in templates; "" for one
// that the call does not have, nullopt for a name that AWS does not have either.
std::optional<std::string> accessVariable(
    const CallContext& context, const http::Response& response, std::string_view name);

}
