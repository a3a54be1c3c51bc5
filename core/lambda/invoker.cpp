#include "core/lambda/invoker.h"

#include "core/aws/sampled_trace.h"
#include "core/base/ids.h"
#include "core/lambda/invocation_end.h"
#include "core/lambda/platform_log.h"
#include "core/lambda/runtime_exit.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::lambda {

using nlohmann::json;
using Kind = RuntimeAnswer::Kind;

namespace {

// AWS gives a start ten seconds; a slower one is begun again as part of the invocation, within the time-out.
constexpr Micros kInitPatience = 10 * kSecond;

// As long as a debugger may stop a function.
constexpr Micros kDebugPatience = 24 * 3600 * kSecond;

Micros patienceFor(const Environment& environment, Micros usual)
{
    return environment.debug() ? kDebugPatience : usual;
}

std::string errorPayload(std::string_view type, std::string_view message)
{
    return json{{"errorType", type}, {"errorMessage", message}}.dump(
        -1, ' ', false, json::error_handler_t::replace);
}

std::string errorTypeOf(const std::string& text, const std::string& otherwise)
{
    const auto body = json::parse(text, nullptr, false);
    if (body.is_object() && body.contains("errorType") && body["errorType"].is_string())
        return body["errorType"];
    return otherwise.empty() ? "Unknown" : otherwise;
}

std::string errorTypeOf(const RuntimeAnswer& answer)
{
    return errorTypeOf(answer.body, answer.errorType);
}

// The payload and error that the invoker gets for an answer of the runtime.
InvocationOutcome outcomeOf(RuntimeAnswer answer, const Function& function, const std::string& requestId)
{
    InvocationOutcome outcome;
    const auto failed = [&](std::string type, const std::string& message) {
        outcome.payload = errorPayload(type, message);
        outcome.errorType = std::move(type);
    };
    switch (answer.kind) {
    case Kind::Ready:
    case Kind::Response:
        outcome.payload = std::move(answer.body);
        outcome.streamed = answer.streamed;
        outcome.contentType = std::move(answer.contentType);
        if (answer.streamError.empty())
            return outcome;
        outcome.errorPayload = answer.streamError;
        outcome.errorType = errorTypeOf(answer.streamError, answer.errorType);
        break;
    case Kind::Error:
        outcome.errorType = errorTypeOf(answer);
        outcome.payload = std::move(answer.body);
        break;
    case Kind::TooLarge:
        failed("Function.ResponseSizeTooLarge",
            "Response payload size exceeded maximum allowed payload size ("
                + std::to_string(kMaxResponseBytes) + " bytes).");
        break;
    case Kind::Exited:
        failed(exitType(answer), "RequestId: " + requestId + " Error: " + exitText(answer));
        break;
    case Kind::TimedOut:
        failed("Sandbox.Timedout",
            "RequestId: " + requestId + " Error: Task timed out after " + seconds(function.timeout)
                + " seconds");
        break;
    }
    outcome.functionError = "Unhandled";
    return outcome;
}

void describe(trace::SpanScope& span, const InvocationOutcome& outcome)
{
    if (outcome.functionError.empty()) {
        span.step(
            "The function answered", std::to_string(outcome.payload.size()) + " bytes", trace::Verdict::Pass);
        return;
    }
    const auto body =
        json::parse(outcome.errorPayload.empty() ? outcome.payload : outcome.errorPayload, nullptr, false);
    std::string message;
    if (body.is_object() && body.contains("errorMessage") && body["errorMessage"].is_string())
        message = body["errorMessage"];
    span.step("The function failed: " + outcome.errorType, message, trace::Verdict::Fail);
    span.fail({ErrorKind::Invalid, outcome.errorType, message});
}

// An environment that nothing runs in: without a bootstrap, as AWS words one that cannot be started.
RuntimeAnswer unlaunched(const Error& error)
{
    RuntimeAnswer answer;
    answer.kind = Kind::Error;
    if (error.code == "Runtime.InvalidEntrypoint") {
        answer.kind = Kind::Exited;
        answer.unstarted = error.message;
        return answer;
    }
    answer.errorType = error.code;
    answer.body = errorPayload(error.code, error.message);
    return answer;
}

std::string traceHeaderOf(const trace::SpanScope& span, const std::string& lineage)
{
    const auto own = span.recording()
        ? span.traceHeader()
        : "Root=" + newTraceId(realMicros()) + ";Parent=" + newSpanId() + ";Sampled=0";
    return own + ';' + lineage;
}

}

