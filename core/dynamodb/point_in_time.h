#pragma once

#include "core/base/result.h"
#include "core/dynamodb/table.h"

#include <nlohmann/json_fwd.hpp>

namespace core::dynamodb {

// A Timestamp of a request: seconds, or text as ISO 8601 has it.
Result<Micros> momentOf(const nlohmann::json& timestamp);
double secondsOf(Micros moment); // as answers have it: to the millisecond

// The oldest moment that a table with point-in-time recovery can be restored to.
Micros earliestMoment(const Table& table, Micros now);

}
