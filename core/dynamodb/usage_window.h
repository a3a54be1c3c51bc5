#pragma once

#include "core/base/clock.h"

#include <array>
#include <cstdint>

namespace core::dynamodb {

// What was used of something: in the current second, in the last minute, in all; and how often it was
// refused. A value; not synchronised.
class UsageWindow {
public:
    // Gives the sum of the current second.
    double add(Micros now, double units);
    void refuse() { ++m_refused; }

    double thisSecond(Micros now) const;
    double lastMinute(Micros now) const;
    double total() const { return m_total; }
    std::uint64_t refused() const { return m_refused; }

private:
    static constexpr std::size_t kSlots = 60;
    struct Slot {
        std::int64_t second = -1;
        double units = 0;
    };

    std::array<Slot, kSlots> m_slots;
    double m_total = 0;
    std::uint64_t m_refused = 0;
};

}
