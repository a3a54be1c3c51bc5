#pragma once

#include "core/apigateway/model.h"
#include "core/base/result.h"

namespace core::apigateway {

// What PutMethod and UpdateMethod accept, in AWS's words; what is not emulated is refused by name.
Result<> checkHttpMethod(const std::string& name);
Result<> checkAuthorization(const std::string& type);
Result<> checkValidator(const ApiDefinition& api, const std::string& id);
Result<> checkRequestParameters(const std::map<std::string, bool>& parameters);
Result<> checkModels(const ApiDefinition& api, const StringMap& models);

}
