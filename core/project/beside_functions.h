#pragma once

#include "core/project/resource_types.h"

namespace core::project {

// What templates put beside their functions: layers, small tables, roles, log groups, rules and mappings.
std::span<const ResourceType> typesBesideFunctions();

}
