#include "core/lambda/library_paths.h"

#include "core/base/text.h"

#include <utility>
#include <vector>

namespace core::lambda {

namespace {

using Paths = std::vector<std::string>;

Paths sharedObjects(const LibraryFolders& folders)
{
    return {"/lib64", "/usr/lib64", folders.runtime.string(), (folders.runtime / "lib").string(),
        folders.code.string(), (folders.code / "lib").string()};
}

Paths layersOf(const Runtime& runtime, const std::filesystem::path& layers)
{
    const auto version = std::string(runtime.version);
    if (runtime.family == RuntimeFamily::Python)
        return {(layers / "python/lib" / ("python" + version) / "site-packages").string(),
            (layers / "python").string()};
    return {(layers / "nodejs" / ("node" + version) / "node_modules").string(),
        (layers / "nodejs/node_modules").string()};
}

Paths modules(const Runtime& runtime, const LibraryFolders& folders)
{
    if (runtime.family == RuntimeFamily::Python)
        return {folders.runtime.string()};
    Paths paths;
    if (!folders.nodeModules.empty())
        paths.push_back(folders.nodeModules);
    paths.insert(paths.end(), {folders.runtime.string(), folders.code.string()});
    return paths;
}

}

void addLibraryPaths(
    std::map<std::string, std::string>& variables, const Runtime& runtime, const LibraryFolders& folders)
{
    const bool hasLayers = !folders.layers.empty();
    auto objects = sharedObjects(folders);
    if (hasLayers) {
        objects.push_back((folders.layers / "lib").string());
        variables["PATH"] += ':' + (folders.layers / "bin").string();
    }
    variables["LD_LIBRARY_PATH"] = join(objects, ":");
    if (runtime.family == RuntimeFamily::Provided)
        return;
    // Layers before what comes with the runtime: one may bring another SDK.
    auto paths = hasLayers ? layersOf(runtime, folders.layers) : Paths();
    for (auto& path : modules(runtime, folders))
        paths.push_back(std::move(path));
    variables[runtime.family == RuntimeFamily::Python ? "PYTHONPATH" : "NODE_PATH"] = join(paths, ":");
}

}
