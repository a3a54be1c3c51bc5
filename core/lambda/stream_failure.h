#pragma once

#include "core/aws/service.h"
#include "core/lambda/stream_batch.h"

namespace core::lambda {

// A batch that is given up.
struct FailedBatch {
    const RecordList& records;
    std::string shard;
    std::string condition; // RetryAttemptsExhausted, RecordAgeExceeded
    int invocations = 0;
    std::string requestId; // of the last one
    std::string executedVersion; // "" when the function was not run
    std::string functionError;
    std::string event; // that the function got
};

// What a function destination gets; a bucket gets the event too.
std::string failureRecord(
    const EventSourceMapping& mapping, const FailedBatch& batch, Micros now, bool withEvent);

// Brings the record to the mapping's destination, if it has one; what goes wrong is a step of the span, too.
Result<> deliverFailure(const aws::Host& host, const EventSourceMapping& mapping, const FailedBatch& batch,
    trace::SpanScope& span);

}
