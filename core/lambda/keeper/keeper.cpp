// The keeper of one execution environment: a small program between the chamber and the runtime.
//
//     keeper watch <memory in KB, 0 for no limit> [--into <group> | --join <group>]… -- <program> [argument]…
//     keeper launch <user namespace of the chamber> [extension]… -- <program> [argument]…
//
// `watch` runs beside the program, outside of any sandbox. It adopts whatever the program leaves behind, ends
// the program when all of its processes use more memory or threads than they may, and leaves nothing behind
// itself: it ends after the last process, also when the chamber dies, which it notices by the end of its
// control socket. The program's control groups go with it. `launch` runs inside a sandbox, starts extensions
// beside the program, and keeps the program's exit status, of which a sandbox tells only a part.
#include "keeper_page.h"
#include "process_tree.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <linux/futex.h>
#include <linux/sched.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace core::lambda {

namespace {

// AWS: 1,024 files, and as many processes and threads together.
constexpr rlim_t kFiles = 1024;
constexpr rlim_t kProcesses = 1024;
constexpr int kOutput = 3; // the highest of the program's own descriptors
// The fastest that memory is filled: decides how long one may look away.
constexpr long long kKilobytesPerMilli = 4096;
constexpr int kMaxExtensions = 10;
constexpr long long kExtensionsMillis = 2000; // AWS: to end when the program has

KeeperPage* sharedPage()
{
    void* page = mmap(nullptr, sizeof(KeeperPage), PROT_READ | PROT_WRITE, MAP_SHARED, kKeeperPage, 0);
    return page == MAP_FAILED ? nullptr : static_cast<KeeperPage*>(page);
}

void limit(int what, rlim_t value)
{
    rlimit both{};
    getrlimit(static_cast<__rlimit_resource>(what), &both);
    both.rlim_max = std::min(both.rlim_max, value);
    both.rlim_cur = both.rlim_max;
    setrlimit(static_cast<__rlimit_resource>(what), &both);
}

// Comes back with errno alone.
int become(char** arguments)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    signal(SIGTERM, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    execv(arguments[0], arguments);
    return errno;
}

[[noreturn]] void exitUnstarted(int error)
{
    _exit(error == ENOENT ? 127 : 126);
}

// --- inside
// ---------------------------------------------------------------------------------------------------

int firstAfterDashes(int count, char** arguments)
{
    for (int at = 0; at < count; ++at) {
        if (std::strcmp(arguments[at], "--") == 0)
            return at + 1;
    }
    return count;
}

// An extension has a number, the program has -1.
pid_t launchOne(char** arguments, int number, KeeperPage& page)
{
    const pid_t pid = fork();
    if (pid == 0) {
        // What extensions write is told apart from what the program writes.
        if (number >= 0) {
            dup2(kExtensionOutput, STDOUT_FILENO);
            dup2(kExtensionOutput, STDERR_FILENO);
            close(kOutput);
        }
        close(kExtensionOutput);
        close(kKeeperPage);
        const int error = become(arguments);
        if (number >= 0) {
            page.extensionNumber = number;
            page.extensionError = error;
        } else {
            page.execError = error;
        }
        exitUnstarted(error);
    }
    return pid;
}

// Starts a program and extensions beside it, and starts them anew when they have ended and the chamber wants
// that: what lies in the sandbox's own folders stays there, as on AWS.
class Launcher {
public:
    Launcher(KeeperPage& page, char** extensions, int count, char** program)
        : m_page(page)
        , m_extensions(extensions)
        , m_count(std::min(count, kMaxExtensions))
        , m_program(program)
    {
    }

    int run();

private:
    bool start();
    bool isGivenUp() const { return m_page.givenUp == m_round; }
    bool runRound();
    bool isExtension(pid_t pid) const;
    void letEnd();
    void awaitRound();

