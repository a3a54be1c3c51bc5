#pragma once

#include "core/lambda/keeper/keeper_page.h"
#include "core/lambda/keeper/process_tree.h"
#include "core/lambda/keeper/program_groups.h"

#include <cstddef>

#include <sys/types.h>

namespace core::lambda {

// Outside of any sandbox, beside the program: adopts whatever the program leaves behind, ends the program
// when all of its processes use more memory or threads than they may, and leaves nothing behind itself. It
// ends after the last process, also when the chamber dies, which it notices by the end of its control socket.
// The program's control groups go with it.
class Watch {
public:
    // `memory` in kilobytes, 0 for no limit.
    Watch(KeeperPage& page, long long memory, const ProgramGroups& groups);

    int run(char** arguments);

private:
    void prepare();
    bool start(char** arguments);
    void joinGroups();
    void attend();
    void hear();
    void collect();
    void noteEnd(int status);
    void look();
    void freeze();
    void thaw();
    void end(KeeperCause cause);
    void endAll();

    KeeperPage& m_page;
    const long long m_memory; // kilobytes
    ProgramGroups m_groups;
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

// `keeper watch`: <memory in KB, 0 for no limit> [--into <group> | --join <group>]… -- <program> [argument]…
int watch(int count, char** arguments);

}
