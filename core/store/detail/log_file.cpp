#include "core/store/detail/log_file.h"

#include "core/store/detail/connection.h"

#include <sqlite3.h>

#include <cerrno>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <unistd.h>

namespace core::store::detail {

LogFile::LogFile(const std::filesystem::path& database)
    : m_descriptor(open((database.string() + "-wal").c_str(), O_RDWR | O_CLOEXEC))
{
    if (m_descriptor < 0)
        throw StoreFailure(SQLITE_CANTOPEN, std::string("the log cannot be opened: ") + std::strerror(errno));
}

LogFile::~LogFile()
{
    close(m_descriptor);
}

void LogFile::sync() const
{
    while (fdatasync(m_descriptor) != 0) {
        if (errno != EINTR)
            throw StoreFailure(
                SQLITE_IOERR, std::string("the log cannot be synced: ") + std::strerror(errno));
    }
}

}