    KeeperPage& m_page;
    char** const m_extensions;
    const int m_count;
    char** const m_program;
    pid_t m_main = 0; // 0 of a round that was given up before its start
    pid_t m_pids[kMaxExtensions] = {};
    std::int32_t m_round = 0;
    ProcessTree m_tree;
};

int Launcher::run()
{
    for (;;) {
        m_round = m_page.round;
        m_page.ended = 0;
        m_page.status = 0;
        m_page.execError = 0;
        m_page.begun = m_round;
        if (!start() || !runRound())
            return 1;
        if (m_page.leaving != 0)
            return 0;
        // The chamber hears it by a byte that no program of text writes, and looks at the page.
        const char end = '\0';
        (void)!write(kExtensionOutput, &end, 1);
        letEnd();
        awaitRound();
    }
}

// False when an extension ended before the program could start. A round that was given up has no program.
bool Launcher::start()
{
    m_main = 0;
    for (int at = 0; at < m_count; ++at) {
        char* alone[] = {m_extensions[at], nullptr};
        m_pids[at] = launchOne(alone, at, m_page);
    }
    // As on AWS, the runtime starts when its extensions are there.
    while (m_count > 0 && m_page.go == 0) {
        if (isGivenUp())
            return true;
        int status = 0;
        // What an extension left behind may end, too.
        if (const pid_t ended = waitpid(-1, &status, WNOHANG); ended > 0 && isExtension(ended)) {
            m_page.extensionStatus = status;
            return false;
        }
        poll(nullptr, 0, 1);
    }
    m_main = launchOne(m_program, -1, m_page);
    m_page.program = m_main;
    // The chamber that gives up looks for the program after it has said so.
    if (isGivenUp())
        kill(m_main, SIGKILL);
    return true;
}

bool Launcher::isExtension(pid_t pid) const
{
    return std::find(m_pids, m_pids + m_count, pid) != m_pids + m_count;
}

// Until the program ends. False when an extension did: on AWS too, neither lives without the other.
bool Launcher::runRound()
{
    while (m_main != 0) {
        int status = 0;
        const pid_t ended = waitpid(-1, &status, 0);
        if (ended < 0 && errno == EINTR)
            continue;
        if (ended < 0)
            return true;
        if (ended == m_main) {
            m_page.program = 0;
            m_page.status = status;
            m_page.ended = 1;
            if (m_page.leaving == 0)
                return true;
        } else if (isExtension(ended) && m_page.leaving == 0) {
            // It may have heard of the program's end before this did.
            int other = 0;
            if (waitpid(m_main, &other, WNOHANG) == m_main) {
                m_page.program = 0;
                m_page.status = other;
                m_page.ended = 1;
                *std::find(m_pids, m_pids + m_count, ended) = 0;
                return true;
            }
            m_page.extensionStatus = status;
            return false;
        }
    }
    return true;
}

// Extensions have their time; what is left then, and what anybody left behind, is killed.
void Launcher::letEnd()
{
    constexpr int kStepMillis = 2;
    const auto until = steadyMillis() + kExtensionsMillis;
    for (;;) {
        pid_t pid = 0;
        while ((pid = waitpid(-1, nullptr, WNOHANG)) > 0) {
            if (isExtension(pid))
                *std::find(m_pids, m_pids + m_count, pid) = 0;
        }
        if (pid < 0 && errno == ECHILD)
            return;
        const bool anyExtension =
            std::any_of(m_pids, m_pids + m_count, [](pid_t extension) { return extension != 0; });
        if (!anyExtension || steadyMillis() >= until) {
            m_tree.read(getpid());
            for (std::size_t at = 0; at < m_tree.size(); ++at)
                kill(m_tree[at], SIGKILL);
        }
        poll(nullptr, 0, kStepMillis);
    }
}

void Launcher::awaitRound()
{
    m_page.rested = m_round;
    while (m_page.round == m_round)
        syscall(SYS_futex, &m_page.round, FUTEX_WAIT, m_round, nullptr, nullptr, 0);
}

int launch(int count, char** arguments)
{
    auto* page = sharedPage();
    const int program = firstAfterDashes(count, arguments);
    if (!page || program >= count)
        return 126;
    // In a user namespace of its own this counts what runs inside alone; else it would count all that the
    // user runs.
    struct stat own { };
    if (stat("/proc/self/ns/user", &own) == 0 && own.st_ino != std::strtoull(arguments[0], nullptr, 10))
        limit(RLIMIT_NPROC, kProcesses);
    // A polite end is the program's and the extensions' business.
    signal(SIGTERM, SIG_IGN);
    // What the program leaves behind is to be found when it starts anew.
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    static char storage[sizeof(Launcher)] alignas(Launcher);
    return (new (storage) Launcher(*page, arguments + 1, program - 2, arguments + program))->run();
}

// --- outside
// --------------------------------------------------------------------------------------------------

constexpr std::size_t kMaxGroups = 3; // hierarchies of version 1 that hold anything

// Folders of the program's control groups.
struct Groups {
    const char* into = nullptr; // of version 2: the program is born there
    const char* join[kMaxGroups + 1] = {};
    std::size_t joins = 0;
};

bool put(const char* folder, const char* file, const char* text)
{
    char path[512];
    std::snprintf(path, sizeof path, "%s/%s", folder, file);
    const int descriptor = open(path, O_WRONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    const bool done = write(descriptor, text, std::strlen(text)) >= 0;
    close(descriptor);
    return done;
}

pid_t forkInto(const char* folder)
{
    const int group = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (group < 0)
        return -1;
    clone_args arguments{};
    arguments.flags = CLONE_INTO_CGROUP;
    arguments.exit_signal = SIGCHLD;
    arguments.cgroup = static_cast<__u64>(group);
    const auto pid = static_cast<pid_t>(syscall(SYS_clone3, &arguments, sizeof arguments));
    close(group);
    return pid;
}

class Watch {
public:
    Watch(KeeperPage& page, long long memory, const Groups& groups)
        : m_page(page)
        , m_memory(memory)
        , m_groups(groups)
    {
    }

    int run(char** arguments);

private:
    bool start(char** arguments);
    void joinGroups();
    void hearOfMemory();
    bool wasKilledForMemory() const;
    void removeGroups();
    void hear();
    bool collect();
    void look();
    void freeze();
    void thaw();
    void endAll();

    KeeperPage& m_page;
    const long long m_memory; // kilobytes
    Groups m_groups;
    pid_t m_main = 0;
    int m_signals = -1;
    int m_full = -1; // an eventfd: the group's memory is full, and who wants more waits
    int m_patience = 2; // milliseconds to the next look
    bool m_frozen = false;
    bool m_over = false;
    ProcessTree m_tree;
    pid_t m_stopped[ProcessTree::kCapacity]; // outside of the program's group
    std::size_t m_stoppedCount = 0;
};

bool Watch::start(char** arguments)
{
    const pid_t self = getpid();
    m_main = m_groups.into ? forkInto(m_groups.into) : fork();
    if (m_main < 0 && m_groups.into) {
        m_groups.join[m_groups.joins++] = m_groups.into;
        m_main = fork();
    }
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
    if (m_groups.joins == 0 || fork() != 0)
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
            char number[16];
            std::snprintf(number, sizeof number, "%d", pid);
            for (std::size_t group = 0; group < m_groups.joins; ++group)
                put(m_groups.join[group], "cgroup.procs", number);
            m_stopped[m_stoppedCount++] = pid;
            ++moved;
        }
    }
    _exit(0);
}

