#pragma once

#include "core/aws/log_book.h"
#include "core/lambda/output_splitter.h"
#include "core/lambda/telemetry_api.h"

#include <mutex>
#include <string>

namespace core::lambda {

class ChildProcess;

// Of an invocation's log, what its caller gets.
inline constexpr std::size_t kTailBytes = 4096;

// What an environment's function, its extensions and the platform write: goes to the function's log, to those
// who listen to its telemetry, and the last 4 KB of an invocation to its caller. Owned by the environment;
// the process is its caller's to keep meanwhile. Any thread.
class EnvironmentOutput {
public:
    EnvironmentOutput(aws::LogBook& logs, aws::LogPlace place, const Clock& clock, TelemetryApi& telemetry);

    // An invocation begins: nothing of before is in tail().
    void begin();
    // A line of the platform's.
    void write(std::string line);
    std::string tail();

    // Take a part of what is there to read; false at the end of the pipe.
    bool readFunction(const ChildProcess& process);
    // `told`: the launcher has something to tell as well.
    bool readExtensions(const ChildProcess& process, bool& told);
    // Takes all that was written so far, within bounds; true when the launcher has something to tell.
    bool drain(const ChildProcess& process);
    // Lines that were begun count as whole: nobody will end them.
    void flush();

private:
    void take(std::vector<std::string> messages, std::string_view source);
    void emit(std::vector<std::string> messages);
    bool takeFunction(const ChildProcess& process);
    bool takeExtensions(const ChildProcess& process, bool& told);

    aws::LogBook& m_logs;
    const aws::LogPlace m_place;
    const Clock& m_clock;
    TelemetryApi& m_telemetry;
    std::mutex m_mutex;
    OutputSplitter m_function;
    OutputSplitter m_extensions;
    std::string m_tail;
};

}
