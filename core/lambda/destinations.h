#pragma once

#include "core/lambda/service.h"

namespace core::lambda {

// Whether asynchronous events of `function` may go to `arn`: to a function, and failures to a bucket.
// Services that the chamber does not have are refused by name.
Result<> checkDestination(
    LambdaService& service, const std::string& functionKey, const std::string& arn, bool failure);

// Brings an invocation record to its destination; what goes wrong is a step of the span, too.
Result<> deliver(const aws::Host& host, const std::string& arn, const std::string& record,
    const AsyncJob& job, trace::SpanScope& span);

}
