#pragma once

#include "core/lambda/event_source_mapping.h"
#include "core/lambda/service.h"

namespace core::lambda {

// What a request may say of a mapping of a queue, in AWS's words. Its settings are taken before.
Result<> checkQueueSettings(
    LambdaService& service, const nlohmann::json& input, const EventSourceMapping& mapping);
// What only streams have is refused.
Result<> checkQueueMembers(const nlohmann::json& input);
// That the queue is there, and hides a message as long as the function may run. Waits.
Result<> checkQueue(LambdaService& service, const EventSourceMapping& mapping, trace::SpanScope& span);

}
