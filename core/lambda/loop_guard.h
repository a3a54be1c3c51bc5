#pragma once

#include "core/base/result.h"
#include "core/lambda/function.h"
#include "core/trace/tracer.h"

namespace core::lambda {

// Ends what would set itself going for ever: a function that ran sixteen times on the way to its own next
// invocation is not run again, as on AWS (RecursiveLoop). The way is read from the track, so it goes by what
// AWS follows, but for queues: calls of Lambda, buckets and topics whose SDK passes on the X-Ray header.
// Owned by the invoker. Any thread.
class LoopGuard {
public:
    explicit LoopGuard(const trace::Tracer& tracer)
        : m_tracer(tracer)
    {
    }

    Result<> check(const Function& function, trace::SpanScope& span) const;

private:
    const trace::Tracer& m_tracer;
};

}
