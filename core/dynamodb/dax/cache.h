#pragma once

#include "core/base/clock.h"
#include "core/dynamodb/shared_budget.h"

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace core::dynamodb::dax {

enum class EntryKind {
    Item, // what a primary key finds
    Query, // a page of a Query or Scan
};

struct CacheSettings {
    Micros itemTtl = 300 * kSecond; // 0: kept until evicted or overwritten
    Micros queryTtl = 300 * kSecond;
    std::size_t maxBytes = 64 * 1024 * 1024;

    Micros ttlOf(EntryKind kind) const { return kind == EntryKind::Item ? itemTtl : queryTtl; }
};

struct CacheCounts {
    std::uint64_t hits = 0;
    std::uint64_t misses = 0;
    std::uint64_t evictions = 0; // by the limit
    std::uint64_t expirations = 0;
    std::size_t entries = 0;
    std::size_t bytes = 0;
};

// The item cache and the query cache of one cluster: entries with a time to live, the least recently used
// ones evicted beyond the limit, or when the clusters have too much together. An entry's value may be "there
// is nothing". Any thread.
class Cache final : public SharedBudget::Holder {
public:
    static constexpr std::size_t kMaxBytesOfAll = 256 * 1024 * 1024; // of a chamber's clusters

    explicit Cache(std::shared_ptr<SharedBudget> budget = nullptr); // null: alone
    ~Cache() override;
    Cache(const Cache&) = delete;
    Cache& operator=(const Cache&) = delete;

    using Value = std::shared_ptr<const std::string>; // null: nothing is there

    struct Place {
        EntryKind kind = EntryKind::Item;
        std::string table; // its id
        std::string key; // whatever tells entries of a table and kind apart
    };
    struct Lookup {
        bool hit = false;
        Value value;
        Micros age = 0; // of a hit, or of the entry that had expired
        bool expired = false;
    };
    struct Shown {
        EntryKind kind = EntryKind::Item;
        std::string table;
        std::string text; // the key for people
        Micros age = 0;
        std::optional<Micros> expiresIn; // nothing: it does not expire
        std::size_t bytes = 0;
        std::uint64_t hits = 0;
        bool negative = false;
    };
    using Counts = std::map<EntryKind, CacheCounts>;

    CacheSettings settings() const;
    void setSettings(const CacheSettings& settings, Micros now); // holds for entries that are there too

    Lookup find(const Place& place, Micros now);
    // Replaces what is there.
    void put(const Place& place, std::string text, Value value, Micros now);
    // What was read after a miss: leaves alone what was written meanwhile.
    void fill(const Place& place, std::string text, Value value, Micros now);

    std::map<std::string, Counts> counts() const; // by table
    // The most recently used ones first.
    std::vector<Shown> entries(
        const std::string& table, std::optional<EntryKind> kind, std::size_t limit, Micros now) const;
    // All entries of that table, or of all tables when it is "". Gives their number; counters stay.
    std::size_t flush(const std::string& table);

    std::int64_t oldest() const override;
    void forgetSome() override;

private:
    struct Entry {
        std::string id;
        EntryKind kind;
        std::string table;
        std::string text;
        Value value;
        Micros storedAt = 0;
        std::size_t bytes = 0;
        std::uint64_t hits = 0;
        std::int64_t usedAt = 0; // as the budget counts uses
    };
    using Entries = std::list<Entry>; // the most recently used one first

    static std::string idOf(const Place& place);
    bool hasExpired(const Entry& entry, Micros now) const;
    void keep(const Place& place, std::string text, Value value, Micros now, bool replaces);
    void insert(const Place& place, std::string id, std::string text, Value value, Micros now);
    void evictOldest();
    Entries::iterator erase(Entries::iterator entry);
    void evict();
    void forgetIdleTables();
    std::int64_t nextUse() { return m_budget ? m_budget->nextUse() : 0; }

    const std::shared_ptr<SharedBudget> m_budget;
    mutable std::mutex m_mutex;
    CacheSettings m_settings;
    Entries m_entries;
    std::unordered_map<std::string_view, Entries::iterator> m_index; // by Entry::id
    std::map<std::string, Counts> m_counts;
    std::size_t m_bytes = 0;
};

}
