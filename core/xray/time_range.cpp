#include "core/xray/time_range.h"

#include "core/aws/sampled_trace.h"
#include "core/base/time_format.h"
#include "core/xray/errors.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <optional>

namespace core::xray {

namespace {

std::optional<Micros> momentOf(const nlohmann::json& value)
{
    if (value.is_string())
        return parseIso8601(value.get_ref<const std::string&>());
    // Beyond the year 9999 there is nothing, and a number could not be counted in microseconds.
    if (!(std::fabs(value.get<double>()) < 253'402'300'800.0))
        return std::nullopt;
    return static_cast<Micros>(std::llround(value.get<double>() * 1e6));
}

}

bool TimeRange::holds(const trace::Track& track) const
{
    return track.startedAt >= from && track.startedAt <= to && !track.spans.empty() && aws::isSampled(track);
}

bool TimeRange::holds(double seconds) const
{
    return seconds * 1e6 >= static_cast<double>(from) && seconds * 1e6 <= static_cast<double>(to);
}

Result<TimeRange> rangeOf(const nlohmann::json& input)
{
    const auto from = momentOf(input["StartTime"]);
    const auto to = momentOf(input["EndTime"]);
    if (!from || !to || *from > *to)
        return fail(errors::invalid("StartTime must be before EndTime"));
    return TimeRange{*from, *to};
}

}
