#pragma once

#include "core/aws/metric_book.h"
#include "core/logs/log_store.h"

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace core::logs {

// A value that log events gave, on its way to CloudWatch.
struct LogMetric {
    aws::Metric metric;
    Micros at = 0;
    aws::MetricStats stats;
};

// What a message in CloudWatch's embedded metric format holds; nothing for any other, and nothing of a
// directive that is not as the specification wants it. Pure.
std::vector<LogMetric> embeddedMetrics(
    std::string_view message, const std::string& region, std::int64_t now /* milliseconds */);

// What a metric filter, as it is described, makes of events of its group. Pure.
std::vector<LogMetric> filteredMetrics(
    const nlohmann::json& filter, std::span<const LogEvent> events, const std::string& region);

}
