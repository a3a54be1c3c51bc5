#include "core/lambda/child_process.h"

#include "core/lambda/errors.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <new>
#include <string_view>

#include <fcntl.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
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

// Descriptors that are closed when this goes, unless they were taken.
struct Opened {
    int output[2] = {-1, -1}; // a pipe
    int extensions[2] = {-1, -1}; // another
    int control[2] = {-1, -1}; // a pair of sockets
    int page = -1;
    int exit = -1;

    ~Opened()
    {
        for (const int descriptor :
            {output[0], output[1], extensions[0], extensions[1], control[0], control[1], page, exit}) {
            if (descriptor >= 0)
                close(descriptor);
        }
    }
};

struct Prepared {
    const char* folder;
    char* const* arguments;
    char* const* environment;
    int output;
    int extensions; // -1 for none
    int control;
    int page;
};

// Away from the numbers that they are moved to, which they may have by chance.
int movedUp(int descriptor)
{
    return fcntl(descriptor, F_DUPFD, kExtensionOutput + 1);
}

// Runs in the child of a threaded program: system calls only, no memory, no locks.
[[noreturn]] void becomeKeeper(const Prepared& prepared)
{
    // The terminal's signals are the chamber's.
    setpgid(0, 0);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    signal(SIGPIPE, SIG_DFL);
    const int output = movedUp(prepared.output);
    const int extensions = prepared.extensions < 0 ? -1 : movedUp(prepared.extensions);
    const int control = movedUp(prepared.control);
    const int page = movedUp(prepared.page);
    dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
    dup2(output, kTelemetryFd);
    dup2(control, kKeeperControl);
    dup2(page, kKeeperPage);
    if (extensions >= 0)
        dup2(extensions, kExtensionOutput);
    const int kept = extensions >= 0 ? kExtensionOutput : kKeeperPage;
    // Sockets and files of the chamber must not live on in a function.
    syscall(SYS_close_range, kept + 1, ~0u, 0);
    if (chdir(prepared.folder) == 0)
        execve(prepared.arguments[0], prepared.arguments, prepared.environment);
    _exit(errno == ENOENT ? 127 : 126);
}

Error startError(const ChildCommand& command, int number)
{
    return errors::io(command.program.string() + " cannot be started: " + std::strerror(number));
}

// 0 of a process that has ended.
long long peakKilobytesOf(pid_t pid)
{
    constexpr std::string_view kPeak = "VmHWM:";
    char text[4096];
    const int file = open(("/proc/" + std::to_string(pid) + "/status").c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    const auto count = read(file, text, sizeof text - 1);
    close(file);
    const std::string_view status(text, count > 0 ? static_cast<std::size_t>(count) : 0);
    const auto at = status.find(kPeak);
    text[status.size()] = '\0';
    return at == std::string_view::npos ? 0 : std::atoll(text + at + kPeak.size());
}

KeeperPage* mapPage(int descriptor)
{
    if (descriptor < 0 || ftruncate(descriptor, sizeof(KeeperPage)) != 0)
        return nullptr;
    void* page = mmap(nullptr, sizeof(KeeperPage), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    return page == MAP_FAILED ? nullptr : new (page) KeeperPage;
}

// Its number in the innermost namespace that it stands in; 0 of a process that has ended.
pid_t innerPidOf(pid_t pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/status");
    constexpr std::string_view kNumbers = "NSpid:";
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(kNumbers))
            return static_cast<pid_t>(std::atoi(line.c_str() + line.find_last_of(" \t") + 1));
    }
    return 0;
}

// In the order of their starts; of the first thread, which is the only one of a sandbox and a launcher.
std::vector<pid_t> childrenOf(pid_t pid)
{
    const auto number = std::to_string(pid);
    std::ifstream file("/proc/" + number + "/task/" + number + "/children");
    std::vector<pid_t> children;
    for (pid_t child = 0; file >> child;)
        children.push_back(child);
    return children;
}

}

ChildProcess::ChildProcess(pid_t keeper, int output, int extensionOutput, int exit, int control,
    KeeperPage* page, const ChildCommand& command)
    : m_keeper(keeper)
    , m_output(output)
    , m_extensionOutput(extensionOutput)
    , m_exit(exit)
    , m_control(control)
    , m_page(page)
    , m_depth(command.depth)
{
}

