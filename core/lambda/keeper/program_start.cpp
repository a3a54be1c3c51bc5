#include "core/lambda/keeper/program_start.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <sys/mman.h>
#include <unistd.h>

namespace core::lambda {

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

int firstAfterDashes(int count, char** arguments)
{
    for (int at = 0; at < count; ++at) {
        if (std::strcmp(arguments[at], "--") == 0)
            return at + 1;
    }
    return count;
}

}
