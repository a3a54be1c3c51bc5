#include "core/project/resource_types.h"

#include <zip.h>

#include <memory>

namespace core::project {

namespace {

namespace fs = std::filesystem;

Error zipError(const std::string& what)
{
    return {ErrorKind::Io, "ZipFailed", what};
}

// Owns an archive that is written to memory; discards it unless taken.
class MemoryArchive {
public:
    MemoryArchive()
    {
        m_source = zip_source_buffer_create(nullptr, 0, 0, nullptr);
        zip_source_keep(m_source);
        m_archive = zip_open_from_source(m_source, ZIP_TRUNCATE, nullptr);
    }
    ~MemoryArchive()
    {
        if (m_archive)
            zip_discard(m_archive);
        zip_source_free(m_source);
    }
    MemoryArchive(const MemoryArchive&) = delete;
    MemoryArchive& operator=(const MemoryArchive&) = delete;

    bool add(const fs::path& file, const std::string& name)
    {
        // Handlers are read as any user on AWS; programs stay programs.
        std::error_code ignored;
        const bool runs =
            (fs::status(file, ignored).permissions() & fs::perms::owner_exec) != fs::perms::none;
        return addSource(zip_source_file(m_archive, file.c_str(), 0, 0), name, runs ? 0100755U : 0100644U);
    }

    // `text` outlives the archive.
    bool addText(const std::string& text, const std::string& name)
    {
        return addSource(zip_source_buffer(m_archive, text.data(), text.size(), 0), name, 0100644U);
    }

    Result<std::string> take()
    {
        if (zip_close(std::exchange(m_archive, nullptr)) != 0 || zip_source_open(m_source) != 0)
            return fail(zipError("Cannot write the zip archive"));
        zip_stat_t stat;
        zip_source_stat(m_source, &stat);
        std::string bytes(stat.size, '\0');
        const auto read = zip_source_read(m_source, bytes.data(), bytes.size());
        zip_source_close(m_source);
        if (read != static_cast<zip_int64_t>(bytes.size()))
            return fail(zipError("Cannot read the zip archive back"));
        return bytes;
    }

private:
    bool addSource(zip_source_t* source, const std::string& name, unsigned mode)
    {
        const auto index = zip_file_add(m_archive, name.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            zip_source_free(source);
            return false;
        }
        return zip_file_set_external_attributes(
                   m_archive, static_cast<zip_uint64_t>(index), 0, ZIP_OPSYS_UNIX, mode << 16)
            == 0;
    }

    zip_source_t* m_source = nullptr;
    zip_t* m_archive = nullptr;
};

}

Result<std::string> zipped(const fs::path& path)
{
    std::error_code error;
    if (!fs::exists(path, error))
        return fail(zipError("There is no " + path.string()));
    MemoryArchive archive;
    if (fs::is_regular_file(path)) {
        if (!archive.add(path, path.filename().string()))
            return fail(zipError("Cannot add " + path.string()));
        return archive.take();
    }
    for (const auto& entry : fs::recursive_directory_iterator(path, error)) {
        const auto name = fs::relative(entry.path(), path).generic_string();
        if (entry.is_regular_file() && !archive.add(entry.path(), name))
            return fail(zipError("Cannot add " + entry.path().string()));
    }
    if (error)
        return fail(zipError("Cannot read " + path.string() + ": " + error.message()));
    return archive.take();
}

Result<std::string> zippedText(const std::string& name, const std::string& text)
{
    MemoryArchive archive;
    if (!archive.addText(text, name))
        return fail(zipError("Cannot add " + name));
    return archive.take();
}

}
