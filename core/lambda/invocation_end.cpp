#include "core/lambda/invocation_end.h"

#include "core/lambda/runtime_exit.h"

namespace core::lambda {

InvocationEnd::InvocationEnd(
    const Clock& clock, FunctionMetrics& metrics, Report report, std::string arnSuffix, bool failed)
    : m_clock(clock)
    , m_metrics(metrics)
    , m_report(std::move(report))
    , m_arnSuffix(std::move(arnSuffix))
    , m_failed(failed)
    , m_answered(steadyMicros())
{
}

PlatformLog InvocationEnd::logOf(Environment& environment) const
{
    return {*environment.function(), m_clock, environment.isProvisioned(), environment.isHeard()};
}

std::string InvocationEnd::tail(Environment& environment) const
{
    const auto platform = logOf(environment);
    auto text = environment.tail();
    for (const auto& event : {platform.end(m_report.requestId), platform.report(m_report)}) {
        text += event.line;
        if (!event.line.empty() && !event.line.ends_with('\n'))
            text += '\n';
    }
    return text.size() > kTailBytes ? text.substr(text.size() - kTailBytes) : text;
}

void InvocationEnd::conclude(Environment& environment)
{
    const auto platform = logOf(environment);
    environment.writeLog(platform.end(m_report.requestId));
    environment.writeLog(platform.report(m_report));
    std::optional<Micros> after;
    if (environment.hasExtensions())
        after = steadyMicros() - m_answered;
    m_metrics.ended(*environment.function(), m_arnSuffix, m_report.duration, m_failed, after);
    m_concluded = true;
}

void InvocationEnd::settle(Environment& environment, const RuntimeAnswer& end)
{
    const bool late = end.kind == RuntimeAnswer::Kind::TimedOut;
    const bool exited = end.kind == RuntimeAnswer::Kind::Exited;
    const auto platform = logOf(environment);
    if (!m_concluded) {
        environment.drainOutput();
        m_report.duration += steadyMicros() - m_answered;
        m_report.peak = environment.peakMegabytes();
    }
    if (late) {
        environment.writeLog(platform.timedOut(m_report.requestId));
        m_report.status = "timeout";
    }
    if (exited && !m_concluded) {
        m_report.status = "error";
        m_report.errorType = exitType(end);
        environment.writeLog(platform.runtimeFault(m_report.requestId, exitText(end), m_report.errorType));
    }
    if (!m_concluded)
        conclude(environment);
    if (!late && !exited)
        return;
    const auto* reason = late ? "timeout" : "failure";
    if (end.cause != KeeperCause::None || !environment.reset(reason))
        environment.spinDown(reason);
}

}
