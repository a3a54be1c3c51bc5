#pragma once

#include "core/trace/track.h"

#include <nlohmann/json_fwd.hpp>

namespace core::chamber {

// As /_chamber/tracks gives them: durations in microseconds, moments as ISO 8601 of the chamber's clock.
nlohmann::json trackSummary(const trace::Track& track);
nlohmann::json trackJson(const trace::Track& track); // with spans and steps
// Reads what trackJson() wrote. Throws nlohmann's exceptions for anything else.
trace::Track trackOf(const nlohmann::json& whole);

}
