#include "core/project/resource_types.h"

#include "core/base/resource_roots.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace core::project {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr std::size_t kBatch = 25; // BatchWriteItem's limit

Result<std::string> textOf(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    if (!stream)
        return fail(ErrorKind::Io, "SeedUnreadable", "Cannot read " + file.string());
    return text.str();
}

std::vector<fs::path> filesBelow(const fs::path& folder)
{
    std::vector<fs::path> files;
    std::error_code ignored;
    for (const auto& entry : fs::recursive_directory_iterator(folder, ignored)) {
        if (entry.is_regular_file())
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

Result<> loadItems(ImportContext& context, const std::string& table, const json& items)
{
    for (std::size_t from = 0; from < items.size(); from += kBatch) {
        auto requests = json::array();
        for (std::size_t i = from; i < std::min(from + kBatch, items.size()); ++i)
            requests.push_back({{"PutRequest", {{"Item", items[i]}}}});
        CORE_CHECK(
            context.call("dynamodb", "BatchWriteItem", {{"RequestItems", {{table, std::move(requests)}}}}));
    }
    return {};
}

Result<> loadTables(ImportContext& context, const ImportProgress& progress)
{
    for (const auto& file : filesBelow(context.folder / "seed" / "tables")) {
        CORE_TRY(const auto text, textOf(file));
        const auto tables = json::parse(text, nullptr, false);
        if (!tables.is_object())
            return fail(ErrorKind::Invalid, "InvalidSeed",
                file.string() + " is not a JSON object of tables and items");
        for (const auto& [table, items] : tables.items()) {
            if (progress)
                progress("Loading " + std::to_string(items.size()) + " items into " + table);
            CORE_CHECK(loadItems(context, table, items));
        }
    }
    return {};
}

std::string contentType(const fs::path& file)
{
    static const std::map<std::string, std::string> kTypes{{".svg", "image/svg+xml"}, {".png", "image/png"},
        {".jpg", "image/jpeg"}, {".webp", "image/webp"}, {".html", "text/html"}, {".css", "text/css"},
        {".js", "text/javascript"}, {".json", "application/json"}, {".txt", "text/plain"}};
    const auto found = kTypes.find(file.extension().string());
    return found == kTypes.end() ? "application/octet-stream" : found->second;
}

Result<> loadObjects(const References& references, ImportContext& context, const ImportProgress& progress)
{
    const auto root = context.folder / "seed" / "objects";
    std::error_code ignored;
    for (const auto& bucketFolder : fs::directory_iterator(root, ignored)) {
        const auto bucket = references.created.find(bucketFolder.path().filename().string());
        if (bucket == references.created.end())
            return fail(ErrorKind::Invalid, "InvalidSeed",
                bucketFolder.path().string() + " names no bucket of the template");
        const auto files = filesBelow(bucketFolder.path());
        if (progress)
            progress("Loading " + std::to_string(files.size()) + " objects into " + bucket->second.ref);
        for (const auto& file : files) {
            CORE_TRY(auto bytes, textOf(file));
            aws::CallOptions options;
            options.region = context.region;
            options.from = "template " + context.name;
            const json input{{"Bucket", bucket->second.ref},
                {"Key", fs::relative(file, bucketFolder).generic_string()},
                {"ContentType", contentType(file)}, {"CacheControl", "max-age=86400"}};
            CORE_CHECK(context.caller.call("s3", "PutObject", input, options, std::move(bytes)));
        }
    }
    return {};
}

}

Result<> loadSeeds(const References& references, ImportContext& context, const ImportProgress& progress)
{
    CORE_CHECK(loadTables(context, progress));
    return loadObjects(references, context, progress);
}

std::vector<std::string> sampleNames()
{
    std::vector<std::string> names;
    for (const auto& root : resourceRoots()) {
        std::error_code ignored;
        for (const auto& entry : fs::directory_iterator(root / "samples", ignored)) {
            const auto name = entry.path().filename().string();
            if (fs::exists(entry.path() / "template.yaml")
                && std::find(names.begin(), names.end(), name) == names.end())
                names.push_back(name);
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

fs::path templateIn(const fs::path& folder)
{
    std::error_code ignored;
    for (const auto* name : {"template.yaml", "template.yml", "template.json"}) {
        if (fs::exists(folder / name, ignored))
            return folder / name;
    }
    return folder / "template.yaml";
}

fs::path sampleFolder(const std::string& name)
{
    if (fs::path(name).is_absolute())
        return name;
    const auto found = findResource(fs::path("samples") / name / "template.yaml");
    return found.parent_path();
}

}
