#include "core/lambda/keeper/watch.h"

#include "core/lambda/keeper/program_start.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

namespace core::lambda {

namespace {

// The fastest that memory is filled: decides how long one may look away.
constexpr long long kKilobytesPerMilli = 4096;

}

Watch::Watch(KeeperPage& page, long long memory, const ProgramGroups& groups)
    : m_page(page)
    , m_memory(memory)
    , m_groups(groups)
{
}

int Watch::run(char** arguments)
{
    // A launcher has its extensions' output; without one the number is the next descriptor's.
    const bool launches = fcntl(kExtensionOutput, F_GETFD) != -1;
    prepare();
    if (!start(arguments))
        return 126;
    setpgid(m_main, m_main);
    m_page.group = m_main;
    for (int output = 0; output <= kOutput; ++output)
        close(output);
    if (launches)
        close(kExtensionOutput);
    joinGroups();
    while (!m_over)
        attend();
    if (m_groups.wasKilledForMemory())
        end(KeeperCause::Memory);
    endAll();
    // The chamber does the same; it may be no more.
    m_groups.remove();
    return 0;
}

void Watch::prepare()
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    sigset_t children;
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    sigprocmask(SIG_BLOCK, &children, nullptr);
    struct sigaction quiet { };
    quiet.sa_handler = SIG_DFL;
    quiet.sa_flags = SA_NOCLDSTOP;
    sigaction(SIGCHLD, &quiet, nullptr);
    m_signals = signalfd(-1, &children, SFD_CLOEXEC | SFD_NONBLOCK);
    limit(RLIMIT_NOFILE, kFiles);
    limit(RLIMIT_CORE, 0);
    m_full = m_groups.watchMemory();
}

bool Watch::start(char** arguments)
{
    const pid_t self = getpid();
    m_main = m_groups.forkProgram();
    if (m_main != 0)
        return m_main > 0;
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != self)
        _exit(1);
    close(kKeeperControl);
    const int error = become(arguments);
    m_page.execError = error;
    exitUnstarted(error);
}

// To move a process the kernel waits for a moment in which nobody forks, some 20 ms: the program starts
// meanwhile, and a process of its own moves it and what it has started.
void Watch::joinGroups()
{
    const pid_t self = getpid();
    if (!m_groups.anyToJoin() || fork() != 0)
        return;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != self)
        _exit(1);
    close(kKeeperControl);
    const pid_t own = getpid();
    std::size_t moved = 1;
    // Who is forked by one that has moved stands there already.
    while (std::exchange(moved, 0) > 0) {
        m_tree.read(self);
        for (std::size_t at = 0; at < m_tree.size(); ++at) {
            const pid_t pid = m_tree[at];
            const pid_t* const end = m_stopped + m_stoppedCount;
            const pid_t* const begin = m_stopped;
            if (pid == own || std::find(begin, end, pid) != end || m_stoppedCount == ProcessTree::kCapacity)
                continue;
            m_groups.join(pid);
            m_stopped[m_stoppedCount++] = pid;
            ++moved;
        }
    }
    _exit(0);
}

// What comes next of: a word of the chamber, the end of a process, full memory, the time for another look.
void Watch::attend()
{
    pollfd waits[3] = {{kKeeperControl, POLLIN, 0}, {m_signals, POLLIN, 0}, {m_full, POLLIN, 0}};
    const bool looks = m_memory > 0 && !m_frozen;
    const int ready = poll(waits, 3, looks ? m_patience : -1);
    if (ready == 0)
        look();
    if (ready <= 0)
        return;
    if (waits[0].revents != 0)
        hear();
    if (waits[1].revents != 0)
        collect();
    if (waits[2].revents != 0)
        end(KeeperCause::Memory);
}

void Watch::end(KeeperCause cause)
{
    m_page.cause = static_cast<std::int32_t>(cause);
    m_over = true;
}

void Watch::hear()
{
    char words[64];
    const auto count = read(kKeeperControl, words, sizeof words);
    if (count <= 0) {
        m_over = true;
        return;
    }
    for (const char word : std::string_view(words, static_cast<std::size_t>(count))) {
        if (word == static_cast<char>(KeeperWord::Freeze))
            freeze();
        else if (word == static_cast<char>(KeeperWord::Thaw))
            thaw();
        else
            m_over = true;
    }
}

// The program has ended, or what it left behind has.
void Watch::collect()
{
    signalfd_siginfo info{};
    while (read(m_signals, &info, sizeof info) > 0) { }
    int status = 0;
    pid_t pid = 0;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        if (pid != m_main)
            continue;
        noteEnd(status);
        m_over = true;
    }
}

void Watch::noteEnd(int status)
{
    // From now on the number may be another group's.
    m_page.group = 0;
    // A launcher has told more of it.
    if (m_page.ended == 0)
        m_page.status = status;
    m_page.ended = 1;
}

// The sandbox's own processes are few and small, and count.
void Watch::look()
{
    m_tree.refresh(getpid());
    const auto used = m_tree.kilobytes();
    if (used > m_page.peakKilobytes)
        m_page.peakKilobytes = used;
    const bool full = used > m_memory;
    if (full || m_tree.threads() > static_cast<long long>(kProcesses)) {
        end(full ? KeeperCause::Memory : KeeperCause::Processes);
        return;
    }
    m_patience = static_cast<int>(std::clamp((m_memory - used) / kKilobytesPerMilli, 2LL, 50LL));
}

// The chamber stops and continues the program's group itself; here is what has left it.
void Watch::freeze()
{
    m_frozen = true;
    m_stoppedCount = 0;
    m_tree.refresh(getpid());
    for (std::size_t at = 0; at < m_tree.size(); ++at) {
        if (getpgid(m_tree[at]) == m_main)
            continue;
        kill(m_tree[at], SIGSTOP);
        m_stopped[m_stoppedCount++] = m_tree[at];
    }
}

void Watch::thaw()
{
    m_frozen = false;
    for (std::size_t at = 0; at < m_stoppedCount; ++at)
        kill(m_stopped[at], SIGCONT);
    m_stoppedCount = 0;
}

void Watch::endAll()
{
    for (;;) {
        if (const pid_t group = m_page.group; group > 0)
            kill(-group, SIGKILL);
        m_tree.killAll(getpid());
        int status = 0;
        pid_t pid = 0;
        while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
            if (pid == m_main)
                noteEnd(status);
        }
        if (pid < 0 && errno == ECHILD)
            return;
        poll(nullptr, 0, 1);
    }
}

int watch(int count, char** arguments)
{
    auto* page = sharedPage();
    const int program = firstAfterDashes(count, arguments);
    if (!page || program >= count)
        return 126;
    ProgramGroups groups;
    for (int at = 1; at + 2 < program; at += 2) {
        if (std::strcmp(arguments[at], "--into") == 0)
            groups.setBirthplace(arguments[at + 1]);
        else
            groups.add(arguments[at + 1]);
    }
    static char storage[sizeof(Watch)] alignas(Watch);
    return (new (storage) Watch(*page, std::atoll(arguments[0]), groups))->run(arguments + program);
}

}