Invoker::Invoker(EnvironmentPool& pool, RunHistory& history, const Clock& clock, aws::MetricBook* metrics,
    const trace::Tracer& tracer)
    : m_pool(pool)
    , m_history(history)
    , m_clock(clock)
    , m_metrics(metrics, clock)
    , m_loops(tracer)
{
}

Result<InvocationOutcome> Invoker::run(
    const std::shared_ptr<const Function>& function, const Invocation& invocation, trace::SpanScope& span)
{
    if (function->tracing == "Active")
        aws::noteSampled(span, "TracingConfig of " + function->name + " is Active: the call is a trace");
    auto lineage = m_loops.check(*function, span);
    if (!lineage) {
        m_metrics.refused(*function, invocation.arnSuffix, lineage.error());
        return fail(std::move(lineage).error());
    }
    for (;;) {
        auto acquired = m_pool.acquire(function, span, !invocation.asynchronous);
        if (!acquired) {
            m_metrics.refused(*function, invocation.arnSuffix, acquired.error());
            return fail(std::move(acquired).error());
        }
        auto lease = *std::move(acquired);
        const auto execution = m_metrics.begin(*function, invocation.arnSuffix);
        bool delivered = true;
        auto outcome = runOn(lease, invocation, *lineage, span, delivered);
        if (delivered) {
            if (outcome)
                outcome->executedVersion = function->version;
            return outcome;
        }
        // A warm environment whose process ended between two events: on AWS too, the event goes to another
        // one.
        lease->end();
        span.step("Environment " + lease->id().substr(0, 8) + " had ended before the event reached it",
            "Its process exited after its last invocation: takes another environment", trace::Verdict::Warn);
    }
}

