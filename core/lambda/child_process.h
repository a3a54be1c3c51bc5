#pragma once

#include "core/base/result.h"
#include "core/lambda/keeper/keeper_page.h"

#include <atomic>
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
    std::filesystem::path keeper; // the program that keeps it
    int memory = 0; // MB that all of its processes may use together, 0 for no limit
    std::vector<std::filesystem::path> groups = {}; // control groups that it is to stand in
    bool unified = false; // they are of version 2
    // How many programs stand between the keeper and the runtime; the last of them is a launcher.
    int depth = 0;
};

// A program below a keeper (keeper/keeper.cpp), with standard output and error (and descriptor 3) on one
// pipe. The program has a process group of its own; it and all it ever started are killed when this object
// dies, and when the chamber does. kill(), freeze(), thaw(), terminate(), setNice(), peakMegabytes() and
// hasRuntimeEnded() may be called from any thread, the rest from the starting one.
class ChildProcess {
public:
    static Result<std::unique_ptr<ChildProcess>> start(const ChildCommand& command);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    int output() const { return m_output; } // non-blocking read end
    // The same of the extensions that a launcher starts; -1 without one.
    int extensionOutput() const { return m_extensionOutput; }
    // A descriptor that becomes readable when the program and all that belongs to it has ended.
    int exitSignal() const { return m_exit; }
    // The runtime's own process, 0 when there is none.
    pid_t pid() const;

    void kill();
    // Stops all of its processes where they are; thaw() lets them go on.
    void freeze();
    void thaw();
    // The runtime was held back until its extensions had registered.
    void letStart() { m_page->go = 1; }
    // Under a launcher: the program has ended, and may be started anew in its place.
    bool hasProgramEnded() const
    {
        return m_depth > 0 && m_page->ended != 0 && m_page->begun == m_page->round;
    }
    int programStatus() const { return m_page->status; }
    bool mayBeRenewed() const { return m_depth > 0; }
    // All of its processes have ended, too, and nothing runs until renew().
    bool isResting() const { return m_page->rested == m_page->round; }
    // Kills the runtime alone, or gives up its start where it waits for its extensions still.
    void killProgram();
    void renew();
    // Asks the runtime to end, SIGTERM; extensions may go on until kill().
    void terminate();
    // How much less of the processor it gets when others want it too: 0 to 19, and never back.
    void setNice(int value);

    // Collects the ended program: waitpid's status.
    int reap();
    KeeperCause cause() const { return static_cast<KeeperCause>(m_page->cause.load()); }
    // waitpid's status of the extension that ended the environment; -1 when none did.
    int extensionStatus() const { return m_page->extensionStatus; }
    // errno of an extension that could not be started, 0 for none; and which one that was.
    int extensionError() const { return m_page->extensionError; }
    std::size_t extensionNumber() const { return static_cast<std::size_t>(m_page->extensionNumber.load()); }
    // errno of a program that could not be started, 0 for one that was.
    int execError() const { return m_page->execError; }
    // Peak memory in MB of all processes together.
    int peakMegabytes() const;
    // The runtime's own process is gone, though what keeps it may stand still and not know. After
    // peakMegabytes().
    bool hasRuntimeEnded() const;

private:
    ChildProcess(pid_t keeper, int output, int extensionOutput, int exit, int control, KeeperPage* page,
        const ChildCommand& command);
    void tell(KeeperWord word);

    const pid_t m_keeper;
    const int m_output;
    const int m_extensionOutput;
    const int m_exit;
    const int m_control;
    KeeperPage* const m_page;
    const int m_depth;
    mutable std::atomic<pid_t> m_runtime = 0; // once peakMegabytes() has found it
    std::mutex m_mutex; // a reaped pid may belong to someone else
    bool m_reaped = false;
};

}
