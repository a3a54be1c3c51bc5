#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace core::lambda {

struct FolderEntry {
    std::string path; // relative, with '/'
    bool isFolder = false;
    std::uint64_t size = 0;
};

// A function's source folder as the workbench edits it. Paths are relative and stay inside: anything else,
// links that lead out included, is refused. Writing replaces a file as a whole. Any thread; the folder itself
// is the only state.
class FunctionFolder {
public:
    explicit FunctionFolder(std::filesystem::path folder);

    // Files and folders in order of path; at most 5,000. What package managers install is listed but not
    // entered.
    std::vector<FolderEntry> list() const;
    Result<std::string> read(std::string_view path) const;
    Result<> write(std::string_view path, std::string_view bytes) const;
    Result<> rename(std::string_view from, std::string_view to) const;
    Result<> remove(std::string_view path) const; // a folder with all that is in it

private:
    Result<std::filesystem::path> resolve(std::string_view path) const;

    std::filesystem::path m_folder;
};

}
