#pragma once

#include "core/lambda/runtime_catalog.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace core::lambda {

// The options that turn off what AWS turns off in its Node.js runtimes: require() of ES modules (20, 22) and
// taking a .js file for an ES module after its looks (22). `wishes` is the function's NODE_OPTIONS, which may
// ask for either. An interpreter that does not know an option is not given it; each is asked once a process.
std::vector<std::string> withoutExperiments(
    const Runtime& runtime, const std::filesystem::path& interpreter, std::string_view wishes);

}
