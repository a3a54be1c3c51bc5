#pragma once

#include "core/aws/service.h"
#include "core/lambda/event_source_mapping.h"
#include "core/lambda/invoker.h"

#include <functional>
#include <memory>
#include <string>

// What feeds of functions ask of the service.
namespace core::lambda {

// The mapping as it is now; null when it is gone.
using FindMapping = std::function<std::shared_ptr<const EventSourceMapping>(const std::string& key)>;
// Runs a mapping's function with an event. Waits.
using RunBatch =
    std::function<Result<InvocationOutcome>(const EventSourceMapping&, const Invocation&, trace::SpanScope&)>;

}
