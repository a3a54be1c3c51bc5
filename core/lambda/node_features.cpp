#include "core/lambda/node_features.h"

#include "core/lambda/sandbox.h"

#include <map>
#include <mutex>
#include <utility>

namespace core::lambda {

namespace {

// https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
struct Experiment {
    std::string_view version; // of the runtime
    std::string_view name;
};

constexpr Experiment kExperiments[] = {
    {"20", "experimental-require-module"},
    {"22", "experimental-require-module"},
    {"22", "experimental-detect-module"},
};

bool knows(const std::filesystem::path& interpreter, const std::string& option)
{
    static std::mutex mutex;
    static std::map<std::pair<std::string, std::string>, bool> answers;
    const std::scoped_lock lock(mutex);
    const auto [found, isNew] = answers.try_emplace({interpreter.string(), option}, false);
    if (isNew)
        found->second = succeeds({interpreter.string(), option, "--version"});
    return found->second;
}

}

std::vector<std::string> withoutExperiments(
    const Runtime& runtime, const std::filesystem::path& interpreter, std::string_view wishes)
{
    std::vector<std::string> options;
    for (const auto& [version, name] : kExperiments) {
        if (runtime.version != version || wishes.find("--" + std::string(name)) != std::string_view::npos)
            continue;
        const auto option = "--no-" + std::string(name);
        if (knows(interpreter, option))
            options.push_back(option);
    }
    return options;
}

}
