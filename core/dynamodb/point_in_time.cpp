#include "core/dynamodb/point_in_time.h"

#include "core/base/time_format.h"
#include "core/dynamodb/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace core::dynamodb {

Result<Micros> momentOf(const nlohmann::json& timestamp)
{
    if (timestamp.is_number())
        return static_cast<Micros>(std::llround(timestamp.get<double>() * 1000.0)) * kMillisecond;
    if (const auto moment = timestamp.is_string() ? parseIso8601(timestamp.get<std::string>()) : std::nullopt)
        return *moment;
    return fail(errors::serialization({}));
}

double secondsOf(Micros moment)
{
    return static_cast<double>(moment / kMillisecond) / 1000.0;
}

Micros earliestMoment(const Table& table, Micros now)
{
    return std::max(table.history->since, now - Micros{table.history->days} * 24 * 3600 * kSecond);
}

}
