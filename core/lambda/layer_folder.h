#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <string>
#include <vector>

namespace core::lambda {

// Where a layer version is unpacked: "<chamber>/layers/us-east-1/name/3".
std::filesystem::path layerFolder(const std::filesystem::path& chamber, const std::string& region,
    const std::string& name, const std::string& version);

// One folder that holds what is in these layers (ARNs of their versions), a later one over an earlier one, as
// AWS merges them into /opt; made once for each list and kept in the chamber's cache. An empty path when
// there are no layers. Blocks; any thread.
Result<std::filesystem::path> mergedLayers(
    const std::filesystem::path& chamber, const std::vector<std::string>& arns);

}
