#pragma once

#include "core/base/clock.h"

namespace core::dynamodb {

// How long tables and indexes stay in the statuses on their way, on the chamber's clock. Nothing by default:
// an index is CREATING only while it is being filled.
struct TransitionTimes {
    Micros createTable = 0;
    Micros updateTable = 0;
    Micros deleteTable = 0;
    Micros createIndex = 0;
    Micros deleteIndex = 0;
};

}
