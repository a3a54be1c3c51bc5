#pragma once

#include "core/lambda/child_process.h"
#include "core/lambda/debug_book.h"
#include "core/lambda/function.h"
#include "core/lambda/runtime_catalog.h"
#include "core/lambda/sandbox.h"

#include <filesystem>
#include <optional>

namespace core::lambda {

// What the start of an environment needs to know beside its function.
struct EnvironmentPlace {
    std::filesystem::path code; // the function's folder
    std::filesystem::path runtimes; // where the bootstraps were written
    std::string runtimeApi; // "127.0.0.1:40001"
    std::string endpoint; // the chamber's, "" when it does not serve
    std::string logStream;
    std::string sharedNodeModules; // folders for NODE_PATH, "" for none
    std::filesystem::path layers = {}; // what is or would be /opt, empty for none
    bool provisioned = false;
    std::filesystem::path chamber = {}; // its folder
    std::optional<Bubblewrap> bubblewrap = {}; // to enclose it with
    std::optional<DebugWish> debug = {}; // not enclosed then: its files are where the editor has them
    std::filesystem::path hosts = {}; // what is /etc/hosts inside, empty for the computer's
    std::vector<std::string> extensions = {}; // names of the programs below the layers' extensions/
    std::string traceDaemon = {}; // where X-Ray's SDKs send segments, "" when nothing is traced
};

// How a function is started, and what was said about that on the track.
struct EnvironmentStart {
    ChildCommand command;
    std::string program; // "/usr/bin/python3.11"
    std::string isolation;
};

// The program that runs a function, enclosed where that is possible, and all of its environment variables, as
// AWS sets them; the user's own come last. Fails, saying what is missing, when no interpreter for the runtime
// is installed.
Result<EnvironmentStart> startFor(
    const Function& function, const Runtime& runtime, const EnvironmentPlace& place);

// Variables that AWS does not let a function set.
bool isReservedVariable(std::string_view name);

}
