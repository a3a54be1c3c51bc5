#pragma once

#include "core/apigateway/v2/model.h"
#include "core/base/result.h"

namespace core::apigateway::v2 {

// What an integration may be, in AWS's words; fills in what AWS sets itself.
Result<> completeIntegration(const Api& api, Integration& integration);

// The integration that quick create makes of a function's ARN or a URL.
Integration quickIntegration(const std::string& target);

}
