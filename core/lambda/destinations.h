#pragma once

#include "core/lambda/service.h"

namespace core::lambda {

// Whether asynchronous events of `function` may go to `arn`: to a function, a queue, a topic or an event
// bus, and failures to a bucket. Services that the chamber does not have are refused by name.
Result<> checkDestination(
    LambdaService& service, const std::string& functionKey, const std::string& arn, bool failure);
// Whether a queue or a topic can be a function's dead-letter target.
Result<> checkDeadLetterTarget(const aws::Host& host, const std::string& arn);

// Brings a record to a function, a queue, a topic, or, as `objectKey`, to a bucket; what goes wrong is a step
// of the span, too.
Result<> sendRecord(const aws::Host& host, const std::string& arn, const std::string& record,
    const std::string& objectKey, const std::string& region, trace::SpanScope& span);
// Brings an invocation record to its destination.
Result<> deliver(const aws::Host& host, const std::string& arn, const std::string& record,
    const AsyncJob& job, trace::SpanScope& span);
// Brings the event itself to the dead-letter queue or topic.
Result<> bury(const aws::Host& host, const std::string& arn, const AsyncJob& job, const AsyncAttempt& last,
    trace::SpanScope& span);

}
