#include "app/stop_signal.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace app {

namespace {

volatile std::sig_atomic_t pipeEnd = -1;

void wake(int /*number*/)
{
    const int before = errno;
    [[maybe_unused]] const auto written = ::write(pipeEnd, "x", 1);
    errno = before;
}

void handle(int number, void (*handler)(int), int flags)
{
    struct sigaction action { };
    action.sa_handler = handler;
    action.sa_flags = flags;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, nullptr);
}

}

StopSignal::StopSignal()
{
    if (::pipe2(m_ends, O_CLOEXEC) != 0) {
        std::perror("cloudchamber: pipe");
        std::exit(1);
    }
    pipeEnd = m_ends[1];
    const auto once = static_cast<int>(SA_RESETHAND);
    handle(SIGINT, wake, once);
    handle(SIGTERM, wake, once);
    // A client that goes away while it is written to is an error code, not a signal.
    handle(SIGPIPE, SIG_IGN, 0);
}

StopSignal::~StopSignal()
{
    handle(SIGINT, SIG_DFL, 0);
    handle(SIGTERM, SIG_DFL, 0);
    ::close(m_ends[0]);
    ::close(m_ends[1]);
}

void StopSignal::wait() const
{
    char byte = 0;
    while (::read(m_ends[0], &byte, 1) < 0 && errno == EINTR) { }
}

}
