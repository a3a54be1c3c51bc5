#include "core/lambda/keeper/process_tree.h"

#include "core/lambda/keeper/small_file.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace core::lambda {

long long steadyMillis()
{
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1'000'000;
}

void ProcessTree::read(pid_t root)
{
    m_size = 0;
    m_threads = 0;
    addChildrenOf(root);
    for (std::size_t at = 0; at < m_size; ++at)
        addChildrenOf(m_pids[at]);
    // The root's own thread is none of them.
    --m_threads;
}

void ProcessTree::killAll(pid_t root)
{
    read(root);
    for (std::size_t at = 0; at < m_size; ++at)
        kill(m_pids[at], SIGKILL);
}

void ProcessTree::refresh(pid_t root)
{
    // Whoever forks has a number for the child some time before the child is to be seen.
    constexpr long long kSettled = 100;
    const long long newest = newestPid();
    const long long now = steadyMillis();
    if (newest == m_newest && m_isSettled)
        return;
    if (newest != m_newest)
        m_newestSince = now;
    m_newest = newest;
    m_isSettled = newest >= 0 && now - m_newestSince > kSettled;
    read(root);
}

// -1 where the kernel does not tell.
long long ProcessTree::newestPid()
{
    if (m_newestFile < 0)
        m_newestFile = open("/proc/sys/kernel/ns_last_pid", O_RDONLY | O_CLOEXEC);
    char text[32];
    const auto count = m_newestFile < 0 ? -1 : pread(m_newestFile, text, sizeof text - 1, 0);
    if (count <= 0)
        return -1;
    text[count] = '\0';
    return std::atoll(text);
}

// Each thread has children of its own.
void ProcessTree::addChildrenOf(pid_t pid)
{
    char path[96];
    std::snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR* tasks = opendir(path);
    if (!tasks)
        return;
    while (const dirent* task = readdir(tasks)) {
        if (task->d_name[0] == '.')
            continue;
        ++m_threads;
        std::snprintf(path, sizeof path, "/proc/%d/task/%.20s/children", pid, task->d_name);
        addFrom(path);
    }
    closedir(tasks);
}

// Numbers with spaces between: as many as there are, through a small buffer.
void ProcessTree::addFrom(const char* path)
{
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return;
    char text[1024];
    pid_t pid = 0;
    for (ssize_t count = 0; (count = ::read(file, text, sizeof text)) > 0;) {
        for (ssize_t at = 0; at < count; ++at) {
            if (text[at] >= '0' && text[at] <= '9') {
                pid = pid * 10 + (text[at] - '0');
                continue;
            }
            if (pid > 0 && m_size < kCapacity)
                m_pids[m_size++] = pid;
            pid = 0;
        }
    }
    close(file);
    if (pid > 0 && m_size < kCapacity)
        m_pids[m_size++] = pid;
}

// File pages can be dropped and are read again: they do not count, as they end no function on AWS.
long long ProcessTree::kilobytes() const
{
    static const long long kPage = sysconf(_SC_PAGESIZE) / 1024;
    long long sum = 0;
    for (std::size_t at = 0; at < m_size; ++at) {
        char path[64];
        char text[256];
        std::snprintf(path, sizeof path, "/proc/%d/statm", m_pids[at]);
        long long size = 0;
        long long resident = 0;
        long long shared = 0;
        if (readText(path, text, sizeof text) > 0
            && std::sscanf(text, "%lld %lld %lld", &size, &resident, &shared) == 3)
            sum += (resident - shared) * kPage;
    }
    return sum;
}

}
