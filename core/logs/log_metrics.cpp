#include "core/logs/log_metrics.h"

#include "core/aws/json_text.h"
#include "core/base/text.h"
#include "core/logs/filter_pattern.h"

#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>
#include <optional>

namespace core::logs {

using nlohmann::json;

namespace {

constexpr std::int64_t kHour = 3'600'000;
constexpr std::size_t kMostMetrics = 100; // of a directive
constexpr std::size_t kMostDimensions = 30;
constexpr std::size_t kMostValues = 100;

std::string textOf(const json& value)
{
    return value.is_string() ? value.get<std::string>() : value.dump();
}

// A member's value, or its values; nothing where one is no number.
std::optional<aws::MetricStats> statsOf(const json& given)
{
    aws::MetricStats stats;
    const auto values = given.is_array() ? given : json::array({given});
    if (values.empty() || values.size() > kMostValues)
        return std::nullopt;
    for (const auto& value : values) {
        if (!value.is_number() || !std::isfinite(value.get<double>()))
            return std::nullopt;
        stats.add(value.get<double>());
    }
    return stats;
}

using Dimensions = std::vector<std::pair<std::string, std::string>>;

// The values of one set of dimensions; nothing where the message lacks one.
std::optional<Dimensions> dimensionsOf(const json& names, const json& message)
{
    if (!names.is_array() || names.size() > kMostDimensions)
        return std::nullopt;
    Dimensions dimensions;
    for (const auto& name : names) {
        const auto value =
            name.is_string() ? message.find(name.get_ref<const std::string&>()) : message.end();
        if (value == message.end() || value->is_structured())
            return std::nullopt;
        dimensions.emplace_back(name.get<std::string>(), textOf(*value));
    }
    return dimensions;
}

void takeDirective(const json& directive, const json& message, const aws::Metric& model, Micros at,
    std::vector<LogMetric>& found)
{
    const auto metrics = directive.value("Metrics", json::array());
    const auto sets = directive.value("Dimensions", json::array({json::array()}));
    if (!metrics.is_array() || metrics.size() > kMostMetrics || !sets.is_array())
        return;
    for (const auto& set : sets.empty() ? json::array({json::array()}) : sets) {
        const auto dimensions = dimensionsOf(set, message);
        if (!dimensions)
            continue;
        for (const auto& metric : metrics) {
            if (!metric.is_object() || !metric.contains("Name") || !metric["Name"].is_string())
                continue;
            const auto value = message.find(metric["Name"].get_ref<const std::string&>());
            const auto stats = value == message.end() ? std::nullopt : statsOf(*value);
            if (!stats)
                continue;
            LogMetric one{model, at, *stats};
            one.metric.name = metric["Name"];
            if (metric.contains("Unit") && metric["Unit"].is_string())
                one.metric.unit = metric["Unit"];
            one.metric.dimensions = *dimensions;
            one.metric.sortDimensions();
            found.push_back(std::move(one));
        }
    }
}

// "$.a.b" of a message, for values and dimensions of metric filters; other texts stand for themselves.
std::optional<json> selected(const std::string& selector, const LogEvent& event)
{
    if (!selector.starts_with('$'))
        return json(selector);
    return JsonPattern::select(selector, event.message);
}

std::optional<double> numberOf(const std::optional<json>& value)
{
    if (!value || value->is_structured() || value->is_null())
        return std::nullopt;
    if (value->is_number())
        return value->get<double>();
    const auto text = textOf(*value);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
        return std::nullopt;
    return number;
}

// What a metric filter counts of an event; nothing for what it leaves out.
std::optional<double> valueOf(const json& wanted, bool matches, const LogEvent& event)
{
    if (matches)
        return numberOf(selected(wanted.at("metricValue"), event));
    if (wanted.contains("defaultValue"))
        return wanted.at("defaultValue").get<double>();
    return std::nullopt;
}

}

std::vector<LogMetric> embeddedMetrics(std::string_view message, const std::string& region, std::int64_t now)
{
    std::vector<LogMetric> found;
    const auto text = trimmed(message);
    if (!text.starts_with('{') || text.find("\"_aws\"") == std::string_view::npos)
        return found;
    const auto parsed = aws::parseJson(text);
    if (!parsed || !parsed->is_object() || !parsed->contains("_aws") || !(*parsed)["_aws"].is_object())
        return found;
    const auto& about = (*parsed)["_aws"];
    const auto directives = about.value("CloudWatchMetrics", json::array());
    const auto at = about.find("Timestamp");
    if (!directives.is_array() || at == about.end() || !at->is_number_integer())
        return found;
    const auto moment = at->get<std::int64_t>();
    if (moment < now - 14 * 24 * kHour || moment > now + 2 * kHour)
        return found;
    for (const auto& directive : directives) {
        if (!directive.is_object() || !directive.contains("Namespace") || !directive["Namespace"].is_string())
            continue;
        aws::Metric model;
        model.region = region;
        model.space = directive["Namespace"];
        takeDirective(directive, *parsed, model, moment * kMillisecond, found);
    }
    return found;
}

std::vector<LogMetric> filteredMetrics(
    const json& filter, std::span<const LogEvent> events, const std::string& region)
{
    std::vector<LogMetric> found;
    const auto pattern = FilterPattern::parse(filter.at("filterPattern").get_ref<const std::string&>());
    if (!pattern)
        return found;
    const auto& wanted = filter.at("metricTransformations").at(0);
    for (const auto& event : events) {
        LogMetric one;
        one.metric.region = region;
        one.metric.space = wanted.at("metricNamespace");
        one.metric.name = wanted.at("metricName");
        one.metric.unit = wanted.value("unit", "None");
        one.at = event.position.timestamp * kMillisecond;
        const auto value = valueOf(wanted, pattern->matches(event.message), event);
        if (!value)
            continue;
        const auto dimensions = wanted.value("dimensions", json::object());
        for (const auto& [name, selector] : dimensions.items()) {
            if (const auto text = selected(selector, event); text && !text->is_structured())
                one.metric.dimensions.emplace_back(name, textOf(*text));
        }
        // A metric without one of its dimensions would be another.
        if (one.metric.dimensions.size() != dimensions.size())
            continue;
        one.metric.sortDimensions();
        one.stats.add(*value);
        found.push_back(std::move(one));
    }
    return found;
}

}
