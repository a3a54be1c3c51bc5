#include "core/lambda/invoker.h"

#include "core/aws/json_text.h"
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
    return aws::writeJson({{"errorType", type}, {"errorMessage", message}});
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

// How an event ended on its environment.
struct Ending {
    Kind kind = Kind::Ready;
    KeeperCause cause = KeeperCause::None;
    bool started = false;
    std::string fault; // of programs that ended by themselves

    bool hasFailed() const { return kind == Kind::TimedOut || kind == Kind::Exited || !started; }
    const char* reason() const { return kind == Kind::TimedOut ? "timeout" : "failure"; }
};

Ending endingOf(const RuntimeAnswer& answer, bool started)
{
    return {
        answer.kind, answer.cause, started, answer.kind == Kind::Exited ? exitText(answer) : std::string()};
}

// Into the log and the report.
void writeEnding(Environment& environment, const PlatformLog& platform, const Ending& ending,
    const InvocationOutcome& outcome, Report& report)
{
    if (ending.kind == Kind::TimedOut) {
        environment.writeLog(platform.timedOut(report.requestId));
        report.status = "timeout";
    } else if (ending.kind == Kind::Exited || !ending.started) {
        report.status = "error";
        report.errorType = outcome.errorType;
    }
    if (ending.kind == Kind::Exited)
        environment.writeLog(platform.runtimeFault(report.requestId, ending.fault, outcome.errorType));
}

void noteCause(trace::SpanScope& span, KeeperCause cause, int memory)
{
    if (cause == KeeperCause::Memory)
        span.step("Out of memory",
            "Its processes used more than " + std::to_string(memory) + " MB together and were killed",
            trace::Verdict::Fail);
    else if (cause == KeeperCause::Processes)
        span.step(
            "Too many processes", "More than 1,024 processes and threads: killed", trace::Verdict::Fail);
}

// Gives the log's tail. Extensions that work on keep no caller waiting, as on AWS.
std::string conclude(EnvironmentLease& lease, InvocationEnd end, bool settles)
{
    const bool goesOn = settles && lease->hasBusyExtensions();
    if (!goesOn)
        end.conclude(*lease);
    auto tail = goesOn ? end.tail(*lease) : lease->tail();
    if (settles)
        // The pool holds the environment meanwhile.
        lease.whenSettled(goesOn, [&environment = *lease, end](const RuntimeAnswer& how) {
            InvocationEnd(end).settle(environment, how);
        });
    return tail;
}

void endPrograms(EnvironmentLease& lease, const Ending& ending, trace::SpanScope& span)
{
    if (ending.started && ending.cause == KeeperCause::None && lease->reset(ending.reason()))
        span.step("The environment is reset",
            "Its programs end and start anew with the next event; what lies in /tmp stays, as on AWS");
    else
        lease->spinDown(ending.reason());
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
        if (auto outcome = runOn(lease, invocation, *lineage, span)) {
            outcome->executedVersion = function->version;
            return *std::move(outcome);
        }
        // A warm environment whose process ended between two events: on AWS too, the event goes to another
        // one.
        lease->end();
        span.step("Environment " + lease->id().substr(0, 8) + " had ended before the event reached it",
            "Its process exited after its last invocation: takes another environment", trace::Verdict::Warn);
    }
}

std::optional<InvocationOutcome> Invoker::runOn(EnvironmentLease& lease, const Invocation& invocation,
    const aws::Lineage& lineage, trace::SpanScope& span)
{
    const auto function = lease->function();
    const PlatformLog platform(*function, m_clock, lease->isProvisioned(), lease->isHeard());
    Report report;
    report.requestId = invocation.requestId;
    report.memory = function->memory;
    report.lineage = lineage.text();
    report.sampled = function->tracing == "Active" && span.recording();
    if (report.sampled)
        report.traceHeader = traceHeaderOf(span, report.lineage);
    lease->beginLog();
    auto answer = makeReady(lease, platform, invocation, span, report);
    const bool started = answer.kind == Kind::Ready;
    if (started)
        answer = serve(lease, invocation, span, report);
    if (started && !lease.isCold() && !answer.delivered && answer.kind == Kind::Exited)
        return std::nullopt;

    const auto ending = endingOf(answer, started);
    auto outcome = outcomeOf(std::move(answer), *function, invocation.requestId);
    lease->drainOutput();
    writeEnding(*lease, platform, ending, outcome, report);
    noteCause(span, ending.cause, function->memory);
    report.peak = lease->peakMegabytes();
    lease->writeLog(platform.runtimeDone(report, outcome.payload.size()));
    outcome.logTail = conclude(lease,
        InvocationEnd(m_clock, m_metrics, report, invocation.arnSuffix, !outcome.functionError.empty()),
        !ending.hasFailed());
    if (ending.hasFailed())
        endPrograms(lease, ending, span);
    describe(span, outcome);
    m_history.add(function->key(),
        {invocation.requestId, span.trackId(), lease->id(), lease->logPlace().stream, outcome.errorType,
            m_clock.now(), report.duration, report.init, report.billedMillis(), report.peak, report.memory,
            invocation.asynchronous});
    return outcome;
}

// Ready when the event can be served. What AWS starts within the invocation counts as its duration.
RuntimeAnswer Invoker::makeReady(EnvironmentLease& lease, const PlatformLog& platform,
    const Invocation& invocation, trace::SpanScope& span, Report& report)
{
    RuntimeAnswer answer;
    answer.kind = Kind::Ready;
    if (lease.isCold()) {
        auto start = startUp(lease, span, true);
        answer = std::move(start.answer);
        if (start.suppressed || answer.kind != Kind::Ready)
            report.duration = start.length;
        else
            report.init = start.length;
    } else if (lease->isDown()) {
        auto init = span.child("lambda", "init", lease->function()->name, trace::SpanKind::ColdStart);
        init.step("Starts anew in its environment",
            "It was reset after its last invocation: the start is part of this one, and /tmp is as it was");
        answer = startAnew(lease, init, report.duration);
    }
    if (answer.kind != Kind::Ready)
        lease->writeLog(
            platform.start(invocation.requestId, lease->function()->arn() + invocation.arnSuffix));
    return answer;
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

RuntimeAnswer Invoker::serve(
    EnvironmentLease& lease, const Invocation& invocation, trace::SpanScope& span, Report& report)
{
    const auto& function = *lease->function();
    const auto used = report.duration; // by a start within the invocation
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
