#pragma once

#include "core/aws/metric_book.h"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::cloudwatch {

// One statistic as requests name it: "Sum", "p99.9". Pure.
struct Statistic {
    enum class Kind { SampleCount, Average, Sum, Minimum, Maximum, Percentile };
    Kind kind = Kind::Average;
    double percent = 0;

    // An error for what AWS has not, and one by name for what the chamber has not; `parameter` is where it
    // stood.
    static Result<Statistic> parse(const std::string& text, const std::string& parameter);
    // Nothing where the values of a percentile are not known.
    std::optional<double> of(const aws::MetricStats& stats) const;
};

// What a request asks of a metric's time.
struct Window {
    Micros from = 0;
    Micros to = 0;
    Micros period = 0;
    bool alignsToPeriod = false; // periods begin at multiples of their length, else at `from`
};

// A moment in a request: a number of seconds, or ISO 8601.
std::optional<Micros> momentOf(const nlohmann::json& value);
// From StartTime, EndTime and `period` (seconds); AWS's errors for what makes no window.
Result<Window> windowOf(const nlohmann::json& input, std::int64_t period);

// Reads the metric, one unit of it or ("") all, and sums it up by period, in the order of time.
struct UnitPoints {
    std::string unit;
    std::vector<aws::MetricPoint> points;
};
std::vector<UnitPoints> readMetric(
    aws::MetricBook& metrics, aws::Metric metric, const std::string& unit, const Window& window, Micros now);
std::vector<aws::MetricPoint> byPeriod(const std::vector<aws::MetricPoint>& points, const Window& window);

// Namespace, MetricName and Dimensions of a request or of a query's Metric.
aws::Metric metricOf(const std::string& region, const nlohmann::json& input);
nlohmann::json metricJson(const aws::Metric& metric);

}
