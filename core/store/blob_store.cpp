#include "core/store/blob_store.h"

#include "core/base/ids.h"
#include "core/base/log.h"

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace core::store {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kIdLength = 32;
constexpr std::size_t kFanOut = 2;
constexpr const char* kIncoming = "incoming";

tl::unexpected<Error> systemError(const std::string& what, const fs::path& path, int code)
{
    return fail(
        ErrorKind::Io, "InternalError", what + " " + path.string() + " failed: " + std::strerror(code));
}

Result<> syncFolder(const fs::path& folder)
{
    const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0)
        return systemError("Opening the folder", folder, errno);
    const int code = ::fsync(file) == 0 ? 0 : errno;
    ::close(file);
    if (code != 0)
        return systemError("Syncing the folder", folder, code);
    return {};
}

class FileBlobWriter : public BlobWriter {
public:
    FileBlobWriter(int file, fs::path temporary, fs::path target, std::string id, bool sync)
        : m_file(file)
        , m_temporary(std::move(temporary))
        , m_target(std::move(target))
        , m_id(std::move(id))
        , m_sync(sync)
    {
    }

    ~FileBlobWriter() override
    {
        if (m_file >= 0)
            ::close(m_file);
        if (!m_kept)
            ::unlink(m_temporary.c_str());
    }

    Result<> write(std::string_view bytes) override
    {
        if (m_file < 0)
            return fail(ErrorKind::Internal, "InternalError", "The blob " + m_id + " is already kept.");
        while (!bytes.empty()) {
            const auto written = ::write(m_file, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0)
                return systemError("Writing", m_temporary, errno);
            bytes.remove_prefix(static_cast<std::size_t>(written));
            m_size += static_cast<std::uint64_t>(written);
        }
        return {};
    }

    Result<std::string> keep() override
    {
        if (m_file < 0)
            return fail(ErrorKind::Internal, "InternalError", "The blob " + m_id + " is already kept.");
        if (m_sync && ::fsync(m_file) != 0)
            return systemError("Syncing", m_temporary, errno);
        if (::close(std::exchange(m_file, -1)) != 0)
            return systemError("Closing", m_temporary, errno);
        std::error_code problem;
        fs::create_directory(m_target.parent_path(), problem);
        if (problem)
            return systemError("Making the folder", m_target.parent_path(), problem.value());
        if (::rename(m_temporary.c_str(), m_target.c_str()) != 0)
            return systemError("Renaming", m_temporary, errno);
        m_kept = true;
        if (m_sync) {
            CORE_CHECK(syncFolder(m_target.parent_path()));
            // Even when the folder was there: whoever made it may not have come to this line yet.
            CORE_CHECK(syncFolder(m_target.parent_path().parent_path()));
        }
        return m_id;
    }

    std::uint64_t size() const override { return m_size; }

private:
    int m_file;
    fs::path m_temporary;
    fs::path m_target;
    std::string m_id;
    bool m_sync;
    bool m_kept = false;
    std::uint64_t m_size = 0;
};

}

BlobStore::BlobStore(fs::path folder, bool sync)
    : m_folder(std::move(folder))
    , m_sync(sync)
{
}

Result<std::unique_ptr<BlobWriter>> BlobStore::create()
{
    std::error_code problem;
    const bool made = fs::create_directories(m_folder / kIncoming, problem);
    if (problem)
        return systemError("Making the folder", m_folder / kIncoming, problem.value());
    if (made && m_sync)
        CORE_CHECK(syncFolder(m_folder.parent_path()));
    auto id = randomLower(kIdLength);
    auto temporary = m_folder / kIncoming / id;
    const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file < 0)
        return systemError("Opening", temporary, errno);
    auto target = path(id);
    return std::make_unique<FileBlobWriter>(
        file, std::move(temporary), std::move(target), std::move(id), m_sync);
}

// Spread over folders, so that none grows to a size that tools choke on.
fs::path BlobStore::path(std::string_view id) const
{
    return m_folder / id.substr(0, kFanOut) / id;
}

void BlobStore::remove(std::string_view id)
{
    std::error_code problem;
    fs::remove(path(id), problem);
    if (problem)
        log::warning("blobs", "removing " + path(id).string() + " failed: " + problem.message());
}

void BlobStore::sweep(const std::function<bool(std::string_view id)>& isUsed)
{
    std::error_code problem;
    fs::remove_all(m_folder / kIncoming, problem);
    for (fs::directory_iterator folder(m_folder, problem), end; !problem && folder != end;
         folder.increment(problem)) {
        // Only what a blob store makes: folders of two characters with names of its ids in them.
        if (folder->path().filename().native().size() != kFanOut || !folder->is_directory(problem))
            continue;
        for (fs::directory_iterator file(folder->path(), problem); !problem && file != end;
             file.increment(problem)) {
            const auto id = file->path().filename().string();
            if (id.size() == kIdLength && !isUsed(id))
                remove(id);
        }
    }
}

}