ChildProcess::~ChildProcess()
{
    kill();
    reap();
    close(m_output);
    if (m_extensionOutput >= 0)
        close(m_extensionOutput);
    close(m_exit);
    close(m_control);
    munmap(m_page, sizeof(KeeperPage));
}

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const ChildCommand& command)
{
    std::vector<std::string> arguments{
        command.keeper.string(), "watch", std::to_string(std::int64_t{command.memory} * 1024)};
    for (const auto& group : command.groups)
        arguments.insert(arguments.end(), {command.unified ? "--into" : "--join", group.string()});
    arguments.insert(arguments.end(), {"--", command.program.string()});
    arguments.insert(arguments.end(), command.arguments.begin(), command.arguments.end());
    auto environment = command.environment;
    const auto argumentList = pointers(arguments);
    const auto environmentList = pointers(environment);
    Opened opened;
    opened.page = memfd_create("chamber-keeper", MFD_CLOEXEC);
    if (opened.page < 0 || pipe2(opened.output, O_CLOEXEC) != 0
        || (command.depth > 0 && pipe2(opened.extensions, O_CLOEXEC) != 0)
        || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, opened.control) != 0)
        return fail(startError(command, errno));
    auto* page = mapPage(opened.page);
    if (!page)
        return fail(startError(command, errno));
    const Prepared prepared{command.folder.c_str(), argumentList.data(), environmentList.data(),
        opened.output[1], opened.extensions[1], opened.control[1], opened.page};
    const pid_t pid = fork();
    if (pid == 0)
        becomeKeeper(prepared);
    const int forkError = errno;
    opened.exit = pid > 0 ? static_cast<int>(syscall(SYS_pidfd_open, pid, 0)) : -1;
    if (opened.exit < 0) {
        const int number = pid < 0 ? forkError : errno;
        munmap(page, sizeof(KeeperPage));
        if (pid > 0) {
            ::kill(pid, SIGKILL);
            waitpid(pid, nullptr, 0);
        }
        return fail(startError(command, number));
    }
    fcntl(opened.output[0], F_SETFL, O_NONBLOCK);
    if (opened.extensions[0] >= 0)
        fcntl(opened.extensions[0], F_SETFL, O_NONBLOCK);
    return std::unique_ptr<ChildProcess>(
        new ChildProcess(pid, std::exchange(opened.output[0], -1), std::exchange(opened.extensions[0], -1),
            std::exchange(opened.exit, -1), std::exchange(opened.control[0], -1), page, command));
}

pid_t ChildProcess::pid() const
{
    pid_t pid = m_page->group;
    for (int level = 1; level < m_depth && pid > 0; ++level) {
        const auto children = childrenOf(pid);
        pid = children.empty() ? 0 : children.front();
    }
    if (m_depth == 0 || pid <= 0)
        return pid;
    // A launcher has other children, too: extensions, and what these and the runtime leave behind.
    const pid_t program = m_page->program;
    const auto children = childrenOf(pid);
    const auto found = std::find_if(children.begin(), children.end(),
        [program](pid_t child) { return program > 0 && innerPidOf(child) == program; });
    return found == children.end() ? 0 : *found;
}

void ChildProcess::tell(KeeperWord word)
{
    // A keeper that has ended needs no words.
    [[maybe_unused]] const auto sent = send(m_control, &word, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

void ChildProcess::kill()
{
    const std::lock_guard guard(m_mutex);
    if (m_reaped)
        return;
    if (const pid_t group = m_page->group; group > 0)
        ::kill(-group, SIGKILL);
    tell(KeeperWord::Kill);
}

void ChildProcess::freeze()
{
    const std::lock_guard guard(m_mutex);
    if (const pid_t group = m_page->group; group > 0 && !m_reaped)
        ::kill(-group, SIGSTOP);
    tell(KeeperWord::Freeze);
}

void ChildProcess::thaw()
{
    const std::lock_guard guard(m_mutex);
    if (const pid_t group = m_page->group; group > 0 && !m_reaped)
        ::kill(-group, SIGCONT);
    tell(KeeperWord::Thaw);
}

void ChildProcess::terminate()
{
    const std::lock_guard guard(m_mutex);
    m_page->leaving = 1;
    if (const pid_t runtime = pid(); runtime > 0 && !m_reaped)
        ::kill(runtime, SIGTERM);
}

void ChildProcess::killProgram()
{
    const std::lock_guard guard(m_mutex);
    // First: the launcher that starts it nevertheless sees this afterwards.
    m_page->givenUp = m_page->round.load();
    if (const pid_t runtime = pid(); runtime > 0 && !m_reaped)
        ::kill(runtime, SIGKILL);
}

void ChildProcess::renew()
{
    m_page->go = 0;
    m_runtime = 0;
    ++m_page->round;
    syscall(SYS_futex, &m_page->round, FUTEX_WAKE, 1, nullptr, nullptr, 0);
}

void ChildProcess::setNice(int value)
{
    const std::lock_guard guard(m_mutex);
    if (const pid_t group = m_page->group; group > 0 && !m_reaped && value > 0)
        setpriority(PRIO_PGRP, static_cast<id_t>(group), value);
}

int ChildProcess::reap()
{
    {
        const std::lock_guard guard(m_mutex);
        if (m_reaped)
            return m_page->status;
    }
    siginfo_t info{};
    while (waitid(P_PID, static_cast<id_t>(m_keeper), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) { }
    const std::lock_guard guard(m_mutex);
    int status = 0;
    while (waitpid(m_keeper, &status, 0) < 0 && errno == EINTR) { }
    m_reaped = true;
    // A keeper that was killed leaves its group: nobody else holds the number yet.
    if (const pid_t group = m_page->group; group > 0)
        ::kill(-group, SIGKILL);
    if (m_page->ended == 0)
        m_page->status = status;
    return m_page->status;
}

int ChildProcess::peakMegabytes() const
{
    // Asked after each event, when the runtime has long been the process that it stays.
    if (m_runtime == 0)
        m_runtime = pid();
    // What one process had at its peak is known exactly.
    const auto kilobytes = std::max<long long>(m_page->peakKilobytes, peakKilobytesOf(m_runtime));
    return static_cast<int>((kilobytes + 1023) / 1024);
}

bool ChildProcess::hasRuntimeEnded() const
{
    const pid_t runtime = m_runtime;
    return runtime != 0 && peakKilobytesOf(runtime) == 0;
}

}