Result<InvocationOutcome> Invoker::runOn(EnvironmentLease& lease, const Invocation& invocation,
    const aws::Lineage& lineage, trace::SpanScope& span, bool& delivered)
{
    const auto function = lease->function();
    const PlatformLog platform(*function, m_clock, lease->isProvisioned(), lease->isHeard());
    Report report;
    report.requestId = invocation.requestId;
    report.memory = function->memory;
    report.lineage = lineage.text();
    RuntimeAnswer answer;
    answer.kind = Kind::Ready;
    lease->beginLog();
    if (lease.isCold()) {
        auto start = startUp(lease, span, true);
        answer = std::move(start.answer);
        // What AWS starts within the invocation counts as its duration.
        if (start.suppressed || answer.kind != Kind::Ready)
            report.duration = start.length;
        else
            report.init = start.length;
        if (answer.kind != Kind::Ready)
            lease->writeLog(platform.start(invocation.requestId, function->arn() + invocation.arnSuffix));
    }
    if (!lease.isCold() && lease->isDown()) {
        auto init = span.child("lambda", "init", function->name, trace::SpanKind::ColdStart);
        init.step("Starts anew in its environment",
            "It was reset after its last invocation: the start is part of this one, and /tmp is as it was");
        answer = startAnew(lease, init, report.duration);
        if (answer.kind != Kind::Ready)
            lease->writeLog(platform.start(invocation.requestId, function->arn() + invocation.arnSuffix));
    }
    const bool started = answer.kind == Kind::Ready;
    if (started)
        answer = serve(lease, invocation, span, report, report.duration);
    delivered = !started || lease.isCold() || answer.delivered || answer.kind != Kind::Exited;
    if (!delivered)
        return InvocationOutcome{};

    const auto kind = answer.kind;
    const auto cause = answer.cause;
    const auto fault = kind == Kind::Exited ? exitText(answer) : std::string();
    auto outcome = outcomeOf(std::move(answer), *function, invocation.requestId);
    lease->drainOutput();
    if (kind == Kind::TimedOut) {
        lease->writeLog(platform.timedOut(invocation.requestId));
        report.status = "timeout";
    } else if (kind == Kind::Exited || !started) {
        report.status = "error";
        report.errorType = outcome.errorType;
    }
    if (kind == Kind::Exited)
        lease->writeLog(platform.runtimeFault(invocation.requestId, fault, outcome.errorType));
    if (cause != KeeperCause::None)
        span.step(cause == KeeperCause::Memory ? "Out of memory" : "Too many processes",
            cause == KeeperCause::Memory ? "Its processes used more than " + std::to_string(function->memory)
                    + " MB together and were killed"
                                         : std::string("More than 1,024 processes and threads: killed"),
            trace::Verdict::Fail);
    report.peak = lease->peakMegabytes();
    lease->writeLog(platform.runtimeDone(report, outcome.payload.size()));
    const auto* reason = kind == Kind::TimedOut ? "timeout" : "failure";
    const bool failed = kind == Kind::TimedOut || kind == Kind::Exited || !started;
    InvocationEnd end(m_clock, m_metrics, report, invocation.arnSuffix, !outcome.functionError.empty());
    // Extensions that work on keep no caller waiting, as on AWS.
    const bool goesOn = !failed && lease->hasBusyExtensions();
    if (!goesOn)
        end.conclude(*lease);
    outcome.logTail = goesOn ? end.tail(*lease) : lease->tail();
    if (!failed)
        // The pool holds the environment meanwhile.
        lease.whenSettled(goesOn, [&environment = *lease, end](const RuntimeAnswer& how) {
            InvocationEnd(end).settle(environment, how);
        });
    if (failed && started && cause == KeeperCause::None && lease->reset(reason))
        span.step("The environment is reset",
            "Its programs end and start anew with the next event; what lies in /tmp stays, as on AWS");
    else if (failed)
        lease->spinDown(reason);
    describe(span, outcome);
    m_history.add(function->key(),
        {invocation.requestId, span.trackId(), lease->id(), lease->logPlace().stream, outcome.errorType,
            m_clock.now(), report.duration, report.init, report.billedMillis(), report.peak, report.memory,
            invocation.asynchronous});
    return outcome;
}

Result<> Invoker::warmUp(EnvironmentLease& lease)
{
    trace::SpanScope none;
    lease->beginLog();
    const auto answer = startUp(lease, none, false).answer;
    lease->drainOutput();
    if (answer.kind == Kind::Ready)
        return {};
    lease->end();
    return fail(ErrorKind::Internal, "FUNCTION_ERROR_INIT_FAILURE",
        answer.kind == Kind::TimedOut ? "the start takes too long" : "the start failed");
}

// Starts the environment; again, as AWS does, when the first start failed or took too long and an invocation
// waits for it: within the function's time-out, and as part of the invocation. A provisioned one that fails
// stays failed.
Invoker::Start Invoker::startUp(EnvironmentLease& lease, trace::SpanScope& span, bool invoked)
{
    auto init = span.child("lambda", "init", lease->function()->name, trace::SpanKind::ColdStart);
    span.setTrackNote("Cold start");
    auto began = steadyMicros();
    Start start;
    start.answer = startOnce(lease, init, "init", kInitPatience);
    start.length = steadyMicros() - began;
    const bool slow = start.answer.kind == Kind::TimedOut;
    if (start.answer.kind == Kind::Ready || lease->program().empty() || !(slow || invoked))
        return start;
    init.step("Starts again, as part of the invocation",
        "AWS runs a start that failed once more when an event waits for it: a suppressed init");
    const auto patience = lease->function()->timeout * kSecond;
    const auto* reason = slow ? "timeout" : "failure";
    if (lease->reset(reason)) {
        lease->beginLog();
        start.answer = startAnew(lease, init, start.length);
    } else {
        lease.replace(reason);
        lease->beginLog();
        began = steadyMicros();
        start.answer = startOnce(lease, init, "invoke", patience);
        start.length = steadyMicros() - began;
    }
    start.suppressed = true;
    return start;
}

