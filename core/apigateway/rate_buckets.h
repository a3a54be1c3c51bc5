#pragma once

#include "core/base/clock.h"

#include <cstddef>
#include <mutex>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace core::apigateway {

struct RateLimit {
    double rate = 0; // requests a second that flow in
    double burst = 0; // what the bucket holds
};

// Token buckets by name, on the chamber's clock. One that nobody asked for yet is full. Bounded: buckets that
// are full again are forgotten when there are many. Any thread.
class RateBuckets {
public:
    struct Wanted {
        std::string name;
        RateLimit limit;
    };
    struct Decision {
        bool isAdmitted = true;
        std::size_t emptyOne = 0; // the first of those wanted that has less than one token
        std::vector<double> levels; // after the request, of those wanted in order
    };

    // Takes one token from each, or none from any.
    Decision take(std::span<const Wanted> wanted, Micros now);
    void reset();
    std::size_t size() const;

private:
    struct Bucket {
        double level = 0;
        RateLimit limit;
        Micros filled = 0;
    };

    Bucket& filledUp(const Wanted& wanted, Micros now);
    void forgetFull(Micros now);

    mutable std::mutex m_mutex;
    std::unordered_map<std::string, Bucket> m_buckets;
    std::size_t m_sweepAt = 0; // buckets at which full ones are looked for again
};

}
