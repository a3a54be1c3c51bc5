#pragma once

#include "core/base/result.h"

#include <filesystem>

namespace core::chamber {

// The folder of a chamber in memory: on a memory file system where there is one. Removed with its content
// when it dies.
class TemporaryFolder {
public:
    static Result<TemporaryFolder> make();
    TemporaryFolder() = default;
    ~TemporaryFolder();
    TemporaryFolder(TemporaryFolder&& other) noexcept;
    TemporaryFolder& operator=(TemporaryFolder&& other) noexcept;

    const std::filesystem::path& path() const { return m_path; }

private:
    explicit TemporaryFolder(std::filesystem::path path)
        : m_path(std::move(path))
    {
    }
    std::filesystem::path m_path;
};

}