RuntimeAnswer Invoker::startOnce(
    EnvironmentLease& lease, trace::SpanScope& init, std::string_view phase, Micros patience)
{
    const auto began = steadyMicros();
    const PlatformLog platform(*lease->function(), m_clock, lease->isProvisioned(), lease->isHeard());
    RuntimeAnswer answer;
    lease->writeLog(platform.initStart(phase));
    if (const auto launched = lease.launch(); !launched) {
        init.step("The environment cannot start", launched.error().message, trace::Verdict::Fail);
        init.fail(launched.error());
        answer = unlaunched(launched.error());
        if (answer.kind == Kind::Error)
            lease->writeLog("[ERROR] " + launched.error().code + ": " + launched.error().message + '\n');
    } else {
        init.step("Runtime", lease->function()->runtime + " is served by " + lease->program());
        init.step("Isolation", lease->isolation());
        answer = lease->awaitInit(patienceFor(*lease, patience));
    }
    return finishStart(lease, init, phase, began, std::move(answer));
}

RuntimeAnswer Invoker::finishStart(EnvironmentLease& lease, trace::SpanScope& init, std::string_view phase,
    Micros began, RuntimeAnswer answer)
{
    const PlatformLog platform(*lease->function(), m_clock, lease->isProvisioned(), lease->isHeard());
    const auto length = steadyMicros() - began;
    lease->setInit(length);
    const auto took = "init took " + millis(length) + " ms";
    if (answer.kind == Kind::Ready) {
        lease->writeLog(platform.initRuntimeDone(phase, "success"));
        lease->writeLog(platform.initReport(phase, length, "success"));
        init.step("The handler is loaded", took, trace::Verdict::Pass);
        return answer;
    }
    const bool slow = answer.kind == Kind::TimedOut;
    const auto type = answer.kind == Kind::Error ? errorTypeOf(answer)
        : answer.kind == Kind::Exited            ? exitType(answer)
                                                 : std::string();
    lease->writeLog(platform.initRuntimeDone(phase, slow ? "timeout" : "error", type));
    lease->writeLog(platform.initReport(phase, length, slow ? "timeout" : "error", type));
    init.step(slow ? "The start takes too long" : "The start failed: " + type, took, trace::Verdict::Fail);
    return answer;
}

// In its place: a suppressed init, which the event waits for.
RuntimeAnswer Invoker::startAnew(EnvironmentLease& lease, trace::SpanScope& init, Micros& length)
{
    // What its extensions took to end belongs to no event.
    (void)lease->awaitRest();
    const auto began = steadyMicros();
    const PlatformLog platform(*lease->function(), m_clock, lease->isProvisioned(), true);
    lease->writeLog(platform.initStart("invoke"));
    auto answer =
        finishStart(lease, init, "invoke", began, lease->restart(lease->function()->timeout * kSecond));
    length = steadyMicros() - began;
    return answer;
}

RuntimeAnswer Invoker::serve(EnvironmentLease& lease, const Invocation& invocation, trace::SpanScope& span,
    Report& report, Micros used)
{
    const auto& function = *lease->function();
    auto work = span.child("lambda", "invoke", function.name);
    const auto patience = patienceFor(*lease, std::max<Micros>(function.timeout * kSecond - used, 0));
    Event event;
    event.requestId = invocation.requestId;
    event.payload = invocation.payload;
    event.functionArn = function.arn() + invocation.arnSuffix;
    event.traceHeader = traceHeaderOf(work, report.lineage);
    event.clientContext = invocation.clientContext;
    event.stream = invocation.stream;
    event.deadlineMillis = (realMicros() + patience) / kMillisecond;
    lease->writeLog(PlatformLog(function, m_clock, lease->isProvisioned(), lease->isHeard())
                        .start(event.requestId, event.functionArn, event.traceHeader));
    report.traceHeader = event.traceHeader;
    const auto began = steadyMicros();
    auto answer = lease->serve(event, patience);
    report.duration = used + steadyMicros() - began;
    if (answer.kind == Kind::TimedOut)
        work.step("Time-out",
            "It ran for " + millis(report.duration) + " ms and may run for "
                + std::to_string(function.timeout) + " s",
            trace::Verdict::Fail);
    return answer;
}

}
