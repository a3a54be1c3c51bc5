#pragma once

#include "core/lambda/keeper/keeper_page.h"

#include <sys/resource.h>

namespace core::lambda {

// What both of the keeper's duties do on the way to a program: neither allocates nor throws.

// AWS: 1,024 files, and as many processes and threads together.
inline constexpr rlim_t kFiles = 1024;
inline constexpr rlim_t kProcesses = 1024;
inline constexpr int kOutput = 3; // the highest of the program's own descriptors

KeeperPage* sharedPage(); // null without one
// The index behind "--", `count` without it.
int firstAfterDashes(int count, char** arguments);
// No more than there is already.
void limit(int what, rlim_t value);
// Becomes the program; comes back with errno alone.
int become(char** arguments);
// As a shell does.
[[noreturn]] void exitUnstarted(int error);

}