// Version 1 tells when the memory is full, and can let those wait who want more: no part of the program goes
// on without the rest.
void Watch::hearOfMemory()
{
    for (std::size_t group = 0; group < m_groups.joins; ++group) {
        char path[512];
        std::snprintf(path, sizeof path, "%s/memory.oom_control", m_groups.join[group]);
        const int control = open(path, O_RDONLY | O_CLOEXEC);
        if (control < 0)
            continue;
        m_full = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        char numbers[32];
        std::snprintf(numbers, sizeof numbers, "%d %d", m_full, control);
        if (put(m_groups.join[group], "cgroup.event_control", numbers))
            put(m_groups.join[group], "memory.oom_control", "1");
        close(control);
    }
}

// Version 2 kills all of the group itself.
bool Watch::wasKilledForMemory() const
{
    if (!m_groups.into)
        return false;
    char text[512];
    std::snprintf(text, sizeof text, "%s/memory.events", m_groups.into);
    const int events = open(text, O_RDONLY | O_CLOEXEC);
    if (events < 0)
        return false;
    const auto count = read(events, text, sizeof text - 1);
    close(events);
    text[count > 0 ? count : 0] = '\0';
    constexpr std::string_view kKills = "\noom_kill ";
    const char* const found = std::strstr(text, kKills.data());
    return found && std::atoll(found + kKills.size()) > 0;
}

