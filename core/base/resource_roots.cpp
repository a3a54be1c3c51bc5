#include "core/base/resource_roots.h"

#include <cstdlib>

namespace core {

namespace fs = std::filesystem;

std::vector<fs::path> resourceRoots()
{
    std::vector<fs::path> roots;
    if (const char* given = std::getenv("CHAMBER_RESOURCES"))
        roots.emplace_back(given);
    std::error_code error;
    const auto program = fs::read_symlink("/proc/self/exe", error);
    if (!error) {
        roots.push_back(program.parent_path().parent_path() / "share/cloudchamber");
        for (auto folder = program.parent_path(); folder.has_relative_path(); folder = folder.parent_path())
            roots.push_back(folder / "resources");
    }
    return roots;
}

fs::path findResource(const fs::path& path)
{
    std::error_code ignored;
    for (const auto& root : resourceRoots()) {
        if (fs::exists(root / path, ignored))
            return root / path;
    }
    return {};
}

}
