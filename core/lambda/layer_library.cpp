#include "core/lambda/layer_library.h"

#include "core/base/arn.h"
#include "core/base/text.h"
#include "core/lambda/code_package.h"
#include "core/lambda/errors.h"
#include "core/lambda/layer_folder.h"

#include <nlohmann/json.hpp>

#include <set>

namespace core::lambda {

namespace fs = std::filesystem;

namespace {

std::string keyOf(const Arn& arn)
{
    // layer:<name>:<version>
    const auto parts = split(arn.resource, ':');
    return versionKey(arn.region + '/' + std::string(parts[1]), parts[2]);
}

std::string_view withoutVersion(std::string_view arn)
{
    return arn.substr(0, arn.rfind(':'));
}

Result<> checkTwins(const std::vector<std::string>& arns)
{
    for (std::size_t i = 0; i < arns.size(); ++i) {
        for (std::size_t j = i + 1; j < arns.size(); ++j) {
            if (withoutVersion(arns[i]) == withoutVersion(arns[j]))
                return fail(
                    errors::invalidParameter("Two different versions of the same layer are not allowed to be "
                                             "referenced in the same function. "
                        + arns[i] + " and " + arns[j] + " are versions of the same layer."));
        }
    }
    return {};
}

std::uint64_t sizeOf(const fs::path& folder)
{
    std::uint64_t size = 0;
    std::error_code failed;
    for (auto entry = fs::recursive_directory_iterator(folder, failed); !failed && entry != fs::end(entry);
         entry.increment(failed)) {
        std::error_code ignored;
        if (entry->is_regular_file(ignored) && !entry->is_symlink(ignored))
            size += entry->file_size(ignored);
    }
    return size;
}

}

Result<std::string> layerNameOf(const aws::RequestContext& context, const std::string& given)
{
    const auto arn = Arn::parse(given);
    if (!arn)
        return given;
    if (arn->region != context.region)
        return fail(
            errors::invalidParameter("Layers are not in the same region as the function. Layers are expected "
                                     "to be in region "
                + context.region + '.'));
    return std::string(split(arn->resource, ':').at(1));
}

std::vector<std::shared_ptr<const LayerVersion>> layerVersions(
    LambdaService& service, const std::string& layerKey)
{
    auto versions = service.layers().below(layerKey + '/');
    std::erase_if(versions, [](const auto& version) { return version->deleted; });
    return versions;
}

Result<> applyLayers(LambdaService& service, Function& function, const nlohmann::json& input)
{
    if (!input.contains("Layers"))
        return {};
    const auto arns = input.at("Layers").get<std::vector<std::string>>();
    if (arns.size() > kMostLayers)
        return fail(errors::invalidParameter("Cannot reference more than 5 layers."));
    std::vector<std::uint64_t> sizes;
    auto unpacked = std::uint64_t{0};
    for (const auto& text : arns) {
        const auto arn = Arn::parse(text);
        if (!arn || split(arn->resource, ':').size() != 3)
            return fail(errors::layerVersionUnknown(text));
        if (arn->region != function.region)
            return fail(
                errors::invalidParameter("Layers are not in the same region as the function. Layers are "
                                         "expected to be in region "
                    + function.region + '.'));
        const auto layer = service.layers().find(keyOf(*arn));
        // One that was deleted stays with the functions that have it.
        const bool kept =
            std::find(function.layers.begin(), function.layers.end(), text) != function.layers.end();
        if (!layer || layer->arn() != text || (layer->deleted && !kept))
            return fail(errors::layerVersionUnknown(text));
        sizes.push_back(layer->codeSize);
        unpacked += layer->unpackedSize;
    }
    CORE_CHECK(checkTwins(arns));
    if (unpacked > 0)
        unpacked += sizeOf(service.folderOf(function));
    if (unpacked > kMaxUnzippedBytes)
        return fail(
            errors::invalidParameter("Function code combined with layers exceeds the maximum allowed size of "
                + std::to_string(kMaxUnzippedBytes) + " bytes. The actual size is " + std::to_string(unpacked)
                + " bytes."));
    function.layers = arns;
    function.layerSizes = std::move(sizes);
    return {};
}

void sweepLayers(LambdaService& service)
{
    std::set<std::string> used;
    const auto use = [&used](const Function& function) {
        used.insert(function.layers.begin(), function.layers.end());
    };
    for (const auto& function : service.functions().all())
        use(*function);
    for (const auto& version : service.versions().below({}))
        use(*version);
    for (const auto& layer : service.layers().below({})) {
        if (!layer->deleted || used.contains(layer->arn()))
            continue;
        std::error_code failed;
        fs::remove_all(
            layerFolder(service.host().folder, layer->region, layer->name, std::to_string(layer->version)),
            failed);
    }
}

}
