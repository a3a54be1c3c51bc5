#include "core/lambda/queue_poller.h"

namespace core::lambda {

QueuePoller::QueuePoller(const aws::Host& host, aws::RecordStore<EventSourceMapping>& mappings, Run run)
    : m_mappings(mappings)
    , m_parts{host, [this](const std::string& key) { return m_mappings.find(key); }, std::move(run),
          [this] {
              const std::lock_guard guard(m_mutex);
              return m_holding;
          }}
    , m_queues(host, "sqs", [this](const aws::ResourceChanged& change) { noticeChange(change); })
{
}

QueuePoller::~QueuePoller()
{
    close();
}

void QueuePoller::sync()
{
    std::vector<std::shared_ptr<QueueFeed>> fresh;
    std::vector<std::shared_ptr<QueueFeed>> others;
    std::vector<std::shared_ptr<QueueFeed>> over; // die without the lock
    bool any = false;
    std::unique_lock syncing(m_syncing);
    {
        const std::lock_guard guard(m_mutex);
        if (m_holding || !m_awake)
            return;
        for (auto feed = m_feeds.begin(); feed != m_feeds.end();) {
            const auto mapping = m_mappings.find(feed->first);
            if (mapping && mapping->enabled) {
                others.push_back(feed->second.feed);
                ++feed;
                continue;
            }
            retire(feed->second.feed);
            feed = m_feeds.erase(feed);
        }
        for (const auto& mapping : m_mappings.below({})) {
            if (!mapping->isQueue() || !mapping->enabled || m_feeds.contains(mapping->key()))
                continue;
            fresh.push_back(std::make_shared<QueueFeed>(m_parts, mapping->key()));
            m_feeds[mapping->key()] = {mapping->queue(), mapping->region, fresh.back()};
        }
        any = !m_feeds.empty();
        std::erase_if(m_retired, [&](const auto& feed) {
            if (!feed->isOver())
                return false;
            over.push_back(feed);
            return true;
        });
    }
    // Before the first look: what changes from now on is told.
    m_queues.want(any);
    syncing.unlock();
    for (const auto& feed : fresh)
        feed->start();
    // Settings may have changed: whoever waits looks again.
    for (const auto& feed : others)
        feed->notice();
}

void QueuePoller::resume()
{
    {
        const std::lock_guard guard(m_mutex);
        m_awake = true;
    }
    sync();
}

void QueuePoller::hold()
{
    const std::lock_guard syncing(m_syncing);
    {
        const std::lock_guard guard(m_mutex);
        m_holding = true;
        for (const auto& [key, feed] : m_feeds)
            retire(feed.feed);
        m_feeds.clear();
    }
    m_queues.want(false);
}

void QueuePoller::close()
{
    hold();
    std::vector<std::shared_ptr<QueueFeed>> feeds;
    {
        const std::lock_guard guard(m_mutex);
        feeds.swap(m_retired);
    }
    for (const auto& feed : feeds)
        feed->finish();
}

// Under the mutex. Feeds that still run are waited for at the end.
void QueuePoller::retire(const std::shared_ptr<QueueFeed>& feed)
{
    feed->stop();
    m_retired.push_back(feed);
}

void QueuePoller::noticeChange(const aws::ResourceChanged& change)
{
    // What others receive is no news, and what the feeds receive themselves even less.
    if (change.action == "ReceiveMessage")
        return;
    std::vector<std::shared_ptr<QueueFeed>> feeds;
    {
        const std::lock_guard guard(m_mutex);
        for (const auto& [key, feed] : m_feeds) {
            if (feed.queue == change.resource && feed.region == change.region)
                feeds.push_back(feed.feed);
        }
    }
    for (const auto& feed : feeds)
        feed->notice();
}

}
