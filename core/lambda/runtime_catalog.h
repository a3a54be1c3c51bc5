#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::lambda {

enum class RuntimeFamily { Python, Node, Provided };

// A managed runtime that the chamber can run.
struct Runtime {
    std::string_view id; // "python3.12"
    RuntimeFamily family;
    std::string_view version; // "3.12"
};

// nullptr when functions of this runtime do not run here.
const Runtime* findRuntime(std::string_view id);
// Runtimes of AWS that can no longer be chosen for a function there.
bool isRetired(std::string_view id);
// Runtimes of AWS that are current there but do not run here: their functions are kept and shown.
bool isForeign(std::string_view id);
// What to tell who wants to run a function of such a runtime.
std::string foreignRuntime(std::string_view id);
// All current runtimes of AWS, as its error lists them.
std::string knownRuntimes();

// The interpreter that serves a runtime, by its real path (a shim costs every cold start 100 ms): the one of
// the same version where it is installed, else any of the family. Nothing when there is none; Provided has
// none either.
std::optional<std::filesystem::path> findInterpreter(const Runtime& runtime);
// Where findInterpreter looked, for the error text.
std::string interpreterNames(const Runtime& runtime);

std::string runtimeVersionArn(std::string_view id, std::string_view region);

}
