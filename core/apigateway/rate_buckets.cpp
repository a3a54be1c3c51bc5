#include "core/apigateway/rate_buckets.h"

#include <algorithm>

namespace core::apigateway {

namespace {

constexpr std::size_t kManyBuckets = 10'000;
constexpr double kToken = 1 - 1e-9; // sums of fractions may come out a little short

double levelAt(double level, const RateLimit& limit, Micros since)
{
    const double flowed = limit.rate * static_cast<double>(since) / static_cast<double>(kSecond);
    return std::min(level + flowed, limit.burst);
}

}

RateBuckets::Decision RateBuckets::take(std::span<const Wanted> wanted, Micros now)
{
    Decision decision;
    const std::lock_guard guard(m_mutex);
    if (m_buckets.size() > std::max(m_sweepAt, kManyBuckets))
        forgetFull(now);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto& bucket = filledUp(wanted[i], now);
        decision.levels.push_back(bucket.level);
        if (decision.isAdmitted && bucket.level < kToken) {
            decision.isAdmitted = false;
            decision.emptyOne = i;
        }
    }
    if (!decision.isAdmitted)
        return decision;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        auto& bucket = m_buckets[wanted[i].name];
        bucket.level -= 1;
        decision.levels[i] = bucket.level;
    }
    return decision;
}

void RateBuckets::reset()
{
    const std::lock_guard guard(m_mutex);
    m_buckets.clear();
}

std::size_t RateBuckets::size() const
{
    const std::lock_guard guard(m_mutex);
    return m_buckets.size();
}

RateBuckets::Bucket& RateBuckets::filledUp(const Wanted& wanted, Micros now)
{
    const auto [place, isNew] = m_buckets.try_emplace(wanted.name);
    auto& bucket = place->second;
    if (isNew)
        bucket = {wanted.limit.burst, wanted.limit, now};
    // A new limit holds from now on; what has flowed in came at the old one.
    bucket.level = levelAt(bucket.level, bucket.limit, std::max<Micros>(now - bucket.filled, 0));
    bucket.limit = wanted.limit;
    bucket.level = std::min(bucket.level, bucket.limit.burst);
    bucket.filled = std::max(bucket.filled, now);
    return bucket;
}

void RateBuckets::forgetFull(Micros now)
{
    std::erase_if(m_buckets, [&](const auto& entry) {
        const auto& bucket = entry.second;
        return levelAt(bucket.level, bucket.limit, std::max<Micros>(now - bucket.filled, 0))
            >= bucket.limit.burst;
    });
    m_sweepAt = 2 * m_buckets.size();
}

}
