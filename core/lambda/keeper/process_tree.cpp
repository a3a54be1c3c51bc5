#include "process_tree.h"

#include <cstdio>

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

namespace core::lambda {

namespace {

// Of a small file, with a zero behind it; empty when it cannot be read.
std::size_t readText(const char* path, char* into, std::size_t size)
{
    into[0] = '\0';
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    const auto count = ::read(file, into, size - 1);
    close(file);
    const auto length = count > 0 ? static_cast<std::size_t>(count) : 0;
    into[length] = '\0';
    return length;
}

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
