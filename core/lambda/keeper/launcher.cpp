#include "core/lambda/keeper/launcher.h"

#include "core/lambda/keeper/program_start.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <new>

#include <linux/futex.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace core::lambda {

namespace {

constexpr long long kExtensionsMillis = 2000; // AWS: to end when the program has

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

}

Launcher::Launcher(KeeperPage& page, char** extensions, int count, char** program)
    : m_page(page)
    , m_extensions(extensions)
    , m_count(std::min(count, kMaxExtensions))
    , m_program(program)
{
}

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

void Launcher::forgetExtension(pid_t pid)
{
    *std::find(m_pids, m_pids + m_count, pid) = 0;
}

void Launcher::noteEnd(int status)
{
    m_page.program = 0;
    m_page.status = status;
    m_page.ended = 1;
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
            noteEnd(status);
            if (m_page.leaving == 0)
                return true;
        } else if (isExtension(ended) && m_page.leaving == 0) {
            // It may have heard of the program's end before this did.
            int other = 0;
            if (waitpid(m_main, &other, WNOHANG) == m_main) {
                noteEnd(other);
                forgetExtension(ended);
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
                forgetExtension(pid);
        }
        if (pid < 0 && errno == ECHILD)
            return;
        const bool anyExtension =
            std::any_of(m_pids, m_pids + m_count, [](pid_t extension) { return extension != 0; });
        if (!anyExtension || steadyMillis() >= until)
            m_tree.killAll(getpid());
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

}
