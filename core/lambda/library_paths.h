#pragma once

#include "core/lambda/runtime_catalog.h"

#include <filesystem>
#include <map>
#include <string>

namespace core::lambda {

// The folders of an environment as its function sees them.
struct LibraryFolders {
    std::filesystem::path code; // /var/task
    std::filesystem::path runtime; // /var/runtime
    std::filesystem::path layers; // /opt; empty for none
    std::string nodeModules; // that the chamber brings along, "" for none
};

// Where programs, shared objects and modules are looked for, as AWS's runtimes start: in layers, with the
// runtime and in the function's package. A function's own variables take their place, as on AWS.
void addLibraryPaths(
    std::map<std::string, std::string>& variables, const Runtime& runtime, const LibraryFolders& folders);

}
