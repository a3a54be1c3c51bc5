#pragma once

#include "core/store/store.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core::dynamodb {

using Rows = std::vector<std::pair<std::string, std::string>>; // keys and values

// Some milliseconds of the committer's time, or of a reader's.
constexpr std::size_t kStepRows = 250;
constexpr std::size_t kStepBytes = 512 * 1024;

// Rows of a keyspace behind a cursor ("" for the beginning), as many as fit a step.
struct RowPage {
    Rows rows;
    bool ended = true;
};

RowPage readPage(store::Reader& reader, std::string_view keyspace, const std::string& cursor);

}
