#pragma once

#include "core/lambda/environment_pool.h"
#include "core/lambda/function_metrics.h"
#include "core/lambda/log_lines.h"
#include "core/lambda/loop_guard.h"
#include "core/lambda/run_history.h"

namespace core::lambda {

// One event for a function, however it came.
struct Invocation {
    std::string requestId;
    std::string payload; // JSON text
    std::string clientContext; // JSON text, "" for none
    std::string arnSuffix; // ":$LATEST" when the caller named the qualifier
    bool asynchronous = false;
    std::shared_ptr<ResponseStream> stream; // gets the answer of a streaming handler while it is written
};

// What an invocation gives back, function errors included.
struct InvocationOutcome {
    std::string payload;
    std::string functionError; // "" or "Unhandled"
    std::string errorType; // "Runtime.ExitError", "ValueError"…
    std::string logTail;
    std::string executedVersion; // "$LATEST", "3"
    bool streamed = false; // a streaming handler wrote the payload
    std::string contentType; // of a streamed payload
    std::string
        errorPayload; // of a stream that ended early: the error, where the payload is what came before
};

// Runs invocations: takes an environment, starts it when it is new, gives it the event, words what went wrong
// as AWS does, writes the platform's log lines, and tells the history and the track. Waits for the function:
// Blocking lane.
class Invoker {
public:
    // `metrics` may be null.
    Invoker(EnvironmentPool& pool, RunHistory& history, const Clock& clock, aws::MetricBook* metrics,
        const trace::Tracer& tracer);

    // Fails when there was no environment to run it; an error of the function is an outcome.
    Result<InvocationOutcome> run(const std::shared_ptr<const Function>& function,
        const Invocation& invocation, trace::SpanScope& span);
    // Starts a new environment and lets it wait for its first event.
    Result<> warmUp(EnvironmentLease& lease);

private:
    struct Start {
        RuntimeAnswer answer;
        Micros length = 0;
        bool suppressed = false; // it was the second, and is part of the invocation
    };

    // Nothing when the event did not reach the environment.
    std::optional<InvocationOutcome> runOn(EnvironmentLease& lease, const Invocation& invocation,
        const aws::Lineage& lineage, trace::SpanScope& span);
    RuntimeAnswer makeReady(EnvironmentLease& lease, const PlatformLog& platform,
        const Invocation& invocation, trace::SpanScope& span, Report& report);
    Start startUp(EnvironmentLease& lease, trace::SpanScope& span, bool invoked);
    RuntimeAnswer startAnew(EnvironmentLease& lease, trace::SpanScope& span, Micros& length);
    RuntimeAnswer finishStart(EnvironmentLease& lease, trace::SpanScope& init, std::string_view phase,
        Micros began, RuntimeAnswer answer);
    RuntimeAnswer startOnce(
        EnvironmentLease& lease, trace::SpanScope& init, std::string_view phase, Micros patience);
    RuntimeAnswer serve(
        EnvironmentLease& lease, const Invocation& invocation, trace::SpanScope& span, Report& report);

    EnvironmentPool& m_pool;
    RunHistory& m_history;
    const Clock& m_clock;
    FunctionMetrics m_metrics;
    LoopGuard m_loops;
};

}
