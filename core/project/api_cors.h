#pragma once

#include "core/project/resource_types.h"

namespace core::project {

// Adds to each path of the API that has methods, and no OPTIONS, the mock that SAM answers preflight requests
// with. `cors` is the Cors of AWS::Serverless::Api: the origin alone, or the headers' values by name, each in
// quotes as API Gateway's expressions are. Errors: Invalid for credentials of any origin, which SAM refuses.
Result<> addCors(ImportContext& context, const std::string& apiId, const nlohmann::json& cors);

}
