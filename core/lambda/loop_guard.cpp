#include "core/lambda/loop_guard.h"

#include "core/lambda/errors.h"

namespace core::lambda {

Result<aws::Lineage> LoopGuard::check(const Function& function, trace::SpanScope& span) const
{
    auto lineage = aws::Lineage::of(m_tracer, span);
    if (function.recursiveLoop == "Terminate" && lineage.runsOf(function.name) >= kMostRuns) {
        span.step("Recursive loop",
            function.name + " ran " + std::to_string(kMostRuns)
                + " times on the way to this call, and its RecursiveLoop is Terminate: it is not run again",
            trace::Verdict::Fail);
        return fail(errors::recursiveInvocation());
    }
    lineage.add(function.name);
    return lineage;
}

}
