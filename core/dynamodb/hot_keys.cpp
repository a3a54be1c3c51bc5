#include "core/dynamodb/hot_keys.h"

#include <algorithm>

namespace core::dynamodb {

HotKeys::Entry& HotKeys::entryOf(std::string_view key)
{
    for (auto& entry : m_entries) {
        if (entry.key == key)
            return entry;
    }
    if (m_entries.size() < kBound)
        return m_entries.emplace_back(Entry{std::string(key), 0, 0});
    auto& least = *std::min_element(
        m_entries.begin(), m_entries.end(), [](const Entry& a, const Entry& b) { return a.units < b.units; });
    least.key = key;
    least.refused = 0;
    return least;
}

void HotKeys::add(std::string_view key, double units)
{
    entryOf(key).units += units;
}

void HotKeys::refuse(std::string_view key)
{
    ++entryOf(key).refused;
}

std::vector<HotKeys::Entry> HotKeys::sorted() const
{
    auto entries = m_entries;
    std::sort(
        entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.units > b.units; });
    return entries;
}

}
