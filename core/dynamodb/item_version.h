#pragma once

#include "core/dynamodb/attribute_value.h"

#include <optional>
#include <string>

namespace core::dynamodb {

// One item before and after a write. The texts are the canonical JSON; the trees are needed for tables with
// indexes.
struct ItemVersion {
    std::string text;
    std::size_t size = 0;
    std::optional<Attributes> tree; // decoded when somebody needed it

    const Attributes& attributes(); // decodes `text` once
};

}
