#include "core/store/detail/folder_lock.h"

#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace core::store::detail {

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder)
{
    const auto path = folder / ".lock";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0) {
        return fail(ErrorKind::Io, "InternalServerError",
            "The file " + path.string() + " cannot be opened: " + std::strerror(errno));
    }
    FolderLock lock(file);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        return fail(ErrorKind::Conflict, "ChamberInUse",
            "The chamber " + folder.string() + " is in use by another running Cloud Chamber.");
    }
    return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept
    : m_file(std::exchange(other.m_file, -1))
{
}

FolderLock::~FolderLock()
{
    if (m_file >= 0)
        ::close(m_file);
}

}
