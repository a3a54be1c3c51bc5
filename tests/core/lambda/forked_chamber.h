#pragma once

#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tests {

// A copy of this program that does something, as a chamber would, and then stands still until it is killed:
// by kill(), at the end of the test however that ends, or with the test program.
class ForkedChamber {
public:
    template <typename Work>
    explicit ForkedChamber(Work work)
        : m_pid(fork())
    {
        if (m_pid != 0)
            return;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        const auto kept = work();
        for (;;)
            pause();
    }
    ~ForkedChamber() { kill(); }
    ForkedChamber(const ForkedChamber&) = delete;
    ForkedChamber& operator=(const ForkedChamber&) = delete;

    pid_t pid() const { return m_pid; }
    void kill()
    {
        if (m_ended || m_pid < 0) // which would be every process there is
            return;
        ::kill(m_pid, SIGKILL);
        waitpid(m_pid, nullptr, 0);
        m_ended = true;
    }

private:
    const pid_t m_pid;
    bool m_ended = false;
};

}
