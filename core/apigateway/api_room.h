#pragma once

#include "core/apigateway/model.h"

namespace core::apigateway {

class ApiStore;

// Whether the region has room for one more API of this endpoint type.
Result<> checkApiRoom(const ApiStore& apis, const RestApi& api);

}
