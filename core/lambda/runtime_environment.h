#pragma once

#include "core/lambda/child_process.h"
#include "core/lambda/function.h"
#include "core/lambda/runtime_catalog.h"

#include <filesystem>

namespace core::lambda {

// What the start of an environment needs to know beside its function.
struct EnvironmentPlace {
    std::filesystem::path code; // the function's folder
    std::filesystem::path runtimes; // where the bootstraps were written
    std::string runtimeApi; // "127.0.0.1:40001"
    std::string endpoint; // the chamber's, "" when it does not serve
    std::string logStream;
    std::string sharedNodeModules; // folders for NODE_PATH, "" for none
    std::filesystem::path layers = {}; // what would be /opt, empty for none
    bool provisioned = false;
};

// The program that runs a function and all of its environment variables, as AWS sets them; the user's own
// come last. Fails, saying what is missing, when no interpreter for the runtime is installed.
Result<ChildCommand> commandFor(
    const Function& function, const Runtime& runtime, const EnvironmentPlace& place);

// Variables that AWS does not let a function set.
bool isReservedVariable(std::string_view name);

}
