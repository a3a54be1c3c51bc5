#pragma once

#include "core/base/clock.h"
#include "core/dynamodb/shared_budget.h"
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
#include <utility>
#include <vector>

namespace core::dynamodb {

// What rows of a table and of its indexes were before the changes of the last moments: what a replica that
// lags behind by `delay` still shows. In memory alone and bounded, by itself and with those of other tables;
// nothing is kept while the delay is 0. The committer thread remembers, any thread asks.
class RecentImages final : public SharedBudget::Holder {
public:
    // A row before a change.
    struct Image {
        Micros until = 0; // when it was changed
        std::shared_ptr<const std::string> text; // null when there was none
    };
    using Images = std::vector<std::pair<std::string, Image>>; // with the rows' keys

    static constexpr std::size_t kMaxBytes = 64 * 1024 * 1024;
    static constexpr std::size_t kMaxBytesOfAll = 256 * 1024 * 1024; // of a chamber's tables

    explicit RecentImages(std::size_t maxBytes = kMaxBytes)
        : m_maxBytes(maxBytes)
    {
    }
    ~RecentImages() override;
    RecentImages(const RecentImages&) = delete;
    RecentImages& operator=(const RecentImages&) = delete;

    // The budget that all tables share; before the first delay. Only the first one counts.
    void share(std::shared_ptr<SharedBudget> budget);

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
    // The first such rows of a range, in the direction's order, `limit` at most.
    Images findFirst(std::string_view keyspace, const store::Range& range, store::Direction direction,
        std::size_t limit, Micros now);
    // What is older than the delay, of tables that nobody reads or writes.
    void forgetOld(Micros now);

    std::size_t count() const;
    std::int64_t oldest() const override;
    void forgetSome() override;

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
    void setBytes(std::size_t bytes);
    static std::size_t bytesOf(const Rows::value_type& row, const Image& image);

    const std::size_t m_maxBytes;
    std::atomic<Micros> m_delay = 0;
    mutable std::mutex m_mutex;
    Keyspaces m_keyspaces;
    std::deque<Place> m_order; // of all images
    std::size_t m_bytes = 0;
    std::shared_ptr<SharedBudget> m_budget; // null: alone
};

}
