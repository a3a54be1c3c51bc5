#pragma once

#include "core/apigateway/usage_plan.h"

#include <optional>
#include <string>
#include <string_view>

namespace core::apigateway {

// Days are counted from 1970-01-01 in UTC.
using DayNumber = std::int64_t;

DayNumber dayOf(Micros moment);
std::string dateText(DayNumber day); // "2026-11-23"
std::optional<DayNumber> parseDate(std::string_view text);

// The first day of the period that `day` falls into. Weeks begin on Sunday, months on the first, both later
// by the quota's offset.
DayNumber periodBegin(const Quota& quota, DayNumber day);

}
