#include "core/chamber/temporary_folder.h"

#include "core/base/ids.h"

#include <array>
#include <utility>

namespace core::chamber {

namespace fs = std::filesystem;

Result<TemporaryFolder> TemporaryFolder::make()
{
    std::error_code problem;
    const std::array<fs::path, 2> places{"/dev/shm", fs::temp_directory_path(problem)};
    for (const auto& place : places) {
        if (place.empty())
            continue;
        auto path = place / ("cloudchamber-" + randomLower(12));
        if (!fs::create_directory(path, problem) || problem)
            continue;
        fs::permissions(path, fs::perms::owner_all, problem);
        return TemporaryFolder(std::move(path));
    }
    return fail(ErrorKind::Io, "IoError", "No temporary folder can be made: " + problem.message());
}

TemporaryFolder::~TemporaryFolder()
{
    std::error_code problem;
    if (!m_path.empty())
        fs::remove_all(m_path, problem);
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : m_path(std::exchange(other.m_path, {}))
{
}

TemporaryFolder& TemporaryFolder::operator=(TemporaryFolder&& other) noexcept
{
    std::swap(m_path, other.m_path);
    return *this;
}

}
