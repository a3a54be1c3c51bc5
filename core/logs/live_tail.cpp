#include "core/logs/live_tail.h"

#include <algorithm>

namespace core::logs {

namespace {

constexpr std::size_t kMaxEvents = 10'000;
constexpr std::size_t kMaxBytes = 4 * 1024 * 1024;
// Each holds a thread of the pool that serves everything.
constexpr int kMaxWaiting = 8;

}

void LiveTail::add(const GroupRef& ref, const std::string& stream, const std::vector<LogEvent>& events)
{
    {
        const std::lock_guard guard(m_mutex);
        for (const auto& event : events) {
            m_events.push_back({m_next++, ref.region, ref.group, stream, event.position.timestamp,
                event.ingested, event.message});
            m_bytes += event.message.size();
        }
        while (m_events.size() > kMaxEvents || m_bytes > kMaxBytes) {
            m_bytes -= m_events.front().message.size();
            m_events.pop_front();
        }
    }
    m_changed.notify_all();
    m_more.publish(true);
}

std::uint64_t LiveTail::end() const
{
    const std::lock_guard guard(m_mutex);
    return m_next;
}

// Under the mutex.
TailPage LiveTail::look(std::uint64_t from, const Filter& filter, std::size_t limit) const
{
    TailPage page;
    page.next = m_next;
    page.lost = from + m_events.size() < m_next;
    const auto first = std::lower_bound(m_events.begin(), m_events.end(), from,
        [](const TailEvent& event, std::uint64_t number) { return event.number < number; });
    for (auto event = first; event != m_events.end(); ++event) {
        if (!filter(*event))
            continue;
        if (page.events.size() == limit) {
            page.next = event->number;
            break;
        }
        page.events.push_back(*event);
    }
    return page;
}

TailPage LiveTail::page(std::uint64_t from, const Filter& filter, std::size_t limit) const
{
    const std::lock_guard guard(m_mutex);
    return look(from, filter, limit);
}

Subscription LiveTail::onMore(std::function<void()> tell)
{
    return m_more.subscribe([tell = std::move(tell)](bool) { tell(); });
}

bool LiveTail::hasStopped() const
{
    const std::lock_guard guard(m_mutex);
    return m_stopping;
}

TailPage LiveTail::await(
    std::uint64_t from, const Filter& filter, std::size_t limit, std::chrono::milliseconds patience)
{
    const auto until = std::chrono::steady_clock::now() + patience;
    std::unique_lock lock(m_mutex);
    auto page = look(from, filter, limit);
    if (m_waiting >= kMaxWaiting)
        return page;
    ++m_waiting;
    while (page.events.empty() && !m_stopping) {
        const auto seen = m_next;
        if (!m_changed.wait_until(lock, until, [&] { return m_next != seen || m_stopping; }))
            break;
        const bool lost = page.lost;
        page = look(page.next, filter, limit);
        page.lost = page.lost || lost;
    }
    --m_waiting;
    return page;
}

void LiveTail::stop()
{
    {
        const std::lock_guard guard(m_mutex);
        m_stopping = true;
    }
    m_changed.notify_all();
    m_more.publish(false);
}

}
