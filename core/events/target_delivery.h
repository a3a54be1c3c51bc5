#pragma once

#include "core/aws/delivery_queue.h"
#include "core/events/rule.h"

#include <nlohmann/json_fwd.hpp>

#include <string_view>

// How an event reaches each kind of target. Pure, but for allowTarget().
namespace core::events {

enum class TargetKind { Function, Queue, Topic, LogGroup, Bus, Unknown };
TargetKind targetKindOf(std::string_view arn);

// The call that gives the event to a function, a queue, a topic or a log group, with who may stand in its
// way; its id and moments are the caller's.
aws::Delivery deliveryTo(const Rule& rule, const Target& target, const nlohmann::json& event);

// Asked before each attempt: a function's policy, a queue's, a topic's; a log group gets the stream that the
// event is written to. Waits.
Result<> allowTarget(const aws::Host& host, const aws::Delivery& delivery, trace::SpanScope& span);

}
