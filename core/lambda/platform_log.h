#pragma once

#include "core/lambda/log_lines.h"

namespace core::lambda {

// What the platform writes into a function's log about an environment and its invocations: lines of text or
// JSON records, as the function's logging configuration says; "" where its level leaves a record out or its
// format has none. A value; times are the chamber's.
class PlatformLog {
public:
    PlatformLog(const Function& function, const Clock& clock, bool provisioned)
        : m_function(function)
        , m_clock(clock)
        , m_kind(provisioned ? "provisioned-concurrency" : "on-demand")
    {
    }

    std::string initStart() const;
    // `phase`: "init", or "invoke" of a start that is part of an invocation; `status`: "success", "error",
    // "timeout". On AWS a start that went well has these in JSON alone.
    std::string initRuntimeDone(
        std::string_view phase, std::string_view status, std::string_view errorType = {}) const;
    std::string initReport(std::string_view phase, Micros length, std::string_view status,
        std::string_view errorType = {}) const;
    std::string start(std::string_view requestId, std::string_view arn) const;
    std::string timedOut(std::string_view requestId) const;
    std::string runtimeFault(
        std::string_view requestId, std::string_view message, std::string_view errorType) const;
    std::string runtimeDone(const Report& report, std::size_t producedBytes) const;
    std::string end(std::string_view requestId) const;
    std::string report(const Report& report) const;

private:
    enum class Level { Debug, Info, Warn };
    std::string record(std::string_view type, Level level, std::string record) const;

    const Function& m_function;
    const Clock& m_clock;
    std::string_view m_kind;
};

}
