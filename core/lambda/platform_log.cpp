#include "core/lambda/platform_log.h"

#include "core/base/time_format.h"
#include "core/lambda/runtime_catalog.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace core::lambda {

// Records keep the order that AWS writes their members in.
using Record = nlohmann::ordered_json;

namespace {

// Milliseconds to three places.
double rounded(Micros length)
{
    return static_cast<double>(length) / 1000;
}

std::string statusOf(const Report& report)
{
    return report.status.empty() ? "success" : report.status;
}

// "Root=…;Parent=53995c3f42cd8ad8;Sampled=1", whose parent is the span that the function's calls belong to.
Record tracingOf(std::string_view header)
{
    constexpr std::string_view kParent = "Parent=";
    const auto at = header.find(kParent);
    const auto span = at == header.npos ? std::string_view() : header.substr(at + kParent.size());
    return {{"spanId", span.substr(0, span.find(';'))}, {"type", "X-Amzn-Trace-Id"}, {"value", header}};
}

// What a runtime calls its error need not be text.
std::string dumped(const Record& record)
{
    return record.dump(-1, ' ', false, Record::error_handler_t::replace);
}

}

// AWS's table "system log level event mapping" decides the levels; who subscribed hears everything.
PlatformEvent PlatformLog::event(
    std::string_view type, Level level, const Record& body, std::string text) const
{
    const auto least = m_function.systemLevel == "DEBUG" ? Level::Debug
        : m_function.systemLevel == "WARN"               ? Level::Warn
                                                         : Level::Info;
    PlatformEvent event;
    const auto record = dumped(body);
    if (!m_function.jsonLogs)
        event.line = std::move(text);
    else if (level >= least)
        event.line = R"({"time":")" + iso8601Millis(m_clock.now()) + R"(","type":"platform.)"
            + std::string(type) + R"(","record":)" + record + "}\n";
    if (m_heard) {
        event.type = "platform." + std::string(type);
        event.record = record;
    }
    return event;
}

// Who subscribed hears of every call's trace; the log names it when X-Ray shows it.
PlatformEvent PlatformLog::traced(PlatformEvent told, std::string_view type, Level level, Record body,
    std::string_view traceHeader, bool shown) const
{
    if (traceHeader.empty())
        return told;
    body["tracing"] = tracingOf(traceHeader);
    auto whole = event(type, level, body, told.line);
    if (!shown)
        whole.line = std::move(told.line);
    return whole;
}

PlatformEvent PlatformLog::initStart(std::string_view phase) const
{
    if (!m_function.jsonLogs && !m_heard)
        return {lines::initStart(m_function)};
    const Record body = {{"initializationType", m_kind}, {"phase", phase},
        {"runtimeVersion", lines::runtimeVersion(m_function.runtime)},
        {"runtimeVersionArn", runtimeVersionArn(m_function.runtime, m_function.region)},
        {"functionName", m_function.name}, {"functionVersion", m_function.version}};
    return event("initStart", Level::Info, body, lines::initStart(m_function));
}

PlatformEvent PlatformLog::initRuntimeDone(
    std::string_view phase, std::string_view status, std::string_view errorType) const
{
    if (!m_function.jsonLogs && !m_heard)
        return {};
    Record body = {{"initializationType", m_kind}, {"phase", phase}, {"status", status}};
    if (!errorType.empty())
        body["errorType"] = errorType;
    return event("initRuntimeDone", status == "success" ? Level::Debug : Level::Warn, body, {});
}

PlatformEvent PlatformLog::initReport(
    std::string_view phase, Micros length, std::string_view status, std::string_view errorType) const
{
    const bool good = status == "success";
    auto text = good ? std::string() : lines::initReport(phase, length, status, errorType);
    if (!m_function.jsonLogs && !m_heard)
        return {std::move(text)};
    Record body = {{"initializationType", m_kind}, {"phase", phase}, {"status", status}};
    if (!errorType.empty())
        body["errorType"] = errorType;
    body["metrics"] = {{"durationMs", rounded(length)}};
    const auto fine = m_kind == "on-demand" ? Level::Debug : Level::Info;
    return event("initReport", good ? fine : Level::Warn, body, std::move(text));
}

