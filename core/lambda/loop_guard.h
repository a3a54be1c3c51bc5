#pragma once

#include "core/aws/lineage.h"
#include "core/base/result.h"
#include "core/lambda/function.h"

namespace core::lambda {

// Ends what would set itself going for ever: a function that ran sixteen times on the way to its own next
// invocation is not run again, as on AWS (RecursiveLoop). Owned by the invoker. Any thread.
class LoopGuard {
public:
    static constexpr int kMostRuns = 16;

    explicit LoopGuard(const trace::Tracer& tracer)
        : m_tracer(tracer)
    {
    }

    // What ran on the way, and this run, which the function's own calls go on with.
    Result<aws::Lineage> check(const Function& function, trace::SpanScope& span) const;

private:
    const trace::Tracer& m_tracer;
};

}
