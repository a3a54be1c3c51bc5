#pragma once

#include "core/base/clock.h"

#include <string>

namespace core::dynamodb {

// The ids of backups, exports and imports: "01700000000000-1a2b3c4d", in the order of their moments.
std::string timedId(Micros now);

}
