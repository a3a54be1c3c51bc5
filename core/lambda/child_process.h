#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <sys/types.h>

namespace core::lambda {

struct ChildCommand {
    std::filesystem::path program;
    std::vector<std::string> arguments; // without the program's name
    std::vector<std::string> environment; // "NAME=value", all of it
    std::filesystem::path folder; // where it starts
};

// A program in a process group of its own, with standard output and error (and descriptor 3) on one pipe. It
// is killed with its group when this object dies, and by the kernel when the thread that started it ends:
// start it from a thread that outlives it. kill() may be called from any thread, the rest from the starting
// one.
class ChildProcess {
public:
    static Result<std::unique_ptr<ChildProcess>> start(const ChildCommand& command);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    pid_t pid() const { return m_pid; }
    int output() const { return m_output; } // non-blocking read end
    int exitSignal() const { return m_exit; } // a descriptor that becomes readable when the program has ended

    void kill();
    // Collects the ended program: waitpid's status. Kills what is left of its group.
    int reap();
    // Peak memory in MB, 0 when it has ended.
    int peakMegabytes() const;

private:
    ChildProcess(pid_t pid, int output, int exit);

    const pid_t m_pid;
    const int m_output;
    const int m_exit;
    std::mutex m_mutex; // a reaped pid may belong to someone else
    bool m_reaped = false;
};

}
