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

}

// AWS's table "system log level event mapping" decides the levels.
std::string PlatformLog::record(std::string_view type, Level level, std::string body) const
{
    const auto least = m_function.systemLevel == "DEBUG" ? Level::Debug
        : m_function.systemLevel == "WARN"               ? Level::Warn
                                                         : Level::Info;
    if (level < least)
        return {};
    return R"({"time":")" + iso8601Millis(m_clock.now()) + R"(","type":"platform.)" + std::string(type)
        + R"(","record":)" + body + "}\n";
}

std::string PlatformLog::initStart() const
{
    if (!m_function.jsonLogs)
        return lines::initStart(m_function);
    const Record body = {{"initializationType", m_kind}, {"phase", "init"},
        {"runtimeVersion", lines::runtimeVersion(m_function.runtime)},
        {"runtimeVersionArn", runtimeVersionArn(m_function.runtime, m_function.region)},
        {"functionName", m_function.name}, {"functionVersion", m_function.version}};
    return record("initStart", Level::Info, body.dump());
}

std::string PlatformLog::initRuntimeDone(
    std::string_view phase, std::string_view status, std::string_view errorType) const
{
    if (!m_function.jsonLogs)
        return {};
    Record body = {{"initializationType", m_kind}, {"phase", phase}, {"status", status}};
    if (!errorType.empty())
        body["errorType"] = errorType;
    return record("initRuntimeDone", status == "success" ? Level::Debug : Level::Warn, body.dump());
}

std::string PlatformLog::initReport(
    std::string_view phase, Micros length, std::string_view status, std::string_view errorType) const
{
    const bool good = status == "success";
    if (!m_function.jsonLogs)
        return good ? std::string() : lines::initReport(length, status, errorType);
    Record body = {{"initializationType", m_kind}, {"phase", phase}, {"status", status}};
    if (!errorType.empty())
        body["errorType"] = errorType;
    body["metrics"] = {{"durationMs", rounded(length)}};
    const auto fine = m_kind == "on-demand" ? Level::Debug : Level::Info;
    return record("initReport", good ? fine : Level::Warn, body.dump());
}

std::string PlatformLog::start(std::string_view requestId, std::string_view arn) const
{
    if (!m_function.jsonLogs)
        return lines::start(requestId, m_function.version);
    const Record body = {{"requestId", requestId}, {"functionArn", arn}, {"version", m_function.version}};
    return record("start", Level::Info, body.dump());
}

std::string PlatformLog::timedOut(std::string_view requestId) const
{
    return m_function.jsonLogs ? std::string()
                               : lines::timedOut(m_clock.now(), requestId, m_function.timeout);
}

std::string PlatformLog::runtimeFault(
    std::string_view requestId, std::string_view message, std::string_view errorType) const
{
    return m_function.jsonLogs ? std::string() : lines::runtimeFault(requestId, message, errorType);
}

std::string PlatformLog::runtimeDone(const Report& report, std::size_t producedBytes) const
{
    if (!m_function.jsonLogs)
        return {};
    Record body = {{"requestId", report.requestId}, {"status", statusOf(report)}};
    if (!report.errorType.empty())
        body["errorType"] = report.errorType;
    body["metrics"] = {{"durationMs", rounded(report.duration)}, {"producedBytes", producedBytes}};
    return record("runtimeDone", report.status.empty() ? Level::Debug : Level::Warn, body.dump());
}

std::string PlatformLog::end(std::string_view requestId) const
{
    return m_function.jsonLogs ? std::string() : lines::end(requestId);
}

std::string PlatformLog::report(const Report& report) const
{
    if (!m_function.jsonLogs)
        return lines::report(report);
    Record metrics = {{"durationMs", rounded(report.duration)}, {"billedDurationMs", report.billedMillis()},
        {"memorySizeMB", report.memory}, {"maxMemoryUsedMB", report.peak}};
    if (report.init >= 0)
        metrics["initDurationMs"] = rounded(report.init);
    Record body = {{"requestId", report.requestId}, {"metrics", metrics}, {"status", statusOf(report)}};
    if (!report.errorType.empty())
        body["errorType"] = report.errorType;
    return record("report", report.status.empty() ? Level::Info : Level::Warn, body.dump());
}

}
