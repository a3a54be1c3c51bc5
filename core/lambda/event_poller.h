#pragma once

#include "core/aws/record_store.h"
#include "core/aws/timed_work.h"
#include "core/lambda/change_watch.h"
#include "core/lambda/event_source_mapping.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace core::lambda {

// Feeds functions from sources of one kind: a feed a mapping that is enabled, woken when its source changes.
// A mapping that is enabled again is fed when what its former feed runs has ended. A Feed (QueueFeed,
// StreamFeed) says which mappings are its, which service's changes it wants, and what of them is news; it
// calls its parts' `over` when it was stopped and something of it has ended. Any thread.
template <typename Feed> class EventPoller {
public:
    using Parts = typename Feed::Parts;

    // `parts` less `mapping`, `isHeld` and `over`, which are the poller's.
    EventPoller(aws::RecordStore<EventSourceMapping>& mappings, Parts parts)
        : m_mappings(mappings)
        , m_parts(std::move(parts))
        , m_watch(
              m_parts.host, std::string(Feed::kService), [this] { return hasFeeds(); },
              [this](const aws::ResourceChanged& change) { noticeChange(change); })
        , m_again(std::make_shared<aws::TimedWork>(m_parts.host, [this]() -> std::optional<Micros> {
            sync();
            return std::nullopt;
        }))
    {
        m_parts.mapping = [this](const std::string& key) { return m_mappings.find(key); };
        m_parts.isHeld = [this] { return m_holding.load(); };
        // What ends last of a feed may outlive the poller.
        m_parts.over = [weak = std::weak_ptr(m_again)] {
            if (const auto again = weak.lock())
                again->notice();
        };
    }
    ~EventPoller() { close(); }
    EventPoller(const EventPoller&) = delete;
    EventPoller& operator=(const EventPoller&) = delete;

    // After mappings were made, changed or removed.
    void sync()
    {
        Pointers fresh;
        Pointers others;
        Pointers over; // die without the lock
        {
            const std::lock_guard guard(m_mutex);
            if (m_holding || !m_awake)
                return;
            retireOld();
            for (const auto& [key, place] : m_feeds)
                others.push_back(place.feed);
            fresh = addMissing();
            over = takeOver();
        }
        // Before the first look: what changes from now on is told.
        m_watch.settle();
        for (const auto& feed : fresh)
            feed->start();
        // Settings may have changed: whoever waits looks again.
        for (const auto& feed : others)
            feed->notice();
    }

    // Takes up what an earlier run left; once the chamber serves.
    void resume()
    {
        {
            const std::lock_guard guard(m_mutex);
            m_awake = true;
        }
        m_again->resume();
    }

    // Begins nothing more; then waits for what runs.
    void hold()
    {
        {
            const std::lock_guard guard(m_mutex);
            m_holding = true;
            for (const auto& [key, place] : m_feeds)
                retire(key, place.feed);
            m_feeds.clear();
        }
        m_watch.settle();
    }
    void close()
    {
        hold();
        m_again->close();
        Retired retired;
        {
            const std::lock_guard guard(m_mutex);
            retired.swap(m_retired);
        }
        for (const auto& [key, feed] : retired)
            feed->finish();
    }

private:
    using Pointers = std::vector<std::shared_ptr<Feed>>;
    using Retired = std::vector<std::pair<std::string, std::shared_ptr<Feed>>>; // with the mapping's key
    struct Place {
        std::string resource; // the source's name
        std::string region;
        std::shared_ptr<Feed> feed;
    };

    bool hasFeeds() const
    {
        const std::lock_guard guard(m_mutex);
        return !m_feeds.empty();
    }

    // These five under the mutex. Feeds that still run are waited for at the end.
    void retire(const std::string& key, const std::shared_ptr<Feed>& feed)
    {
        feed->stop();
        m_retired.emplace_back(key, feed);
    }
    bool stillRuns(const std::string& key) const
    {
        return std::ranges::any_of(m_retired,
            [&](const auto& retired) { return retired.first == key && !retired.second->isOver(); });
    }
    void retireOld()
    {
        for (auto place = m_feeds.begin(); place != m_feeds.end();) {
            const auto mapping = m_mappings.find(place->first);
            if (mapping && mapping->enabled && place->second.feed->suits(*mapping)) {
                ++place;
                continue;
            }
            retire(place->first, place->second.feed);
            place = m_feeds.erase(place);
        }
    }
    Pointers addMissing()
    {
        Pointers fresh;
        for (const auto& mapping : m_mappings.below({})) {
            const auto key = mapping->key();
            if (!Feed::takes(*mapping) || !mapping->enabled || m_feeds.contains(key) || stillRuns(key))
                continue;
            fresh.push_back(std::make_shared<Feed>(m_parts, *mapping));
            m_feeds[key] = {Feed::resourceOf(*mapping), mapping->region, fresh.back()};
        }
        return fresh;
    }
    Pointers takeOver()
    {
        Pointers over;
        std::erase_if(m_retired, [&](const auto& retired) {
            if (!retired.second->isOver())
                return false;
            over.push_back(retired.second);
            return true;
        });
        return over;
    }

    void noticeChange(const aws::ResourceChanged& change)
    {
        if (!Feed::isNews(change))
            return;
        Pointers feeds;
        {
            const std::lock_guard guard(m_mutex);
            for (const auto& [key, place] : m_feeds) {
                if (place.resource == change.resource && place.region == change.region)
                    feeds.push_back(place.feed);
            }
        }
        for (const auto& feed : feeds)
            feed->notice();
    }

    aws::RecordStore<EventSourceMapping>& m_mappings;
    Parts m_parts;
    mutable std::mutex m_mutex;
    std::atomic<bool> m_holding = false;
    bool m_awake = false;
    std::map<std::string, Place> m_feeds; // by the mapping's key
    Retired m_retired;
    ChangeWatch m_watch;
    // Looks again when a former feed has ended; its rounds use everything above.
    const std::shared_ptr<aws::TimedWork> m_again;
};

}
