#pragma once

#include "core/lambda/environment.h"
#include "core/lambda/function_metrics.h"
#include "core/lambda/log_lines.h"

namespace core::lambda {

// The end of an invocation that has its answer: its last lines in the log, and its metrics. They come with
// the answer; where extensions work on at it, when they are done, because their time is the invocation's,
// counts against the function's time-out and is billed. A value, used once; clock and metrics outlive it.
class InvocationEnd {
public:
    // `failed`: the answer is an error.
    InvocationEnd(
        const Clock& clock, FunctionMetrics& metrics, Report report, std::string arnSuffix, bool failed);

    void conclude(Environment& environment);
    // The environment's tail with the last lines as they would be now, for a caller who does not wait.
    std::string tail(Environment& environment) const;

    // The environment is done with the event, as `end` says; one that is not, or whose programs ended, is
    // reset.
    void settle(Environment& environment, const RuntimeAnswer& end);

private:
    PlatformLog logOf(Environment& environment) const;

    const Clock& m_clock;
    FunctionMetrics& m_metrics;
    Report m_report;
    const std::string m_arnSuffix;
    const bool m_failed;
    const Micros m_answered; // real
    bool m_concluded = false;
};

}
