#pragma once

#include "core/lambda/event_source_mapping.h"
#include "core/lambda/service.h"

namespace core::lambda {

// Reads what a request says of a mapping over what it was, checked in AWS's order and words.
Result<> takeMappingSettings(
    LambdaService& service, const nlohmann::json& input, EventSourceMapping& mapping);
// Only of a new mapping: its source and where it begins.
Result<> takeMappingSource(const nlohmann::json& input, EventSourceMapping& mapping);
// That no other mapping has this source and function.
Result<> checkMappingIsNew(LambdaService& service, const EventSourceMapping& mapping);

}