PlatformEvent PlatformLog::start(
    std::string_view requestId, std::string_view arn, std::string_view traceHeader) const
{
    auto text = lines::start(requestId, m_function.version);
    if (!m_function.jsonLogs && !m_heard)
        return {std::move(text)};
    const Record body = {{"requestId", requestId}, {"functionArn", arn}, {"version", m_function.version}};
    auto told = event("start", Level::Info, body, std::move(text));
    if (m_heard && !traceHeader.empty()) {
        const Record heard = {
            {"requestId", requestId}, {"version", m_function.version}, {"tracing", tracingOf(traceHeader)}};
        told.record = dumped(heard);
    }
    return told;
}

PlatformEvent PlatformLog::extension(
    std::string_view name, std::string_view state, const std::vector<std::string_view>& events) const
{
    auto text = lines::extension(name, state, events);
    if (!m_function.jsonLogs && !m_heard)
        return {std::move(text)};
    const Record body = {{"name", name}, {"state", state}, {"events", events}};
    return event("extension", Level::Info, body, std::move(text));
}

// In words alone: JSON has the status of the report.
PlatformEvent PlatformLog::timedOut(std::string_view requestId) const
{
    PlatformEvent told;
    if (!m_function.jsonLogs)
        told.line = lines::timedOut(m_clock.now(), requestId, m_function.timeout);
    return told;
}

PlatformEvent PlatformLog::runtimeFault(
    std::string_view requestId, std::string_view message, std::string_view errorType) const
{
    const auto text = lines::runtimeFault(requestId, message, errorType);
    PlatformEvent told{m_function.jsonLogs ? std::string() : text};
    if (m_heard)
        told = {std::move(told.line), "platform.fault", dumped(Record(text))};
    return told;
}

PlatformEvent PlatformLog::runtimeDone(const Report& report, std::size_t producedBytes) const
{
    if (!m_function.jsonLogs && !m_heard)
        return {};
    Record body = {{"requestId", report.requestId}, {"status", statusOf(report)}};
    if (!report.errorType.empty())
        body["errorType"] = report.errorType;
    body["metrics"] = {{"durationMs", rounded(report.duration)}, {"producedBytes", producedBytes}};
    const auto level = report.status.empty() ? Level::Debug : Level::Warn;
    auto told = event("runtimeDone", level, body, {});
    return traced(std::move(told), "runtimeDone", level, std::move(body), report.traceHeader, report.sampled);
}

PlatformEvent PlatformLog::end(std::string_view requestId) const
{
    PlatformEvent told;
    if (!m_function.jsonLogs)
        told.line = lines::end(requestId);
    if (m_heard)
        told = {std::move(told.line), "platform.end", Record{{"requestId", requestId}}.dump()};
    return told;
}

PlatformEvent PlatformLog::report(const Report& report) const
{
    auto text = m_function.jsonLogs ? std::string() : lines::report(report);
    if (!m_function.jsonLogs && !m_heard)
        return {std::move(text)};
    Record metrics = {{"durationMs", rounded(report.duration)}, {"billedDurationMs", report.billedMillis()},
        {"memorySizeMB", report.memory}, {"maxMemoryUsedMB", report.peak}};
    if (report.init >= 0)
        metrics["initDurationMs"] = rounded(report.init);
    Record body = {{"requestId", report.requestId}, {"metrics", metrics}, {"status", statusOf(report)}};
    if (!report.errorType.empty())
        body["errorType"] = report.errorType;
    const auto level = report.status.empty() ? Level::Info : Level::Warn;
    auto told = event("report", level, body, std::move(text));
    return traced(std::move(told), "report", level, std::move(body), report.traceHeader, report.sampled);
}

}
