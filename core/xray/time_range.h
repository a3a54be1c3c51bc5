#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/trace/track.h"

#include <nlohmann/json_fwd.hpp>

namespace core::xray {

// From StartTime to EndTime, both included.
struct TimeRange {
    Micros from = 0;
    Micros to = 0;

    // Whether the track began within it and is a trace.
    bool holds(const trace::Track& track) const;
    bool holds(double seconds) const;
};

// Of a request; X-Ray's error for what is none.
Result<TimeRange> rangeOf(const nlohmann::json& input);

}
