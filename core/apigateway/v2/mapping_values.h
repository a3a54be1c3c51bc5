#pragma once

#include "core/apigateway/v2/call.h"
#include "core/apigateway/v2/parameter_mapping.h"

namespace core::apigateway::v2 {

// What a mapping's value becomes for a call: variables that the call does not have are empty. nullopt when
// the value is a single variable that is not there, so that nothing is set.
std::optional<std::string> mappedValue(const Call& call, const std::string& value, MappingSide side);

}
