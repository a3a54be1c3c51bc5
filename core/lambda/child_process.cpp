#include "core/lambda/child_process.h"

#include "core/lambda/errors.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace core::lambda {

namespace {

constexpr int kTelemetryFd = 3;

std::vector<char*> pointers(std::vector<std::string>& texts)
{
    std::vector<char*> list;
    for (auto& text : texts)
        list.push_back(text.data());
    list.push_back(nullptr);
    return list;
}

struct Prepared {
    const char* program;
    const char* folder;
    char* const* arguments;
    char* const* environment;
    int output;
    pid_t parent;
};

// Runs in the child of a threaded program: system calls only, no memory, no locks.
[[noreturn]] void becomeProgram(const Prepared& prepared)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != prepared.parent)
        _exit(1);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    signal(SIGPIPE, SIG_DFL);
    const int nothing = open("/dev/null", O_RDONLY);
    dup2(nothing, STDIN_FILENO);
    // The pipe's own descriptor may be 3, which dup2 then leaves as it is, with its close-on-exec flag.
    dup2(prepared.output, STDOUT_FILENO);
    dup2(prepared.output, STDERR_FILENO);
    if (prepared.output == kTelemetryFd)
        fcntl(kTelemetryFd, F_SETFD, 0);
    else
        dup2(prepared.output, kTelemetryFd);
    // Sockets and files of the chamber must not live on in a function.
    syscall(SYS_close_range, kTelemetryFd + 1, ~0u, 0);
    if (chdir(prepared.folder) == 0)
        execve(prepared.program, prepared.arguments, prepared.environment);
    _exit(errno == ENOENT ? 127 : 126);
}

Error startError(const ChildCommand& command, int number)
{
    return errors::io(command.program.string() + " cannot be started: " + std::strerror(number));
}

}

ChildProcess::ChildProcess(pid_t pid, int output, int exit)
    : m_pid(pid)
    , m_output(output)
    , m_exit(exit)
{
}

ChildProcess::~ChildProcess()
{
    kill();
    reap();
    close(m_output);
    close(m_exit);
}

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const ChildCommand& command)
{
    auto arguments = command.arguments;
    arguments.insert(arguments.begin(), command.program.string());
    auto environment = command.environment;
    const auto argumentList = pointers(arguments);
    const auto environmentList = pointers(environment);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return fail(startError(command, errno));
    const Prepared prepared{command.program.c_str(), command.folder.c_str(), argumentList.data(),
        environmentList.data(), ends[1], getpid()};
    const pid_t pid = fork();
    if (pid == 0)
        becomeProgram(prepared);
    const int forkError = errno;
    close(ends[1]);
    const int exit = pid > 0 ? static_cast<int>(syscall(SYS_pidfd_open, pid, 0)) : -1;
    if (exit < 0) {
        const int number = pid < 0 ? forkError : errno;
        close(ends[0]);
        if (pid > 0) {
            ::kill(pid, SIGKILL);
            waitpid(pid, nullptr, 0);
        }
        return fail(startError(command, number));
    }
    setpgid(pid, pid);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return std::unique_ptr<ChildProcess>(new ChildProcess(pid, ends[0], exit));
}

void ChildProcess::kill()
{
    const std::lock_guard guard(m_mutex);
    if (m_reaped)
        return;
    ::kill(-m_pid, SIGKILL);
    // Between fork and setpgid there is no group yet.
    ::kill(m_pid, SIGKILL);
}

int ChildProcess::reap()
{
    {
        const std::lock_guard guard(m_mutex);
        if (m_reaped)
            return 0;
    }
    // Waits without collecting, so that the group's number stays ours while what is left of it is killed.
    siginfo_t info{};
    while (waitid(P_PID, static_cast<id_t>(m_pid), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) { }
    ::kill(-m_pid, SIGKILL);
    const std::lock_guard guard(m_mutex);
    int status = 0;
    while (waitpid(m_pid, &status, 0) < 0 && errno == EINTR) { }
    m_reaped = true;
    return status;
}

int ChildProcess::peakMegabytes() const
{
    std::ifstream status("/proc/" + std::to_string(m_pid) + "/status");
    std::string word;
    while (status >> word) {
        long kilobytes = 0;
        if (word == "VmHWM:" && status >> kilobytes)
            return static_cast<int>((kilobytes + 1023) / 1024);
    }
    return 0;
}

}
