#pragma once

#include "core/apigateway/model.h"
#include "core/base/result.h"

namespace core::apigateway {

// What every gateway response of an API holds to, however it comes into the API: put, patched or imported.
// Status of three digits from 1 to 5, or none; parameters that set headers from something that can be read.
Result<> checkGatewayResponse(const GatewayResponse& response);

}
