#pragma once

#include "core/lambda/log_lines.h"

#include <nlohmann/json_fwd.hpp>

namespace core::lambda {

// Something that the platform tells of an environment: what its log shows, "" for nothing, and what those
// hear who subscribed to its telemetry; no type when they hear nothing, or when nobody listens.
struct PlatformEvent {
    std::string line;
    std::string type = {}; // "platform.start"
    std::string record = {}; // JSON text
};

// What the platform tells about an environment and its invocations. In the log these are lines of text or
// JSON records, as the function's logging configuration says; "" where its level leaves a record out or its
// format has none. A value; times are the chamber's.
class PlatformLog {
public:
    // `heard`: somebody may listen to the telemetry.
    PlatformLog(const Function& function, const Clock& clock, bool provisioned, bool heard)
        : m_function(function)
        , m_clock(clock)
        , m_kind(provisioned ? "provisioned-concurrency" : "on-demand")
        , m_heard(heard)
    {
    }

    PlatformEvent initStart(std::string_view phase) const;
    // `phase`: "init", or "invoke" of a start that is part of an invocation; `status`: "success", "error",
    // "timeout". On AWS a start that went well has these in JSON alone.
    PlatformEvent initRuntimeDone(
        std::string_view phase, std::string_view status, std::string_view errorType = {}) const;
    PlatformEvent initReport(std::string_view phase, Micros length, std::string_view status,
        std::string_view errorType = {}) const;
    PlatformEvent start(
        std::string_view requestId, std::string_view arn, std::string_view traceHeader = {}) const;
    PlatformEvent extension(
        std::string_view name, std::string_view state, const std::vector<std::string_view>& events) const;
    PlatformEvent timedOut(std::string_view requestId) const;
    PlatformEvent runtimeFault(
        std::string_view requestId, std::string_view message, std::string_view errorType) const;
    PlatformEvent runtimeDone(const Report& report, std::size_t producedBytes) const;
    PlatformEvent end(std::string_view requestId) const;
    PlatformEvent report(const Report& report) const;

private:
    enum class Level { Debug, Info, Warn };
    PlatformEvent event(
        std::string_view type, Level level, const nlohmann::ordered_json& body, std::string text) const;
    PlatformEvent traced(PlatformEvent told, std::string_view type, Level level, nlohmann::ordered_json body,
        std::string_view traceHeader, bool shown) const;

    const Function& m_function;
    const Clock& m_clock;
    std::string_view m_kind;
    const bool m_heard;
};

}
