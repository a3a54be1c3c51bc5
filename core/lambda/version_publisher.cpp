#include "core/lambda/version_publisher.h"

#include "core/base/ids.h"
#include "core/lambda/errors.h"

namespace core::lambda {

namespace fs = std::filesystem;

namespace {

// A copy that an editor does not change by accident.
Result<> copyCode(std::mutex& code, const fs::path& from, const fs::path& to)
{
    const std::lock_guard guard(code);
    std::error_code failed;
    fs::remove_all(to, failed);
    fs::create_directories(to, failed);
    fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::copy_symlinks, failed);
    if (failed)
        return fail(errors::io("The code cannot be copied into " + to.string() + ": " + failed.message()));
    constexpr auto kWritable = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
    for (auto entry = fs::recursive_directory_iterator(to, failed); !failed && entry != fs::end(entry);
         entry.increment(failed)) {
        std::error_code ignored;
        if (entry->is_regular_file(ignored) && !entry->is_symlink(ignored))
            fs::permissions(entry->path(), kWritable, fs::perm_options::remove, ignored);
    }
    return {};
}

Result<> check(const Function& latest, const PublishOrder& order)
{
    if (!order.revision.empty() && order.revision != latest.revision)
        return fail(errors::staleRevision("GetFunction/GetAlias"));
    if (!order.codeSha256.empty() && order.codeSha256 != latest.codeSha256)
        return fail(errors::codeDiffers(order.codeSha256, latest.codeSha256));
    return {};
}

}

Result<std::shared_ptr<const Function>> publishVersion(
    LambdaService& service, const std::string& functionKey, const PublishOrder& order)
{
    const auto latest = service.current(functionKey);
    if (!latest)
        return fail(errors::resourceNotFound());
    CORE_CHECK(check(*latest, order));
    const auto print = fingerprint(*latest);
    const auto last = service.versions().find(versionKey(functionKey, std::to_string(latest->lastVersion)));
    if (last && print == latest->publishedPrint)
        return last;

    auto version = *latest;
    version.version = std::to_string(latest->lastVersion + 1);
    version.folder = latest->folder + '/' + version.version;
    version.description = order.description.value_or(latest->description);
    version.revision = newUuid();
    version.policy.clear();
    version.policyRevision.clear();
    version.tags.clear();
    version.publishedPrint.clear();
    version.lastVersion = 0;
    version.reserved = -1;
    version.codeSigningConfig.clear();
    CORE_CHECK(copyCode(service.changingCode(), service.folderOf(*latest), service.folderOf(version)));
    // The number first: it is not given twice, whatever happens in between.
    CORE_CHECK(service.functions().update(functionKey, [&](Function& changed) -> Result<> {
        changed.lastVersion = latest->lastVersion + 1;
        changed.publishedPrint = print;
        return {};
    }));
    return service.versions().put(std::move(version));
}

}
