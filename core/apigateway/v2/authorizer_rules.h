#pragma once

#include "core/apigateway/v2/model.h"
#include "core/base/result.h"

namespace core::apigateway::v2 {

// What an authorizer may be; fills in what AWS sets itself.
Result<> completeAuthorizer(const Api& api, Authorizer& authorizer);

}
