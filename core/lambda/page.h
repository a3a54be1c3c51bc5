#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <utility>
#include <vector>

namespace core::lambda {

// Where a page begins and how much it may hold.
struct PageRequest {
    std::string after; // the place of the last entry of the page before, "" for the first page
    std::size_t limit = 50;
};

// Reads Marker and MaxItems; AWS gives at most `most`, whatever is asked for. A marker that is none is an
// error.
Result<PageRequest> pageOf(const nlohmann::json& input, std::size_t most = 50);

// {"<member>": […], "NextMarker": …}. `entries` holds everything in order, each with the text that stands for
// its place.
nlohmann::json writePage(
    const PageRequest& page, const char* member, std::vector<std::pair<std::string, nlohmann::json>> entries);

}
