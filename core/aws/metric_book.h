#pragma once

#include "core/aws/metric_stats.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/store/store.h"

#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core::aws {

using MetricDimension = std::pair<std::string_view, std::string_view>; // name, value

// What a service counts at one moment.
struct MetricSample {
    std::string_view name; // "Latency"
    double value = 1;
    std::string_view unit = "Count";
};

// A metric as CloudWatch knows it. What comes in different units is kept apart.
struct Metric {
    std::string region;
    std::string space; // "AWS/ApiGateway"
    std::string name;
    std::vector<std::pair<std::string, std::string>> dimensions = {}; // in the order of their names
    std::string unit = "None";

    void sortDimensions();
};

// The stretches of time by which values are kept, each as long as CloudWatch keeps it: minutes for 15 days,
// five minutes for 63 days, hours for 455 days.
enum class MetricGrain { Minute, FiveMinutes, Hour };
Micros lengthOf(MetricGrain grain);
Micros retentionOf(MetricGrain grain);

struct MetricPoint {
    Micros at = 0; // where its stretch begins
    MetricStats stats;
};

// What services count about themselves, and what PutMetricData brings. Owned by the chamber. add() costs a
// lock of one of a few shards and no memory once a metric was counted in the current minute; a thread of its
// own brings what came together into the store every few seconds, and reading does so before. A crash loses
// the last seconds of counts. Bounded: beyond kMostMetrics metrics new ones are left aside, with a line in
// the log. Any thread.
class MetricBook {
public:
    static constexpr std::size_t kMostMetrics = 200'000;

    MetricBook(store::Store& store, const Clock& clock);
    ~MetricBook(); // keeps what is left
    MetricBook(const MetricBook&) = delete;
    MetricBook& operator=(const MetricBook&) = delete;

    // Several metrics of the same dimensions, at a moment of the chamber's clock.
    void add(std::string_view region, std::string_view space, std::span<const MetricDimension> dimensions,
        std::span<const MetricSample> samples, Micros at);
    void add(std::string_view region, std::string_view space,
        std::initializer_list<MetricDimension> dimensions, std::initializer_list<MetricSample> samples,
        Micros at)
    {
        add(region, space, std::span(dimensions.begin(), dimensions.size()),
            std::span(samples.begin(), samples.size()), at);
    }
    void add(const Metric& metric, Micros at, const MetricStats& stats);

    // The metrics of a region and of a name space ("": of all), in the order of their names, with the moment
    // of their latest value. False stops. Waits for the store, as the next two do: Blocking lane.
    void each(std::string_view region, std::string_view space,
        const std::function<bool(const Metric& metric, Micros latest)>& visit);
    // From `from` to before `to`, in the order of time.
    std::vector<MetricPoint> points(const Metric& metric, MetricGrain grain, Micros from, Micros to);
    // Brings everything counted so far into the store.
    Result<> keep();

    // Forgets everything, after the store was emptied.
    void reset();

    struct Impl;

private:
    std::unique_ptr<Impl> m_impl;
};

}
