#include "core/aws/metric_stats.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace core::aws {

namespace {

constexpr double kWidth = 1.02;
constexpr std::size_t kMostBuckets = 512;
constexpr std::int16_t kZero = 0;
constexpr int kOne =
    8000; // bucket of the value 1: those of positive values are above zero's, of negative ones below

// 1.02 ^ ±8000 reaches beyond 10 ^ ±68; what is farther counts as the farthest.
std::int16_t bucketOf(double value)
{
    if (value == 0)
        return kZero;
    static const double scale = 1 / std::log(kWidth);
    const double place = std::floor(std::log(std::fabs(value)) * scale) + kOne;
    const auto bucket = static_cast<std::int16_t>(std::clamp(place, 1.0, 2.0 * kOne));
    return value > 0 ? bucket : static_cast<std::int16_t>(-bucket);
}

double valueOf(std::int16_t bucket)
{
    if (bucket == kZero)
        return 0;
    const double middle = std::pow(kWidth, std::abs(bucket) - kOne + 0.5);
    return bucket > 0 ? middle : -middle;
}

void putNumber(std::string& bytes, std::uint64_t number, int size)
{
    for (int shift = (size - 1) * 8; shift >= 0; shift -= 8)
        bytes += static_cast<char>((number >> static_cast<unsigned>(shift)) & 0xFFU);
}

void putDouble(std::string& bytes, double value)
{
    putNumber(bytes, std::bit_cast<std::uint64_t>(value), 8);
}

std::uint64_t takeNumber(std::string_view& bytes, std::size_t size)
{
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < size; ++i)
        number = (number << 8U) | static_cast<unsigned char>(bytes[i]);
    bytes.remove_prefix(size);
    return number;
}

double takeDouble(std::string_view& bytes)
{
    return std::bit_cast<double>(takeNumber(bytes, 8));
}

constexpr std::size_t kHead = 4 * 8 + 1;
constexpr std::size_t kBucketBytes = 2 + 8;

}

void MetricStats::add(double value, double weight)
{
    if (m_count == 0) {
        m_min = value;
        m_max = value;
    } else if (m_buckets.empty() && (value != m_min || value != m_max)) {
        spread();
    }
    if (!m_buckets.empty())
        count(bucketOf(value), weight);
    m_count += weight;
    m_sum += value * weight;
    m_min = std::min(m_min, value);
    m_max = std::max(m_max, value);
}

void MetricStats::addSet(double count, double sum, double min, double max)
{
    if (min == max)
        return add(min, count);
    m_opaque = true;
    m_min = m_count == 0 ? min : std::min(m_min, min);
    m_max = m_count == 0 ? max : std::max(m_max, max);
    m_count += count;
    m_sum += sum;
}

void MetricStats::merge(const MetricStats& other)
{
    if (other.m_count == 0)
        return;
    if (m_count == 0) {
        *this = other;
        return;
    }
    if (other.m_opaque) {
        m_opaque = true;
    } else if (other.m_buckets.empty()) {
        return add(other.m_min, other.m_count);
    } else {
        if (m_buckets.empty())
            spread();
        for (const auto& [bucket, weight] : other.m_buckets)
            count(bucket, weight);
    }
    m_count += other.m_count;
    m_sum += other.m_sum;
    m_min = std::min(m_min, other.m_min);
    m_max = std::max(m_max, other.m_max);
}

void MetricStats::spread()
{
    if (!m_opaque)
        m_buckets.emplace_back(bucketOf(m_min), m_count);
}

void MetricStats::count(std::int16_t bucket, double weight)
{
    const auto at = std::ranges::lower_bound(m_buckets, bucket, {}, &Bucket::first);
    if (at != m_buckets.end() && at->first == bucket) {
        at->second += weight;
        return;
    }
    m_buckets.insert(at, {bucket, weight});
    if (m_buckets.size() > kMostBuckets) {
        m_buckets[1].second += m_buckets[0].second;
        m_buckets.erase(m_buckets.begin());
    }
}

std::optional<double> MetricStats::percentile(double percent) const
{
    if (m_opaque || m_count == 0)
        return std::nullopt;
    if (m_buckets.empty() || percent <= 0)
        return m_min;
    if (percent >= 100)
        return m_max;
    const double wanted = m_count * percent / 100;
    double passed = 0;
    for (const auto& [bucket, weight] : m_buckets) {
        passed += weight;
        if (passed >= wanted)
            return std::clamp(valueOf(bucket), m_min, m_max);
    }
    return m_max;
}

std::string MetricStats::bytes() const
{
    std::string bytes;
    bytes.reserve(kHead + m_buckets.size() * kBucketBytes);
    for (const double value : {m_count, m_sum, m_min, m_max})
        putDouble(bytes, value);
    bytes += m_opaque ? '\1' : '\0';
    for (const auto& [bucket, weight] : m_buckets) {
        putNumber(bytes, static_cast<std::uint16_t>(bucket), 2);
        putDouble(bytes, weight);
    }
    return bytes;
}

std::optional<MetricStats> MetricStats::parse(std::string_view bytes)
{
    if (bytes.size() < kHead || (bytes.size() - kHead) % kBucketBytes != 0)
        return std::nullopt;
    MetricStats stats;
    for (auto* value : {&stats.m_count, &stats.m_sum, &stats.m_min, &stats.m_max})
        *value = takeDouble(bytes);
    stats.m_opaque = bytes.front() != '\0';
    bytes.remove_prefix(1);
    while (!bytes.empty()) {
        const auto bucket = static_cast<std::int16_t>(static_cast<std::uint16_t>(takeNumber(bytes, 2)));
        stats.m_buckets.emplace_back(bucket, takeDouble(bytes));
    }
    return stats;
}

}
