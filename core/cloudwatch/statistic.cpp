#include "core/cloudwatch/statistic.h"

#include "core/base/text.h"
#include "core/base/time_format.h"
#include "core/cloudwatch/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace core::cloudwatch {

using nlohmann::json;

namespace {

constexpr std::array<std::pair<std::string_view, Statistic::Kind>, 5> kNamed{
    {{"SampleCount", Statistic::Kind::SampleCount}, {"Average", Statistic::Kind::Average},
        {"Sum", Statistic::Kind::Sum}, {"Minimum", Statistic::Kind::Minimum},
        {"Maximum", Statistic::Kind::Maximum}}};

std::optional<double> percentIn(std::string_view text)
{
    double percent = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), percent);
    const bool whole = problem == std::errc() && end == text.data() + text.size();
    return whole && percent >= 0 && percent <= 100 ? std::optional(percent) : std::nullopt;
}

// Trimmed means and their like: AWS has them.
bool isTrimmed(std::string_view text)
{
    const auto lower = toLower(text);
    if (lower == "iqm")
        return true;
    for (const std::string_view name : {"tm", "wm", "tc", "ts", "pr"}) {
        if (lower.starts_with(name) && lower.size() > 2
            && (lower[2] == '(' || (lower[2] >= '0' && lower[2] <= '9')))
            return true;
    }
    return false;
}

Micros floorTo(Micros moment, Micros step)
{
    return moment - ((moment % step) + step) % step;
}

// Days back decide what is still known by the minute.
aws::MetricGrain grainFor(Micros from, Micros now)
{
    for (const auto grain : {aws::MetricGrain::Minute, aws::MetricGrain::FiveMinutes}) {
        if (now - from <= aws::retentionOf(grain))
            return grain;
    }
    return aws::MetricGrain::Hour;
}

std::vector<std::string> unitsOf(aws::MetricBook& metrics, const aws::Metric& metric)
{
    std::vector<std::string> units;
    metrics.each(metric.region, metric.space, [&](const aws::Metric& known, Micros) {
        if (known.name == metric.name && known.dimensions == metric.dimensions)
            units.push_back(known.unit);
        return known.name <= metric.name;
    });
    return units;
}

}

Result<Statistic> Statistic::parse(const std::string& text, const std::string& parameter)
{
    for (const auto& [name, kind] : kNamed) {
        if (text == name)
            return Statistic{kind, 0};
    }
    if (text.starts_with('p')) {
        if (const auto percent = percentIn(std::string_view(text).substr(1)))
            return Statistic{Kind::Percentile, *percent};
    }
    if (isTrimmed(text))
        return fail(
            errors::unsupported("the statistic " + text + ": it has percentiles, but no trimmed statistics"));
    return fail(
        errors::invalidValue("The value " + text + " for parameter " + parameter + " is not supported."));
}

std::optional<double> Statistic::of(const aws::MetricStats& stats) const
{
    switch (kind) {
    case Kind::SampleCount:
        return stats.count();
    case Kind::Average:
        return stats.average();
    case Kind::Sum:
        return stats.sum();
    case Kind::Minimum:
        return stats.min();
    case Kind::Maximum:
        return stats.max();
    case Kind::Percentile:
        break;
    }
    return stats.percentile(percent);
}

std::optional<Micros> momentOf(const json& value)
{
    if (value.is_string())
        return parseIso8601(value.get_ref<const std::string&>());
    // Beyond the year 9999 there is nothing, and a number could not be counted in microseconds.
    if (!value.is_number() || !(std::fabs(value.get<double>()) < 253'402'300'800.0))
        return std::nullopt;
    return static_cast<Micros>(std::llround(value.get<double>() * 1e6));
}

Result<Window> windowOf(const json& input, std::int64_t period)
{
    Window window;
    for (const auto& [name, into] :
        {std::pair{"StartTime", &window.from}, std::pair{"EndTime", &window.to}}) {
        const auto moment = momentOf(input[name]);
        if (!moment)
            return fail(errors::invalidValue(
                "The value " + input[name].dump() + " for parameter " + name + " is invalid."));
        *into = *moment;
    }
    const bool fine = period == 1 || period == 5 || period == 10 || period == 20 || period == 30;
    if ((!fine && period % 60 != 0) || period > 86'400 * 365)
        return fail(errors::invalidValue("The parameter Period must be a multiple of 60."));
    window.period = std::max<std::int64_t>(period, 60) * kSecond;
    return window;
}

std::vector<aws::MetricPoint> byPeriod(const std::vector<aws::MetricPoint>& points, const Window& window)
{
    std::vector<aws::MetricPoint> periods;
    for (const auto& point : points) {
        const Micros at = window.alignsToPeriod
            ? floorTo(point.at, window.period)
            : window.from + floorTo(point.at - window.from, window.period);
        if (periods.empty() || periods.back().at != at)
            periods.push_back({at, {}});
        periods.back().stats.merge(point.stats);
    }
    return periods;
}

std::vector<UnitPoints> readMetric(
    aws::MetricBook& metrics, aws::Metric metric, const std::string& unit, const Window& window, Micros now)
{
    std::vector<UnitPoints> found;
    const auto grain = grainFor(window.from, now);
    for (auto& known : unit.empty() ? unitsOf(metrics, metric) : std::vector{unit}) {
        metric.unit = known;
        auto points = metrics.points(metric, grain, window.from, window.to);
        if (!points.empty())
            found.push_back({std::move(known), std::move(points)});
    }
    return found;
}

aws::Metric metricOf(const std::string& region, const json& input)
{
    aws::Metric metric{region, input.value("Namespace", ""), input.value("MetricName", "")};
    for (const auto& dimension : input.value("Dimensions", json::array()))
        metric.dimensions.emplace_back(
            dimension["Name"].get<std::string>(), dimension["Value"].get<std::string>());
    metric.sortDimensions();
    return metric;
}

json metricJson(const aws::Metric& metric)
{
    json dimensions = json::array();
    for (const auto& [name, value] : metric.dimensions)
        dimensions.push_back({{"Name", name}, {"Value", value}});
    return {{"Namespace", metric.space}, {"MetricName", metric.name}, {"Dimensions", std::move(dimensions)}};
}

}
