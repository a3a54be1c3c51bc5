#pragma once

#include <filesystem>
#include <vector>

namespace core {

// Folders that may hold what is shipped beside the program (samples/, runtimes/), in the order in which they
// are looked at: $CHAMBER_RESOURCES, the installed share/cloudchamber, and resources/ of the source tree that
// the program was built in.
std::vector<std::filesystem::path> resourceRoots();

// The first of them that has `path`; empty when none has.
std::filesystem::path findResource(const std::filesystem::path& path);

}
