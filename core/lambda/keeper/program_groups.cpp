#include "core/lambda/keeper/program_groups.h"

#include "core/lambda/keeper/small_file.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <linux/sched.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace core::lambda {

namespace {

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

}

void ProgramGroups::add(const char* folder)
{
    if (m_joins < kMaxGroups)
        m_join[m_joins++] = folder;
}

pid_t ProgramGroups::forkProgram()
{
    if (!m_into)
        return fork();
    const pid_t pid = forkInto(m_into);
    if (pid >= 0)
        return pid;
    m_join[m_joins++] = m_into;
    return fork();
}

void ProgramGroups::join(pid_t pid) const
{
    char number[16];
    std::snprintf(number, sizeof number, "%d", pid);
    for (std::size_t group = 0; group < m_joins; ++group)
        writeText(m_join[group], "cgroup.procs", number);
}

int ProgramGroups::watchMemory() const
{
    int full = -1;
    for (std::size_t group = 0; group < m_joins; ++group) {
        char path[512];
        std::snprintf(path, sizeof path, "%s/memory.oom_control", m_join[group]);
        const int control = open(path, O_RDONLY | O_CLOEXEC);
        if (control < 0)
            continue;
        full = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        char numbers[32];
        std::snprintf(numbers, sizeof numbers, "%d %d", full, control);
        if (writeText(m_join[group], "cgroup.event_control", numbers))
            writeText(m_join[group], "memory.oom_control", "1");
        close(control);
    }
    return full;
}

bool ProgramGroups::wasKilledForMemory() const
{
    if (!m_into)
        return false;
    char path[512];
    std::snprintf(path, sizeof path, "%s/memory.events", m_into);
    char text[512];
    readText(path, text, sizeof text);
    constexpr std::string_view kKills = "\noom_kill ";
    const char* const found = std::strstr(text, kKills.data());
    return found && std::atoll(found + kKills.size()) > 0;
}

void ProgramGroups::remove() const
{
    for (std::size_t group = 0; group < m_joins; ++group)
        rmdir(m_join[group]);
    if (m_into)
        rmdir(m_into);
}

}
