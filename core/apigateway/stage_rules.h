#pragma once

#include "core/apigateway/model.h"
#include "core/base/result.h"

namespace core::apigateway {

// What stages and deployments accept, in AWS's words.
Result<> checkStageName(const std::string& name);
Result<> checkVariable(const std::string& name, const std::string& value);
Result<> checkVariables(const StringMap& variables);
// "" stands for none.
Result<> checkDocumentationVersion(const RestApi& api, const std::string& version);
// A deployment needs a method, and an integration for each.
Result<> checkDeployable(const Resources& resources);

}