// After the last process. The chamber does the same; it may be no more.
void Watch::removeGroups()
{
    for (std::size_t group = 0; group < m_groups.joins; ++group)
        rmdir(m_groups.join[group]);
    if (m_groups.into)
        rmdir(m_groups.into);
}

int Watch::run(char** arguments)
{
    // A launcher has its extensions' output; without one the number is the next descriptor's.
    const bool launches = fcntl(kExtensionOutput, F_GETFD) != -1;
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
    hearOfMemory();
    if (!start(arguments))
        return 126;
    setpgid(m_main, m_main);
    m_page.group = m_main;
    for (int output = 0; output <= kOutput; ++output)
        close(output);
    if (launches)
        close(kExtensionOutput);
    joinGroups();
    while (!m_over) {
        pollfd waits[3] = {{kKeeperControl, POLLIN, 0}, {m_signals, POLLIN, 0}, {m_full, POLLIN, 0}};
        const bool looks = m_memory > 0 && !m_frozen;
        const int ready = poll(waits, 3, looks ? m_patience : -1);
        if (ready == 0)
            look();
        if (ready > 0 && waits[0].revents != 0)
            hear();
        if (ready > 0 && waits[1].revents != 0)
            m_over = collect() || m_over;
        if (ready > 0 && waits[2].revents != 0) {
            m_page.cause = static_cast<std::int32_t>(KeeperCause::Memory);
            m_over = true;
        }
    }
    if (wasKilledForMemory())
        m_page.cause = static_cast<std::int32_t>(KeeperCause::Memory);
    endAll();
    removeGroups();
    return 0;
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

// True when the program has ended; what it left behind and has ended too is collected beside.
bool Watch::collect()
{
    signalfd_siginfo info{};
    while (read(m_signals, &info, sizeof info) > 0) { }
    bool ended = false;
    for (;;) {
        int status = 0;
        const pid_t pid = waitpid(-1, &status, WNOHANG);
        if (pid <= 0)
            return ended;
        if (pid != m_main)
            continue;
        // From now on the number may be another group's.
        m_page.group = 0;
        ended = true;
        if (m_page.ended == 0)
            m_page.status = status;
        m_page.ended = 1;
    }
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
        m_page.cause = static_cast<std::int32_t>(full ? KeeperCause::Memory : KeeperCause::Processes);
        m_over = true;
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

// Whoever forks faster than this reads its list is met by the next round.
void Watch::endAll()
{
    for (;;) {
        if (const pid_t group = m_page.group; group > 0)
            kill(-group, SIGKILL);
        m_tree.read(getpid());
        for (std::size_t at = 0; at < m_tree.size(); ++at)
            kill(m_tree[at], SIGKILL);
        int status = 0;
        pid_t pid = 0;
        while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
            if (pid != m_main)
                continue;
            m_page.group = 0;
            if (m_page.ended == 0)
                m_page.status = status;
            m_page.ended = 1;
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
    Groups groups;
    for (int at = 1; at + 2 < program; at += 2) {
        if (std::strcmp(arguments[at], "--into") == 0)
            groups.into = arguments[at + 1];
        else if (groups.joins < kMaxGroups)
            groups.join[groups.joins++] = arguments[at + 1];
    }
    static char storage[sizeof(Watch)] alignas(Watch);
    return (new (storage) Watch(*page, std::atoll(arguments[0]), groups))->run(arguments + program);
}

}

}

int main(int count, char** arguments)
{
    using namespace core::lambda;
    if (count > 2 && std::strcmp(arguments[1], "watch") == 0)
        return watch(count - 2, arguments + 2);
    if (count > 2 && std::strcmp(arguments[1], "launch") == 0)
        return launch(count - 2, arguments + 2);
    return 64;
}
