#pragma once

#include "core/apigateway/model.h"
#include "core/base/result.h"

namespace core::apigateway {

// Rules of the resource tree: what a path part may be, beside which siblings, below which parent.

// AWS's error when `pathPart` may not stand below `parent`; `except` is the id of a resource that is being
// moved.
Result<> checkPlace(const Resources& resources, const Resource& parent, const std::string& pathPart,
    const std::string& except);
std::string pathBelow(const Resource& parent, const std::string& pathPart);
// Writes the paths of a resource's descendants anew after it was renamed or moved.
void renamePaths(Resources& resources, const std::string& id);
bool isBelow(const Resources& resources, const std::string& id, const std::string& ancestor);
// Removes a resource with all below it.
void removeTree(Resources& resources, const std::string& id);

}
