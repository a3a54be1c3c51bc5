#include "core/lambda/code_package.h"

#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/lambda/errors.h"

#include <zip.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <vector>

#include <sys/stat.h>

namespace core::lambda {

namespace fs = std::filesystem;

namespace {

// 1980-01-01, the earliest time that a zip can hold: packages of the same files are the same bytes.
constexpr time_t kZipEpoch = 315'532'800;
constexpr zip_int64_t kMaxEntries = 100'000;

struct CloseZip {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseFile {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, CloseZip>;

Archive openZip(std::string_view zip)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(zip.data(), zip.size(), 0, &error);
    if (!source)
        return nullptr;
    Archive archive(zip_open_from_source(source, ZIP_RDONLY, &error));
    if (!archive)
        zip_source_free(source);
    zip_error_fini(&error);
    return archive;
}

// Whether an entry's name, or a link's target, stays below the folder it is unpacked into.
bool staysInside(std::string_view name)
{
    if (name.empty() || name.front() == '/' || name.find('\0') != std::string_view::npos
        || name.find('\\') != std::string_view::npos)
        return false;
    int depth = 0;
    for (const auto& part : fs::path(name)) {
        if (part == "..")
            --depth;
        else if (part != "." && !part.empty())
            ++depth;
        if (depth < 0)
            return false;
    }
    return true;
}

mode_t modeOf(zip_t* archive, zip_uint64_t index)
{
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0
        || system != ZIP_OPSYS_UNIX || attributes >> 16 == 0)
        return S_IFREG | 0644;
    return static_cast<mode_t>(attributes >> 16);
}

Result<std::string> readEntry(zip_t* archive, zip_uint64_t index, std::uint64_t allowed)
{
    const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(archive, index, 0));
    if (!file)
        return fail(errors::badZip());
    std::string bytes;
    char part[65536];
    for (;;) {
        const auto count = zip_fread(file.get(), part, sizeof part);
        if (count < 0)
            return fail(errors::badZip());
        if (count == 0)
            return bytes;
        bytes.append(part, static_cast<std::size_t>(count));
        // What an entry claims as its size may be a lie; what it unpacks to counts.
        if (bytes.size() > allowed)
            return fail(errors::unzippedTooLarge());
    }
}

Result<> writeFile(const fs::path& path, std::string_view bytes, mode_t mode)
{
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file)
        return fail(errors::io("The function's code cannot be written to " + path.string()));
    chmod(path.c_str(), (mode & 0777) | S_IRUSR | S_IWUSR);
    return {};
}

Result<> unpackEntry(zip_t* archive, zip_uint64_t index, const fs::path& folder, std::uint64_t& left)
{
    const char* rawName = zip_get_name(archive, index, ZIP_FL_ENC_GUESS);
    if (!rawName || !staysInside(rawName))
        return fail(errors::badZip());
    const std::string name(rawName);
    const auto path = folder / name;
    std::error_code failed;
    if (name.back() == '/') {
        fs::create_directories(path, failed);
        return failed ? Result<>(fail(errors::badZip())) : Result<>();
    }
    fs::create_directories(path.parent_path(), failed);
    // A name below something that is no folder, or below a link that an earlier entry made.
    const auto real = fs::weakly_canonical(path.parent_path(), failed);
    if (failed || !fs::is_directory(real)
        || (real != folder && !real.string().starts_with(folder.string() + "/")) || fs::is_directory(path))
        return fail(errors::badZip());
    CORE_TRY(const auto bytes, readEntry(archive, index, left));
    left -= bytes.size();
    const auto mode = modeOf(archive, index);
    fs::remove(path, failed);
    if (!S_ISLNK(mode))
        return writeFile(path, bytes, mode);
    const auto target = fs::path(name).parent_path() / bytes;
    if (bytes.empty() || bytes.front() == '/' || !staysInside(target.string()))
        return fail(errors::badZip());
    fs::create_symlink(bytes, path, failed);
    return failed ? Result<>(fail(errors::badZip())) : Result<>();
}

Result<> unpackAll(zip_t* archive, const fs::path& folder)
{
    const auto count = zip_get_num_entries(archive, 0);
    if (count == 0)
        return fail(errors::emptyZip());
    if (count < 0 || count > kMaxEntries)
        return fail(errors::badZip());
    std::uint64_t left = kMaxUnzippedBytes;
    for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(count); ++index)
        CORE_CHECK(unpackEntry(archive, index, folder, left));
    return {};
}

