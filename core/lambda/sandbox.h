#pragma once

#include "core/lambda/child_process.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace core::lambda {

// bubblewrap as it was found on this computer.
struct Bubblewrap {
    std::filesystem::path program;
    bool bounds = false; // it can give a tmpfs a size: from 0.7 on
};

// The installed bubblewrap that works here: some systems let users have no namespaces. Tried once a process;
// any thread. `CHAMBER_LAMBDA_SANDBOX=off` in the chamber's environment turns it off.
std::optional<Bubblewrap> findBubblewrap();
// Why there is none, in words for the user.
std::string noSandboxReason();

// Runs a program with nothing on its outputs and waits: whether it ended well.
bool succeeds(std::vector<std::string> words);

// What a function sees of the computer.
struct Enclosure {
    std::filesystem::path chamber; // its folder, which is not seen
    std::filesystem::path code; // /var/task
    std::filesystem::path runtime; // /var/runtime, with the bootstrap; empty for none
    std::filesystem::path layers; // /opt; empty for none
    std::filesystem::path launcher; // kLauncherFile
    std::vector<std::filesystem::path> shared; // seen where sharedInside() says
    int temporaryMegabytes = 512; // /tmp
    std::filesystem::path hosts = {}; // /etc/hosts; empty for the computer's
};

// The keeper's file in the folder of the runtimes.
inline constexpr const char* kKeeperName = "keeper";
inline constexpr const char* kTaskFolder = "/var/task";
inline constexpr const char* kRuntimeFolder = "/var/runtime";
inline constexpr const char* kLayersFolder = "/opt";
inline constexpr const char* kLauncherFile = "/var/rapid/init"; // as AWS's own first process

// Whether a program is still there inside: what lies below folders that are replaced is not.
bool isSeenInside(const std::filesystem::path& program, const std::filesystem::path& chamber);

// Where a shared folder is seen inside, the `number`th of several: at its own path if it is there.
std::filesystem::path sharedInside(
    const std::filesystem::path& folder, const std::filesystem::path& chamber, std::size_t number);

// The same command in a sandbox: processes of its own, a read-only system, an empty /tmp. Its program is
// named as it is seen inside.
ChildCommand enclosed(ChildCommand command, const Bubblewrap& bubblewrap, const Enclosure& enclosure);
// The same command started by a launcher, with extensions beside it; inside a sandbox or not.
ChildCommand launched(
    ChildCommand command, const std::filesystem::path& launcher, const std::vector<std::string>& extensions);

}
