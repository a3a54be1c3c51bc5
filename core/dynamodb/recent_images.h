#pragma once

#include "core/base/clock.h"
#include "core/store/store.h"

#include <atomic>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::dynamodb {

// What rows of a table and of its indexes were before the changes of the last moments: what a replica that
// lags behind by `delay` still shows. In memory alone and bounded; nothing is kept while the delay is 0. The
// committer thread remembers, any thread asks.
class RecentImages {
public:
    // A row before a change.
    struct Image {
        Micros until = 0; // when it was changed
        std::shared_ptr<const std::string> text; // null when there was none
    };
    using Images = std::map<std::string, Image, std::less<>>; // by the row's key

    static constexpr std::size_t kMaxBytes = 64 * 1024 * 1024;

    explicit RecentImages(std::size_t maxBytes = kMaxBytes)
        : m_maxBytes(maxBytes)
    {
    }

    bool isOn() const { return delay() > 0; }
    Micros delay() const { return m_delay.load(std::memory_order_relaxed); }
    void setDelay(Micros delay); // 0 forgets everything
    void clear(); // when changes that are remembered did not happen after all

    // Before the change is committed. Beyond the limit the oldest images are forgotten early: their changes
    // are seen too soon.
    void remember(std::string_view keyspace, std::string_view key,
        const std::optional<std::string_view>& before, Micros now);

    // The row as it was `delay` before `now`; nothing when it has not changed since.
    std::optional<Image> find(std::string_view keyspace, std::string_view key, Micros now);
    // All such rows of a range.
    Images findRange(std::string_view keyspace, const store::Range& range, Micros now);

    std::size_t count() const;

private:
    using Rows = std::map<std::string, std::deque<Image>, std::less<>>; // oldest image first
    using Keyspaces = std::map<std::string, Rows, std::less<>>;
    struct Place {
        Rows* rows;
        Rows::iterator row;
    };

    void forgetUpTo(Micros moment);
    void forgetOldest();
    void forgetAll();
    static std::size_t bytesOf(const Rows::value_type& row, const Image& image);

    const std::size_t m_maxBytes;
    std::atomic<Micros> m_delay = 0;
    mutable std::mutex m_mutex;
    Keyspaces m_keyspaces;
    std::deque<Place> m_order; // of all images
    std::size_t m_bytes = 0;
};

}