// Puts the new content where the old was; the folder itself stays, since people and watchers have it open.
Result<> replaceContent(const fs::path& folder, const fs::path& fresh)
{
    std::error_code failed;
    fs::create_directories(folder, failed);
    for (const auto& old : fs::directory_iterator(folder, failed))
        fs::remove_all(old.path(), failed);
    for (const auto& entry : fs::directory_iterator(fresh, failed)) {
        fs::rename(entry.path(), folder / entry.path().filename(), failed);
        if (failed)
            return fail(errors::io("The function's code cannot be put into " + folder.string()));
    }
    return {};
}

struct SourceFile {
    std::string name; // relative, with '/'
    fs::path path;
    mode_t mode = 0;
};

std::vector<SourceFile> filesBelow(const fs::path& folder)
{
    std::vector<SourceFile> files;
    std::error_code failed;
    const auto options = fs::directory_options::skip_permission_denied;
    for (auto entry = fs::recursive_directory_iterator(folder, options, failed);
         !failed && entry != fs::end(entry); entry.increment(failed)) {
        struct stat status { };
        if (lstat(entry->path().c_str(), &status) != 0)
            continue;
        if (S_ISREG(status.st_mode) || S_ISLNK(status.st_mode))
            files.push_back(
                {entry->path().lexically_relative(folder).generic_string(), entry->path(), status.st_mode});
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return files;
}

std::string bytesOf(const SourceFile& file)
{
    std::error_code failed;
    if (S_ISLNK(file.mode))
        return fs::read_symlink(file.path, failed).string();
    std::ifstream stream(file.path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

bool addFile(zip_t* archive, const SourceFile& file)
{
    auto bytes = bytesOf(file);
    // libzip does not free a buffer of no bytes.
    void* copy = bytes.empty() ? nullptr : std::malloc(bytes.size());
    std::copy(bytes.begin(), bytes.end(), static_cast<char*>(copy));
    zip_source_t* source = zip_source_buffer(archive, copy, bytes.size(), 1);
    if (!source) {
        std::free(copy);
        return false;
    }
    const auto index = zip_file_add(archive, file.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    const auto entry = static_cast<zip_uint64_t>(index);
    zip_file_set_mtime(archive, entry, kZipEpoch, 0);
    zip_file_set_external_attributes(
        archive, entry, 0, ZIP_OPSYS_UNIX, static_cast<zip_uint32_t>(file.mode) << 16);
    return true;
}

std::string readSource(zip_source_t* source)
{
    std::string bytes;
    if (zip_source_open(source) == 0) {
        char part[65536];
        zip_int64_t count = 0;
        while ((count = zip_source_read(source, part, sizeof part)) > 0)
            bytes.append(part, static_cast<std::size_t>(count));
        zip_source_close(source);
    }
    zip_source_free(source);
    return bytes;
}

}

Result<> unpackZip(std::string_view zip, const fs::path& folder)
{
    if (zip.empty())
        return fail(errors::emptyZip());
    const auto archive = openZip(zip);
    if (!archive)
        return fail(errors::badZip());
    std::error_code failed;
    fs::create_directories(folder.parent_path(), failed);
    const auto parent = fs::canonical(folder.parent_path(), failed);
    const auto fresh = parent / ("." + folder.filename().string() + "-" + randomLower(8));
    fs::create_directories(fresh, failed);
    if (failed)
        return fail(errors::io("The folder " + fresh.string() + " cannot be made"));
    auto outcome = unpackAll(archive.get(), fresh);
    if (outcome)
        outcome = replaceContent(folder, fresh);
    fs::remove_all(fresh, failed);
    return outcome;
}

Result<std::string> packFolder(const fs::path& folder)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(nullptr, 0, 1, &error);
    zip_source_keep(source);
    zip_t* archive = zip_open_from_source(source, ZIP_TRUNCATE, &error);
    zip_error_fini(&error);
    bool good = archive != nullptr;
    for (const auto& file : filesBelow(folder))
        good = good && addFile(archive, file);
    if (!good || zip_close(archive) != 0) {
        if (archive)
            zip_discard(archive);
        zip_source_free(source);
        return fail(errors::io("The function's code cannot be packed from " + folder.string()));
    }
    return readSource(source);
}

std::string digestFolder(const fs::path& folder)
{
    Hasher hasher(HashKind::Sha256);
    for (const auto& file : filesBelow(folder)) {
        const auto bytes = bytesOf(file);
        hasher.update(
            file.name + '\0' + std::to_string(file.mode) + '\0' + std::to_string(bytes.size()) + '\0');
        hasher.update(bytes);
    }
    return hex(hasher.digest());
}

}
