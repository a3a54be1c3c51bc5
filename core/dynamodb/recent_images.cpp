#include "core/dynamodb/recent_images.h"

namespace core::dynamodb {

namespace {

constexpr std::size_t kOverhead = 160; // of an image in its containers, roughly

}

void RecentImages::setDelay(Micros delay)
{
    std::lock_guard guard(m_mutex);
    m_delay.store(delay, std::memory_order_relaxed);
    if (delay <= 0)
        forgetAll();
}

void RecentImages::clear()
{
    std::lock_guard guard(m_mutex);
    forgetAll();
}

void RecentImages::forgetAll()
{
    m_order.clear();
    m_keyspaces.clear();
    m_bytes = 0;
}

std::size_t RecentImages::bytesOf(const Rows::value_type& row, const Image& image)
{
    return kOverhead + row.first.size() + (image.text ? image.text->size() : 0);
}

void RecentImages::remember(std::string_view keyspace, std::string_view key,
    const std::optional<std::string_view>& before, Micros now)
{
    std::lock_guard guard(m_mutex);
    const auto kept = delay();
    if (kept <= 0)
        return;
    forgetUpTo(now - kept);
    auto rows = m_keyspaces.find(keyspace);
    if (rows == m_keyspaces.end())
        rows = m_keyspaces.emplace(std::string(keyspace), Rows{}).first;
    auto row = rows->second.find(key);
    if (row == rows->second.end())
        row = rows->second.emplace(std::string(key), std::deque<Image>{}).first;
    row->second.push_back({now, before ? std::make_shared<const std::string>(*before) : nullptr});
    m_bytes += bytesOf(*row, row->second.back());
    m_order.push_back({&rows->second, row});
    while (m_bytes > m_maxBytes)
        forgetOldest();
}

void RecentImages::forgetUpTo(Micros moment)
{
    while (!m_order.empty() && m_order.front().row->second.front().until <= moment)
        forgetOldest();
}

void RecentImages::forgetOldest()
{
    const auto [rows, row] = m_order.front();
    m_order.pop_front();
    m_bytes -= bytesOf(*row, row->second.front());
    row->second.pop_front();
    if (row->second.empty())
        rows->erase(row);
}

std::optional<RecentImages::Image> RecentImages::find(
    std::string_view keyspace, std::string_view key, Micros now)
{
    std::lock_guard guard(m_mutex);
    forgetUpTo(now - delay());
    const auto rows = m_keyspaces.find(keyspace);
    if (rows == m_keyspaces.end())
        return std::nullopt;
    const auto row = rows->second.find(key);
    return row == rows->second.end() ? std::nullopt : std::optional(row->second.front());
}

RecentImages::Images RecentImages::findRange(std::string_view keyspace, const store::Range& range, Micros now)
{
    std::lock_guard guard(m_mutex);
    forgetUpTo(now - delay());
    Images images;
    const auto rows = m_keyspaces.find(keyspace);
    if (rows == m_keyspaces.end())
        return images;
    for (auto row = rows->second.lower_bound(range.from);
         row != rows->second.end() && (range.to.empty() || row->first < range.to); ++row)
        images.emplace_hint(images.end(), row->first, row->second.front());
    return images;
}

std::size_t RecentImages::count() const
{
    std::lock_guard guard(m_mutex);
    return m_order.size();
}

}
