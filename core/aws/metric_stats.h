#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core::aws {

// What is kept of the values of one metric in one stretch of time: CloudWatch's statistic set, and a
// histogram for percentiles whose buckets are 2 % wide, so that a percentile is off by 1 % at most. The
// histogram is bounded: beyond 512 buckets the two lowest become one. A plain value.
class MetricStats {
public:
    // `weight` times the same value.
    void add(double value, double weight = 1);
    // A set whose values are not known; percentiles of it are not either, unless all of them are one.
    void addSet(double count, double sum, double min, double max);
    void merge(const MetricStats& other);

    double count() const { return m_count; }
    double sum() const { return m_sum; }
    double min() const { return m_min; }
    double max() const { return m_max; }
    double average() const { return m_count > 0 ? m_sum / m_count : 0; }
    // `percent` of 0 to 100; nothing when a set without its values is among them.
    std::optional<double> percentile(double percent) const;

    // For the store: compact bytes. Nothing for what is no such text.
    std::string bytes() const;
    static std::optional<MetricStats> parse(std::string_view bytes);

private:
    using Bucket = std::pair<std::int16_t, double>;

    void count(std::int16_t bucket, double weight);
    void spread(); // begins the histogram, once there are two values

    double m_count = 0;
    double m_sum = 0;
    double m_min = 0;
    double m_max = 0;
    bool m_opaque = false;
    std::vector<Bucket> m_buckets; // in order; empty while all values are the same
};

}
