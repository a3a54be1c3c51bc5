#include "core/lambda/sandbox_hosts.h"

#include <fstream>

namespace core::lambda {

namespace fs = std::filesystem;

std::string sandboxAddress(std::uint16_t port)
{
    return "127.64." + std::to_string(port >> 8) + '.' + std::to_string(port & 0xff);
}

namespace {

fs::path folderIn(const fs::path& chamber)
{
    return chamber / "cache" / "hosts";
}

}

fs::path hostsFile(const fs::path& chamber, const std::string& environment, std::uint16_t port)
{
    constexpr const char* kHosts = "/etc/hosts";
    std::error_code failed;
    // What is no plain file cannot be covered by one in a read-only system.
    if (!fs::is_regular_file(fs::symlink_status(kHosts, failed)))
        return {};
    const auto folder = folderIn(chamber);
    fs::create_directories(folder, failed);
    const auto path = folder / environment;
    std::ofstream file(path, std::ios::trunc);
    file << "127.0.0.1 localhost\n" << sandboxAddress(port) << " sandbox.localdomain sandbox\n";
    if (std::ifstream own(kHosts); own.peek() != std::ifstream::traits_type::eof())
        file << own.rdbuf();
    return file.good() ? path : fs::path();
}

void sweepHostsFiles(const fs::path& chamber)
{
    std::error_code failed;
    fs::remove_all(folderIn(chamber), failed);
}

}
