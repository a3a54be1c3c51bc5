#pragma once

#include "core/apigateway/v2/model.h"
#include "core/base/result.h"

namespace core::apigateway::v2 {

// What a route may be beside the others of its API, in AWS's words.
Result<> checkRoute(const Api& api, const Route& route);

}
