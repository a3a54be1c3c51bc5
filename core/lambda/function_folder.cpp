#include "core/lambda/function_folder.h"

#include "core/base/ids.h"
#include "core/lambda/errors.h"

#include <algorithm>
#include <fstream>

#include <sys/stat.h>

namespace core::lambda {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMaxListed = 5'000;

bool isInstalled(const fs::path& folder)
{
    const auto name = folder.filename();
    return name == "node_modules" || name == "__pycache__" || name == ".git" || name == ".venv";
}

bool isBelow(const fs::path& path, const fs::path& folder)
{
    const auto [end, rest] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
    return end == folder.end() && rest != path.end();
}

}

FunctionFolder::FunctionFolder(fs::path folder)
    : m_folder(std::move(folder))
{
}

std::vector<FolderEntry> FunctionFolder::list() const
{
    std::vector<FolderEntry> entries;
    std::error_code failed;
    for (auto entry = fs::recursive_directory_iterator(m_folder, failed);
         !failed && entry != fs::end(entry) && entries.size() < kMaxListed; entry.increment(failed)) {
        std::error_code ignored;
        const bool folder = entry->is_directory(ignored) && !entry->is_symlink(ignored);
        if (folder && isInstalled(entry->path()))
            entry.disable_recursion_pending();
        entries.push_back({entry->path().lexically_relative(m_folder).generic_string(), folder,
            folder ? 0 : static_cast<std::uint64_t>(entry->file_size(ignored))});
    }
    std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return entries;
}

Result<fs::path> FunctionFolder::resolve(std::string_view path) const
{
    std::error_code failed;
    const auto root = fs::canonical(m_folder, failed);
    if (failed || path.empty() || path.find('\0') != std::string_view::npos || path.front() == '/')
        return fail(errors::unsafePath(path));
    // Follows links of the folders on the way; the last name may be new.
    auto real = fs::weakly_canonical(root / path, failed);
    if (failed || !isBelow(real, root))
        return fail(errors::unsafePath(path));
    return real;
}

Result<std::string> FunctionFolder::read(std::string_view path) const
{
    CORE_TRY(const auto file, resolve(path));
    std::error_code failed;
    if (!fs::is_regular_file(file, failed))
        return fail(errors::fileNotFound(path));
    std::ifstream stream(file, std::ios::binary);
    return std::string{std::istreambuf_iterator<char>(stream), {}};
}

Result<> FunctionFolder::write(std::string_view path, std::string_view bytes) const
{
    CORE_TRY(const auto file, resolve(path));
    std::error_code failed;
    if (fs::is_directory(file, failed))
        return fail(errors::unsafePath(path));
    fs::create_directories(file.parent_path(), failed);
    struct stat before { };
    const mode_t mode = stat(file.c_str(), &before) == 0 ? before.st_mode & 0777 : 0644;
    // Beside it and renamed: nobody ever reads half a file.
    const auto fresh = file.parent_path() / ("." + file.filename().string() + "." + randomLower(6));
    std::ofstream stream(fresh, std::ios::binary);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    if (stream) {
        chmod(fresh.c_str(), mode);
        fs::rename(fresh, file, failed);
    }
    if (!stream || failed) {
        fs::remove(fresh, failed);
        return fail(errors::io("The file " + file.string() + " cannot be written"));
    }
    return {};
}

Result<> FunctionFolder::rename(std::string_view from, std::string_view to) const
{
    CORE_TRY(const auto source, resolve(from));
    CORE_TRY(const auto target, resolve(to));
    std::error_code failed;
    if (!fs::exists(source, failed))
        return fail(errors::fileNotFound(from));
    if (fs::exists(target, failed))
        return fail(errors::invalidParameter("There is a file " + std::string(to) + " already"));
    fs::create_directories(target.parent_path(), failed);
    fs::rename(source, target, failed);
    if (failed)
        return fail(errors::io("The file " + source.string() + " cannot be renamed"));
    return {};
}

Result<> FunctionFolder::remove(std::string_view path) const
{
    CORE_TRY(const auto file, resolve(path));
    std::error_code failed;
    if (fs::remove_all(file, failed) == 0)
        return fail(errors::fileNotFound(path));
    if (failed)
        return fail(errors::io("The file " + file.string() + " cannot be removed"));
    return {};
}

}
