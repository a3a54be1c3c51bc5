#pragma once

#include "core/lambda/keeper/keeper_page.h"
#include "core/lambda/keeper/process_tree.h"

#include <sys/types.h>

namespace core::lambda {

// Inside of a sandbox: starts a program and extensions beside it, and starts them anew when they have ended
// and the chamber wants that: what lies in the sandbox's own folders stays there, as on AWS. Keeps the
// program's exit status, of which a sandbox tells only a part.
class Launcher {
public:
    static constexpr int kMaxExtensions = 10;

    Launcher(KeeperPage& page, char** extensions, int count, char** program);

    int run();

private:
    bool start();
    bool isGivenUp() const { return m_page.givenUp == m_round; }
    bool runRound();
    bool isExtension(pid_t pid) const;
    void forgetExtension(pid_t pid);
    void noteEnd(int status);
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

// `keeper launch`: <user namespace of the chamber> [extension]… -- <program> [argument]…
int launch(int count, char** arguments);

}
