#pragma once

#include <string_view>

namespace core::dynamodb {

// Whether an expression may not name an attribute so; case does not matter.
bool isReservedWord(std::string_view name);

}
