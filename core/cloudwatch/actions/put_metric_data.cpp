#include "core/cloudwatch/actions.h"
#include "core/cloudwatch/errors.h"
#include "core/cloudwatch/statistic.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace core::cloudwatch {

using nlohmann::json;

namespace {

constexpr std::size_t kMostData = 1000;
constexpr std::size_t kMostValues = 150;
constexpr Micros kHour = 3600 * kSecond;

struct Datum {
    aws::Metric metric;
    Micros at = 0;
    aws::MetricStats stats;
};

// AWS keeps what is between -2^360 and 2^360.
bool isKept(double value)
{
    return std::fabs(value) <= std::ldexp(1.0, 360); // false for NaN too
}

std::optional<Error> refuseNumber(const json& value, const std::string& parameter)
{
    if (value.is_number() && isKept(value.get<double>()))
        return std::nullopt;
    return errors::invalidValue("The value " + value.dump() + " for parameter " + parameter + " is invalid.");
}

bool isPrintable(std::string_view text)
{
    for (const char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            return false;
    }
    return true;
}

Result<> takeValues(const json& datum, const std::string& where, aws::MetricStats& stats)
{
    const auto& values = datum["Values"];
    const auto counts = datum.value("Counts", json::array());
    if (datum.contains("Counts") && counts.size() != values.size())
        return fail(errors::invalidValue(
            "The parameters " + where + ".Values and " + where + ".Counts must be of the same size."));
    if (values.empty() || values.size() > kMostValues)
        return fail(
            errors::invalidValue("The parameter " + where + ".Values must have between 1 and 150 values."));
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto number = std::to_string(i + 1);
        if (auto refused = refuseNumber(values[i], where + ".Values.member." + number))
            return fail(*std::move(refused));
        const auto count = counts.empty() ? json(1.0) : counts[i];
        if (auto refused = refuseNumber(count, where + ".Counts.member." + number))
            return fail(*std::move(refused));
        if (count.get<double>() < 0)
            return fail(errors::invalidValue("The value " + count.dump() + " for parameter " + where
                + ".Counts.member." + number + " is invalid."));
        if (count.get<double>() > 0)
            stats.add(values[i].get<double>(), count.get<double>());
    }
    return {};
}

Result<> takeSet(const json& set, const std::string& where, aws::MetricStats& stats)
{
    for (const auto* name : {"SampleCount", "Sum", "Minimum", "Maximum"}) {
        if (auto refused = refuseNumber(set[name], where + ".StatisticValues." + name))
            return fail(*std::move(refused));
    }
    const double count = set["SampleCount"];
    const double min = set["Minimum"];
    const double max = set["Maximum"];
    if (count <= 0 || min > max)
        return fail(errors::invalidValue("The parameter " + where
            + ".StatisticValues must have a SampleCount above zero and a Minimum that is not above its "
              "Maximum."));
    stats.addSet(count, set["Sum"], min, max);
    return {};
}

Result<> takeStats(const json& datum, const std::string& where, aws::MetricStats& stats)
{
    for (const auto& [one, other] : {std::pair{"Value", "Values"}, std::pair{"Value", "StatisticValues"},
             std::pair{"Values", "StatisticValues"}}) {
        if (datum.contains(one) && datum.contains(other))
            return fail(errors::combination("The parameters " + where + '.' + one + " and " + where + '.'
                + other + " are mutually exclusive and you have specified both."));
    }
    if (datum.contains("Values"))
        return takeValues(datum, where, stats);
    if (datum.contains("StatisticValues"))
        return takeSet(datum["StatisticValues"], where, stats);
    if (!datum.contains("Value"))
        return fail(errors::missing(where + ".Value"));
    if (auto refused = refuseNumber(datum["Value"], where + ".Value"))
        return fail(*std::move(refused));
    stats.add(datum["Value"].get<double>());
    return {};
}

Result<Micros> momentOfDatum(const json& datum, const std::string& where, Micros now)
{
    if (!datum.contains("Timestamp"))
        return now;
    const auto parameter = where + ".Timestamp";
    const auto at = momentOf(datum["Timestamp"]);
    if (!at)
        return fail(errors::invalidValue(
            "The value " + datum["Timestamp"].dump() + " for parameter " + parameter + " is invalid."));
    if (*at < now - 14 * 24 * kHour)
        return fail(errors::invalidValue(
            "The parameter " + parameter + " must specify a time no more than two weeks in the past."));
    if (*at > now + 2 * kHour)
        return fail(errors::invalidValue(
            "The parameter " + parameter + " must specify a time no more than two hours in the future."));
    return *at;
}

Result<Datum> datumOf(
    const json& given, const std::string& where, const aws::RequestContext& context, const std::string& space)
{
    Datum datum;
    datum.metric = metricOf(context.region, given);
    datum.metric.space = space;
    datum.metric.unit = given.value("Unit", "None");
    const auto& dimensions = datum.metric.dimensions;
    if (!isPrintable(datum.metric.name))
        return fail(errors::invalidValue("The value for parameter " + where + ".MetricName is invalid."));
    for (std::size_t i = 0; i < dimensions.size(); ++i) {
        if (!isPrintable(dimensions[i].first) || !isPrintable(dimensions[i].second))
            return fail(errors::invalidValue("The value for parameter " + where + ".Dimensions is invalid."));
        if (i > 0 && dimensions[i].first == dimensions[i - 1].first)
            return fail(errors::invalidValue(
                "The parameter " + where + ".Dimensions has the name " + dimensions[i].first + " twice."));
    }
    CORE_TRY(datum.at, momentOfDatum(given, where, context.now));
    CORE_CHECK(takeStats(given, where, datum.stats));
    return datum;
}

}

Result<aws::Outcome> putMetricData(
    CloudWatchService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto& input = request.input();
    const std::string space = input["Namespace"];
    context.touch(space);
    if (space.starts_with("AWS/") || !isPrintable(space))
        return fail(errors::invalidValue("The value " + space + " for parameter Namespace is invalid."));
    const auto data = input.value("MetricData", json::array());
    if (data.empty())
        return fail(errors::missing("MetricData"));
    if (data.size() > kMostData)
        return fail(errors::validation("The collection MetricData must not have a size greater than 1000."));
    // All or nothing.
    std::vector<Datum> all;
    for (std::size_t i = 0; i < data.size(); ++i) {
        CORE_TRY(auto datum, datumOf(data[i], "MetricData.member." + std::to_string(i + 1), context, space));
        all.push_back(std::move(datum));
    }
    for (const auto& datum : all) {
        if (datum.stats.count() > 0)
            service.metrics().add(datum.metric, datum.at, datum.stats);
    }
    context.span.step(
        "Values taken", std::to_string(all.size()) + " metrics of " + space, trace::Verdict::Pass);
    // Answered once they are kept.
    CORE_CHECK(service.metrics().keep());
    return aws::Reply{};
}

}
