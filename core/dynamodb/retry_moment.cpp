#include "core/dynamodb/retry_moment.h"

#include "core/store/refusal.h"

#include <algorithm>

namespace core::dynamodb {

namespace {

constexpr Micros kRetryAfter = 10 * kSecond;
// A clock that runs fast must not make a full disk the machine's only work.
constexpr double kLeastRealMicros = 500'000;

}

std::optional<Micros> retryMoment(const Clock& clock, const Error& error)
{
    if (store::isRefusal(error))
        return std::nullopt;
    const auto state = clock.state();
    return state.now + std::max(kRetryAfter, static_cast<Micros>(state.rate * kLeastRealMicros));
}

}
