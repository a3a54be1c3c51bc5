#include "core/dynamodb/usage_window.h"

namespace core::dynamodb {

double UsageWindow::add(Micros now, double units)
{
    const auto second = now / kSecond;
    auto& slot = m_slots[static_cast<std::size_t>(second) % kSlots];
    if (slot.second != second)
        slot = {second, 0};
    slot.units += units;
    m_total += units;
    return slot.units;
}

double UsageWindow::thisSecond(Micros now) const
{
    const auto second = now / kSecond;
    const auto& slot = m_slots[static_cast<std::size_t>(second) % kSlots];
    return slot.second == second ? slot.units : 0;
}

double UsageWindow::lastMinute(Micros now) const
{
    const auto second = now / kSecond;
    double sum = 0;
    for (const auto& slot : m_slots) {
        if (slot.second > second - static_cast<std::int64_t>(kSlots) && slot.second <= second)
            sum += slot.units;
    }
    return sum;
}

}
