#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <string_view>

// DAX's clients refuse before they send, in a binary protocol: these are the chamber's own words.
namespace core::dynamodb::dax::errors {

Error notKnown(std::string_view action); // by the cached endpoint
Error wrongClusterName(std::string_view name);
Error tooManyClusters(std::size_t limit);
Error noSuchCluster(std::string_view name);

}
