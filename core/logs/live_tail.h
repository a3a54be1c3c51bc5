#pragma once

#include "core/base/subscription.h"
#include "core/logs/log_store.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace core::logs {

// An event as whoever follows a group sees it. Numbers grow by one over all groups since the chamber started.
struct TailEvent {
    std::uint64_t number = 0;
    std::string region;
    std::string group;
    std::string stream;
    std::int64_t timestamp = 0;
    std::int64_t ingested = 0;
    std::string message;
};

// What one look at the tail gave.
struct TailPage {
    std::vector<TailEvent> events;
    std::uint64_t next = 0; // to be asked for next
    bool lost = false; // events before these were dropped before they were asked for
};

// The events that were put last, of all groups, for those who follow them: a bounded ring in memory, and a
// place to wait for the next one. Any thread; only await() waits.
class LiveTail {
public:
    using Filter = std::function<bool(const TailEvent&)>;

    void add(const GroupRef& ref, const std::string& stream, const std::vector<LogEvent>& events);
    // Where the next event will be.
    std::uint64_t end() const;
    // The events from `from` on that pass.
    TailPage page(std::uint64_t from, const Filter& filter, std::size_t limit) const;
    // Is told that there may be more, or that the tail has stopped; on whichever thread that happens.
    [[nodiscard]] Subscription onMore(std::function<void()> tell);
    // As page(); waits for one, in real time, while there are none. At most eight
    // callers wait at once; others get what there is.
    TailPage await(
        std::uint64_t from, const Filter& filter, std::size_t limit, std::chrono::milliseconds patience);
    // Lets all that wait go, for good.
    void stop();
    bool hasStopped() const;

private:
    TailPage look(std::uint64_t from, const Filter& filter, std::size_t limit) const;

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<TailEvent> m_events;
    std::size_t m_bytes = 0;
    std::uint64_t m_next = 1;
    int m_waiting = 0;
    bool m_stopping = false;
    Publisher<bool> m_more;
};

}
