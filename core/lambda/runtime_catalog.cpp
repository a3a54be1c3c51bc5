#include "core/lambda/runtime_catalog.h"

#include "core/base/hash.h"
#include "core/base/text.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include <unistd.h>

namespace core::lambda {

namespace fs = std::filesystem;

namespace {

constexpr Runtime kRuntimes[] = {
    {"nodejs24.x", RuntimeFamily::Node, "24"},
    {"nodejs22.x", RuntimeFamily::Node, "22"},
    {"nodejs20.x", RuntimeFamily::Node, "20"},
    {"nodejs18.x", RuntimeFamily::Node, "18"},
    {"python3.14", RuntimeFamily::Python, "3.14"},
    {"python3.13", RuntimeFamily::Python, "3.13"},
    {"python3.12", RuntimeFamily::Python, "3.12"},
    {"python3.11", RuntimeFamily::Python, "3.11"},
    {"python3.10", RuntimeFamily::Python, "3.10"},
    {"python3.9", RuntimeFamily::Python, "3.9"},
    {"python3.8", RuntimeFamily::Python, "3.8"},
    {"provided.al2023", RuntimeFamily::Provided, "al2023"},
    {"provided.al2", RuntimeFamily::Provided, "al2"},
};

constexpr std::string_view kForeign[] = {"java25", "java21", "java17", "java11", "java8.al2", "dotnet10",
    "dotnet8", "ruby3.4", "ruby3.3", "ruby3.2"};

constexpr std::string_view kRetired[] = {"nodejs", "nodejs4.3", "nodejs4.3-edge", "nodejs6.10", "nodejs8.10",
    "nodejs10.x", "nodejs12.x", "nodejs14.x", "nodejs16.x", "python2.7", "python3.6", "python3.7", "java8",
    "dotnetcore1.0", "dotnetcore2.0", "dotnetcore2.1", "dotnetcore3.1", "dotnet5.0", "dotnet6", "dotnet7",
    "ruby2.5", "ruby2.7", "go1.x", "provided"};

// Version managers put scripts into the search path that look the interpreter up at every start.
bool isProgram(const fs::path& path)
{
    char magic[4] = {};
    std::ifstream(path, std::ios::binary).read(magic, sizeof magic);
    return std::string_view(magic, 4)
        == "\x7f"
           "ELF"
        && access(path.c_str(), X_OK) == 0;
}

std::vector<std::string> namesOf(const Runtime& runtime)
{
    if (runtime.family == RuntimeFamily::Node)
        return {"node" + std::string(runtime.version), "node", "nodejs"};
    return {"python" + std::string(runtime.version), "python3"};
}

std::vector<std::string> searchPath()
{
    std::vector<std::string> folders{"/usr/bin", "/usr/local/bin"};
    if (const char* path = std::getenv("PATH")) {
        for (const auto folder : split(path, ':'))
            folders.emplace_back(folder);
    }
    return folders;
}

}

const Runtime* findRuntime(std::string_view id)
{
    const auto found = std::find_if(std::begin(kRuntimes), std::end(kRuntimes),
        [id](const Runtime& runtime) { return runtime.id == id; });
    return found == std::end(kRuntimes) ? nullptr : found;
}

bool isRetired(std::string_view id)
{
    return std::find(std::begin(kRetired), std::end(kRetired), id) != std::end(kRetired);
}

bool isForeign(std::string_view id)
{
    return std::find(std::begin(kForeign), std::end(kForeign), id) != std::end(kForeign);
}

std::string foreignRuntime(std::string_view id)
{
    return "The runtime " + std::string(id)
        + " is not in this chamber, which keeps the function and cannot run it: python3.x, nodejs and "
          "provided "
          "runtimes run.";
}

std::string knownRuntimes()
{
    std::vector<std::string> names;
    for (const auto& runtime : kRuntimes)
        names.emplace_back(runtime.id);
    names.insert(names.end(), std::begin(kForeign), std::end(kForeign));
    return join(names, ", ");
}

std::optional<fs::path> findInterpreter(const Runtime& runtime)
{
    const auto folders = searchPath();
    for (const auto& name : namesOf(runtime)) {
        for (const auto& folder : folders) {
            std::error_code failed;
            const auto real = fs::canonical(fs::path(folder) / name, failed);
            if (!failed && isProgram(real))
                return real;
        }
    }
    return std::nullopt;
}

std::string interpreterNames(const Runtime& runtime)
{
    return join(namesOf(runtime), ", ");
}

std::string runtimeVersionArn(std::string_view id, std::string_view region)
{
    return "arn:aws:lambda:" + std::string(region) + "::runtime:" + hex(sha256(id));
}

}
