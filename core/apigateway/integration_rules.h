#pragma once

#include "core/apigateway/model.h"
#include "core/base/result.h"

namespace core::apigateway {

// What PutIntegration, PutIntegrationResponse and their updates accept, in AWS's words. A whole integration
// is judged, so that an update cannot reach a state that a put could not.
Result<IntegrationType> parseIntegrationType(const std::string& name);
Result<> checkIntegration(const Method& method, const Integration& integration);
Result<> checkIntegrationResponse(const Method& method, const IntegrationResponse& response);

}
