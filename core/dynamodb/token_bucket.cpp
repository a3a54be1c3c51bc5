#include "core/dynamodb/token_bucket.h"

#include <algorithm>

namespace core::dynamodb {

TokenBucket::TokenBucket(double rate, double seconds, Micros now)
    : m_rate(rate)
    , m_seconds(seconds)
    , m_level(rate)
    , m_filled(now)
{
}

void TokenBucket::resize(double rate, double seconds, Micros now)
{
    refill(now);
    m_rate = rate;
    m_seconds = seconds;
    m_level = std::min(m_level, bound());
}

void TokenBucket::refill(Micros now)
{
    if (now <= m_filled)
        return;
    const auto elapsed = static_cast<double>(now - m_filled) / static_cast<double>(kSecond);
    m_level = std::min(bound(), m_level + elapsed * m_rate);
    m_filled = now;
}

}
