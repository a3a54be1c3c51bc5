#include "core/dynamodb/recent_images.h"

#include <limits>

namespace core::dynamodb {

namespace {

constexpr std::size_t kOverhead = 160; // of an image in its containers, roughly
constexpr std::size_t kForgottenAtOnce = 64;

}

RecentImages::~RecentImages()
{
    if (!m_budget)
        return;
    m_budget->leave(*this);
    m_budget->remove(m_bytes);
}

void RecentImages::share(std::shared_ptr<SharedBudget> budget)
{
    {
        std::lock_guard guard(m_mutex);
        if (m_budget)
            return;
        m_budget = budget;
        m_budget->add(m_bytes);
    }
    budget->join(*this);
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
    setBytes(0);
}

void RecentImages::setBytes(std::size_t bytes)
{
    if (m_budget && bytes > m_bytes)
        m_budget->add(bytes - m_bytes);
    else if (m_budget)
        m_budget->remove(m_bytes - bytes);
    m_bytes = bytes;
}

std::size_t RecentImages::bytesOf(const Rows::value_type& row, const Image& image)
{
    return kOverhead + row.first.size() + (image.text ? image.text->size() : 0);
}

void RecentImages::remember(std::string_view keyspace, std::string_view key,
    const std::optional<std::string_view>& before, Micros now)
{
    std::unique_lock lock(m_mutex);
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
    setBytes(m_bytes + bytesOf(*row, row->second.back()));
    m_order.push_back({&rows->second, row});
    while (m_bytes > m_maxBytes)
        forgetOldest();
    const auto budget = m_budget;
    lock.unlock();
    if (budget)
        budget->enforce();
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
    setBytes(m_bytes - bytesOf(*row, row->second.front()));
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

RecentImages::Images RecentImages::findFirst(std::string_view keyspace, const store::Range& range,
    store::Direction direction, std::size_t limit, Micros now)
{
    std::lock_guard guard(m_mutex);
    forgetUpTo(now - delay());
    Images images;
    const auto found = m_keyspaces.find(keyspace);
    if (found == m_keyspaces.end() || (!range.to.empty() && range.from >= range.to))
        return images;
    const auto& rows = found->second;
    const auto begin = rows.lower_bound(range.from);
    const auto end = range.to.empty() ? rows.end() : rows.lower_bound(range.to);
    const auto take = [&](const Rows::value_type& row) {
        images.emplace_back(row.first, row.second.front());
    };
    if (direction == store::Direction::Forward) {
        for (auto row = begin; row != end && images.size() < limit; ++row)
            take(*row);
    } else {
        for (auto row = end; row != begin && images.size() < limit;)
            take(*--row);
    }
    return images;
}

void RecentImages::forgetOld(Micros now)
{
    std::lock_guard guard(m_mutex);
    forgetUpTo(now - delay());
}

std::size_t RecentImages::count() const
{
    std::lock_guard guard(m_mutex);
    return m_order.size();
}

std::int64_t RecentImages::oldest() const
{
    std::lock_guard guard(m_mutex);
    return m_order.empty() ? std::numeric_limits<std::int64_t>::max()
                           : m_order.front().row->second.front().until;
}

void RecentImages::forgetSome()
{
    std::lock_guard guard(m_mutex);
    for (std::size_t i = 0; i < kForgottenAtOnce && !m_order.empty(); ++i)
        forgetOldest();
}

}
