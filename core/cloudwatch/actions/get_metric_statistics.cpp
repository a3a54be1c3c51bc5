#include "core/cloudwatch/actions.h"
#include "core/cloudwatch/errors.h"
#include "core/cloudwatch/statistic.h"

#include <nlohmann/json.hpp>

namespace core::cloudwatch {

using nlohmann::json;

namespace {

constexpr Micros kMostPoints = 1440;
constexpr Micros kMinute = 60 * kSecond;

struct Wanted {
    std::string name;
    Statistic statistic;
    bool isExtended = false;
};

Result<std::vector<Wanted>> wantedOf(const json& input)
{
    if (!input.contains("Statistics") && !input.contains("ExtendedStatistics"))
        return fail(errors::combination("Must specify either Statistics or ExtendedStatistics"));
    std::vector<Wanted> wanted;
    for (const auto* member : {"Statistics", "ExtendedStatistics"}) {
        const bool isExtended = member[0] == 'E';
        std::size_t number = 0;
        for (const auto& given : input.value(member, json::array())) {
            const std::string name = given;
            const auto parameter = std::string(member) + ".member." + std::to_string(++number);
            CORE_TRY(const auto statistic, Statistic::parse(name, parameter));
            if (isExtended != (statistic.kind == Statistic::Kind::Percentile))
                return fail(errors::invalidValue(
                    "The value " + name + " for parameter " + parameter + " is not supported."));
            wanted.push_back({name, statistic, isExtended});
        }
    }
    return wanted;
}

json pointJson(const aws::MetricPoint& point, const std::string& unit, const std::vector<Wanted>& wanted)
{
    json shown{{"Timestamp", static_cast<double>(point.at) / 1e6}, {"Unit", unit}};
    for (const auto& [name, statistic, isExtended] : wanted) {
        const auto value = statistic.of(point.stats);
        if (value && isExtended)
            shown["ExtendedStatistics"][name] = *value;
        else if (value)
            shown[name] = *value;
    }
    return shown;
}

}

Result<aws::Outcome> getMetricStatistics(
    CloudWatchService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto& input = request.input();
    const auto metric = metricOf(context.region, input);
    context.touch(metric.space + " " + metric.name);
    CORE_TRY(auto window, windowOf(input, input["Period"].get<std::int64_t>()));
    if (window.from >= window.to)
        return fail(errors::invalidValue("The parameter StartTime must be less than the parameter EndTime."));
    CORE_TRY(const auto wanted, wantedOf(input));
    if (const auto points = (window.to - window.from) / window.period; points > kMostPoints)
        return fail(errors::combination("You have requested up to " + std::to_string(points)
            + " datapoints, which exceeds the limit of 1440. You may reduce the datapoints requested by "
              "increasing "
              "Period, or decreasing the time range."));
    // A start within a minute begins with it.
    window.from -= window.from % kMinute;
    json shown = json::array();
    for (const auto& [unit, points] :
        readMetric(service.metrics(), metric, input.value("Unit", ""), window, context.now)) {
        for (const auto& point : byPeriod(points, window))
            shown.push_back(pointJson(point, unit, wanted));
    }
    context.span.step("Statistics read", std::to_string(shown.size()) + " points", trace::Verdict::Pass);
    return aws::Reply::of({{"Label", metric.name}, {"Datapoints", std::move(shown)}});
}

}
