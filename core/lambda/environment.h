#pragma once

#include "core/lambda/child_process.h"
#include "core/lambda/function.h"
#include "core/lambda/log_writer.h"
#include "core/lambda/output_splitter.h"
#include "core/lambda/runtime_api.h"
#include "core/lambda/runtime_environment.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace core::lambda {

enum class EnvironmentState { Starting, Idle, Busy, Ended };

// An environment as the workbench shows it.
struct EnvironmentView {
    std::string id;
    EnvironmentState state = EnvironmentState::Starting;
    int invocations = 0;
    Micros started = 0; // chamber's clock
    Micros lastUsed = 0; // chamber's clock
    Micros init = 0; // real length
    int pid = 0;
    std::string logStream;
    std::string version;
    bool provisioned = false;
};

// What an environment is given by the pool that owns it; all of it outlives the environment.
struct EnvironmentParts {
    http::Server& server;
    const Clock& clock;
    LogWriter& logs;
    std::filesystem::path chamber; // its folder
    std::filesystem::path runtimes;
    std::string endpoint;
    bool provisioned = false; // kept warm for its version until that is asked no more
};

// One execution environment: a child process, the Runtime API that it alone speaks to, and its output. A
// thread of its own starts the process, reads its output and collects it; `ended` is called from there as the
// last thing. One invocation at a time; the pool sees to that. end() and view() may be called from any
// thread.
class Environment : public std::enable_shared_from_this<Environment> {
public:
    Environment(const EnvironmentParts& parts, std::shared_ptr<const Function> function);
    ~Environment();

    const std::string& id() const { return m_id; }
    const std::shared_ptr<const Function>& function() const { return m_function; }
    const LogTarget& logTarget() const { return m_target; }
    bool isProvisioned() const { return m_parts.provisioned; }

    // Starts the process; `ended` is called once, also when this fails.
    Result<> launch(std::function<void()> ended);
    RuntimeAnswer awaitInit(Micros patience);
    RuntimeAnswer serve(const Event& event, Micros patience);
    // Kills the process and all it has started.
    void end();

    // Log lines of an invocation: begin, then what the function writes and lines of the platform; tail() is
    // the last 4 KB of them.
    void beginLog();
    void writeLog(std::string line);
    // Takes what the function has written so far.
    void drainOutput();
    std::string tail();

    int peakMegabytes() const;
    // It has ended, or end() was called.
    bool hasEnded() const;

    // Kept by the pool, under its lock.
    EnvironmentState state = EnvironmentState::Starting;
    int invocations = 0;
    bool served = true; // it was given an event
    Micros lastUsed = 0;
    EnvironmentView view() const;
    void setInit(Micros length) { m_init = length; }

private:
    void run();
    void watch();
    bool readSome();
    void emit(std::vector<std::string> messages);

    const EnvironmentParts m_parts;
    const std::shared_ptr<const Function> m_function;
    const std::string m_id;
    const LogTarget m_target;
    const Micros m_started;
    std::atomic<Micros> m_init = 0;

    RuntimeApi m_api;
    std::unique_ptr<http::Listener> m_listener;
    mutable std::mutex m_processMutex;
    std::unique_ptr<ChildProcess> m_process;
    int m_pid = 0;
    bool m_wantedEnd = false;
    bool m_hasEnded = false;
    ChildCommand m_command;
    std::function<void()> m_ended;

    std::mutex m_outputMutex;
    OutputSplitter m_splitter;
    std::string m_tail;
};

}
