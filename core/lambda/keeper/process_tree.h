#pragma once

#include <cstddef>

#include <sys/types.h>

namespace core::lambda {

// Milliseconds of a clock that goes on evenly.
long long steadyMillis();

// All processes below one, as /proc shows them at a moment: a plain array, because its users may not
// allocate.
class ProcessTree {
public:
    static constexpr std::size_t kCapacity = 4096;

    // Reads the tree anew.
    void read(pid_t root);
    // The same, but for a tree that cannot have grown: no process or thread was started on the machine since
    // it was read. Threads that have ended may still count.
    void refresh(pid_t root);
    // Reads the tree anew and kills what is in it. Whoever forks faster than that is met by the next call.
    void killAll(pid_t root);
    std::size_t size() const { return m_size; }
    pid_t operator[](std::size_t index) const { return m_pids[index]; }

    long long threads() const { return m_threads; }
    // Memory of all of them that cannot be given back: kilobytes. Processes that have ended count nothing.
    long long kilobytes() const;

private:
    void addChildrenOf(pid_t pid);
    void addFrom(const char* path);
    long long newestPid();

    pid_t m_pids[kCapacity];
    std::size_t m_size = 0;
    long long m_threads = 0;
    int m_newestFile = -1;
    long long m_newest = -1; // the number given last on the machine when the tree was read
    long long m_newestSince = 0; // milliseconds
    bool m_isSettled = false; // what has that number could be seen
};

}
