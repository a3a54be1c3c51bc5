#pragma once

#include "core/base/result.h"

#include <filesystem>

namespace core::store::detail {

// Keeps every other process, and every other store of this one, out of a folder for as long as it lives. The
// system lets go of it when the process dies, however it dies.
class FolderLock {
public:
    static Result<FolderLock> take(const std::filesystem::path& folder);
    ~FolderLock();
    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&&) = delete;

private:
    explicit FolderLock(int file)
        : m_file(file)
    {
    }

    int m_file;
};

}
