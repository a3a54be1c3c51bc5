#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace core::lambda {

// What an environment calls itself, "sandbox.localdomain": an address of its own on this computer's loopback,
// so that two of them may listen at the same port. After the port of its Runtime API, which no other has.
std::string sandboxAddress(std::uint16_t port);

// A file like this computer's /etc/hosts that knows that name too; empty when there can be none.
// `environment`: its id, which names the file.
std::filesystem::path hostsFile(
    const std::filesystem::path& chamber, const std::string& environment, std::uint16_t port);
// Removes what a chamber that was killed left behind.
void sweepHostsFiles(const std::filesystem::path& chamber);

}
