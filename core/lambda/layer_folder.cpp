#include "core/lambda/layer_folder.h"

#include "core/base/hash.h"
#include "core/base/ids.h"
#include "core/base/text.h"
#include "core/lambda/errors.h"

namespace core::lambda {

namespace fs = std::filesystem;

namespace {

// Files of layers never change: a link does where the file system has them, and costs nothing.
void takeFile(const fs::path& from, const fs::path& to, std::error_code& failed)
{
    fs::remove(to, failed);
    fs::create_hard_link(from, to, failed);
    if (failed)
        fs::copy_file(from, to, failed);
}

void merge(const fs::path& from, const fs::path& into, std::error_code& failed)
{
    fs::create_directories(into, failed);
    for (auto entry = fs::recursive_directory_iterator(from, failed); !failed && entry != fs::end(entry);
         entry.increment(failed)) {
        const auto target = into / entry->path().lexically_relative(from);
        std::error_code ignored;
        const bool isFolder = entry->is_directory(ignored) && !entry->is_symlink(ignored);
        const auto there = fs::symlink_status(target, ignored);
        if (fs::exists(there) && isFolder != fs::is_directory(there))
            fs::remove_all(target, ignored);
        if (isFolder) {
            fs::create_directories(target, failed);
        } else if (entry->is_symlink(ignored)) {
            fs::remove(target, ignored);
            fs::copy_symlink(entry->path(), target, failed);
        } else {
            takeFile(entry->path(), target, failed);
        }
        if (failed)
            return;
    }
}

}

fs::path layerFolder(
    const fs::path& chamber, const std::string& region, const std::string& name, const std::string& version)
{
    return chamber / "layers" / region / name / version;
}

Result<fs::path> mergedLayers(const fs::path& chamber, const std::vector<std::string>& arns)
{
    if (arns.empty())
        return fs::path();
    const auto place = chamber / "cache" / "layers";
    const auto merged = place / hex(sha256(join(arns, "\n"))).substr(0, 32);
    std::error_code failed;
    if (fs::exists(merged, failed))
        return merged;
    const auto fresh = place / ("new-" + randomLower(12));
    for (const auto& arn : arns) {
        // arn:aws:lambda:<region>:<account>:layer:<name>:<version>
        const auto parts = split(arn, ':');
        if (parts.size() != 8)
            return fail(errors::io("The layer " + arn + " has no ARN of a version"));
        merge(layerFolder(chamber, std::string(parts[3]), std::string(parts[6]), std::string(parts[7])),
            fresh, failed);
        if (failed)
            break;
    }
    if (!failed)
        fs::rename(fresh, merged, failed);
    // Somebody else may have been faster: then theirs is the same.
    std::error_code ignored;
    fs::remove_all(fresh, ignored);
    if (failed && !fs::exists(merged, ignored))
        return fail(
            errors::io("The layers cannot be unpacked into " + merged.string() + ": " + failed.message()));
    return merged;
}

}
