#pragma once

#include "core/aws/log_book.h"
#include "core/lambda/alarm.h"
#include "core/lambda/child_process.h"
#include "core/lambda/control_group.h"
#include "core/lambda/debug_book.h"
#include "core/lambda/environment_output.h"
#include "core/lambda/function.h"
#include "core/lambda/platform_log.h"
#include "core/lambda/runtime_api.h"
#include "core/lambda/runtime_environment.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace core::lambda {

// Frozen is shown, and kept as Idle: an environment that waits is stopped. One that settles has answered its
// event and is not done with it.
enum class EnvironmentState { Starting, Idle, Busy, Settling, Frozen, Ended };

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
    bool frozen = false;
    bool enclosed = false; // in a sandbox
};

// What an environment is given by the pool that owns it; all of it outlives the environment.
struct EnvironmentParts {
    http::Server& server;
    const Clock& clock;
    aws::LogBook& logs;
    std::filesystem::path chamber; // its folder
    std::filesystem::path runtimes;
    std::string endpoint;
    bool provisioned = false; // kept warm for its version until that is asked no more
    std::optional<DebugWish> debug = {};
    const ControlGroups* groups = nullptr; // null for none
    std::function<std::string()> traceDaemon = {}; // asked for functions with tracing
};

// One execution environment: a child process, the Runtime API that it alone speaks to, and its output. A
// thread of its own starts the process, reads its output and collects it; `ended` is called from there as the
// last thing. One invocation at a time; the pool sees to that. All but that may be called from any thread.
//
// environment.cpp has its life from the start to the end, environment_rest.cpp what is between two events.
class Environment : public std::enable_shared_from_this<Environment> {
public:
    Environment(const EnvironmentParts& parts, std::shared_ptr<const Function> function);
    ~Environment();

    const std::string& id() const { return m_id; }
    const std::shared_ptr<const Function>& function() const { return m_function; }
    const aws::LogPlace& logPlace() const { return m_logPlace; }
    bool isProvisioned() const { return m_parts.provisioned; }
    // A debugger may stop it: nothing times out, and it is never frozen.
    const std::optional<DebugWish>& debug() const { return m_parts.debug; }

    // Starts the process; `ended` is called once, also when this fails.
    Result<> launch(std::function<void()> ended);
    RuntimeAnswer awaitInit(Micros patience);
    RuntimeAnswer serve(const Event& event, Micros patience);
    // Kills the process and all it has started.
    void end();
    // The same, after extensions have had their time to end (AWS's shutdown phase): none when there are none.
    void spinDown(std::string_view reason = "spindown");

    // After an invocation that failed with its runtime: true when the environment stays, with what lies in
    // its /tmp, and only its programs end; extensions hear why. restart() starts them anew.
    bool reset(std::string_view reason);
    bool isDown() const { return m_down; }
    // Its extensions have ended, too, which may take them two seconds.
    bool awaitRest();
    RuntimeAnswer restart(Micros patience);

    // Between two events everything in it stands still: rest() stops its processes a moment after the runtime
    // has asked for its next event, unless that comes first; serve() lets them go on. freeze() and thaw() do
    // so at once, as the user wishes.
    void rest();
    void freeze();
    void thaw();
    bool isFrozen() const { return m_frozen; }
    // AWS's Invoke phase: an event is done with when the runtime and the extensions that hear of it have
    // asked for the next one, which may be after the answer, but within the function's time-out. `settled` is
    // called once: at once when that is so already; else on a thread of the server's, or, when it is told
    // `apart`, always on this environment's own, which may wait. What it is told is Ready, TimedOut, or
    // Exited with all that is known of that.
    using Settled = std::function<void(const RuntimeAnswer&)>;
    void settle(bool apart, Settled settled);
    // Of those that hear of events: there are any, and one of them works on.
    bool hasExtensions() { return m_api.extensions().hearOfEvents(); }
    bool hasBusyExtensions() { return m_api.extensions().areBusy(); }

    // Once launched: what runs the function, and what holds it in, in words.
    const std::string& program() const { return m_program; }
    const std::string& isolation() const { return m_isolation; }

    // Log lines of an invocation: begin, then what the function writes and lines of the platform; tail() is
    // the last 4 KB of them.
    void beginLog() { m_output.begin(); }
    void writeLog(std::string line) { m_output.write(std::move(line)); }
    // The line, and what those hear who listen to the telemetry.
    void writeLog(PlatformEvent event);
    // Somebody listens, or may still come to.
    bool isHeard() const { return m_telemetry.isHeard(); }
    // Takes what the function has written so far.
    void drainOutput();
    std::string tail() { return m_output.tail(); }

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
    Result<> prepare();
    Result<> startThread();
    void enterGroup();
    void run();
    RuntimeAnswer runProcess();
    void watch();
    void extensionsRegistered();
    void noteProgramEnd();

    void runtimeWaits();
    void freezeSoon();
    void setFrozen(bool wanted);
    bool hasRuntimeEnded() const;
    Micros lookAtPlans();
    void settleNow(std::optional<RuntimeAnswer> end = {});

    const EnvironmentParts m_parts;
    const std::shared_ptr<const Function> m_function;
    const std::string m_id;
    const aws::LogPlace m_logPlace;
    const Micros m_started;
    std::atomic<Micros> m_init = 0;

    TelemetryApi m_telemetry;
    EnvironmentOutput m_output;
    RuntimeApi m_api;
    std::unique_ptr<http::Listener> m_listener;
    mutable std::mutex m_processMutex;
    std::unique_ptr<ChildProcess> m_process;
    bool m_wantedEnd = false;
    bool m_hasEnded = false;
    ChildCommand m_command;
    std::unique_ptr<ControlGroup> m_group;
    std::filesystem::path m_hosts; // its file, empty for none
    std::string m_program;
    std::string m_isolation;
    int m_peak = 0; // MB, when it has ended
    std::function<void()> m_ended;

    std::mutex m_restMutex; // taken before those of the process and of the API
    Alarm m_alarm; // its thread's, for the moments below: real, 0 for never
    Micros m_freezeAt = 0; // when it is to stand still
    Micros m_phaseBy = 0; // when the function's time is over
    Micros m_endBy = 0; // when what still runs is killed
    bool m_resting = false;
    Settled m_settled; // while it settles
    bool m_settlesApart = false;
    std::atomic<bool> m_frozen = false;
    std::atomic<bool> m_down = false; // its programs have ended, or are to
};

}
