#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace core::store::detail {

// The values that single gets read lately, bounded in bytes, the least recently used going first. It never
// gives what a commit has replaced: a changed key leaves before the commit, and cannot come back until the
// commit is through. Any thread, except that changes are the committer's.
class ValueCache {
    static constexpr std::size_t kShards = 16;

public:
    explicit ValueCache(std::size_t bytes);

    // What a reader noted before it went to the database. What it found there may be kept only if nothing
    // near it has changed since.
    struct Ticket {
        std::uint64_t epoch = 0;
        bool quiet = false;
    };

    // The value, or a ticket for keep().
    std::optional<std::string> find(std::string_view keyspace, std::string_view key, Ticket& ticket);
    void keep(
        const Ticket& ticket, std::string_view keyspace, std::string_view key, const std::string& value);
    std::size_t bytes() const;

    // The keys that one transaction of the committer changes. settle() once it has been committed or undone.
    class Changes {
    public:
        explicit Changes(ValueCache& cache)
            : m_cache(cache)
        {
        }
        ~Changes() { settle(); }
        Changes(const Changes&) = delete;
        Changes& operator=(const Changes&) = delete;
        void touch(std::string_view keyspace, std::string_view key);
        void touchAll(); // a keyspace came or went
        void settle();

    private:
        ValueCache& m_cache;
        std::array<bool, kShards> m_touched{};
    };

private:
    struct Name {
        std::string_view keyspace;
        std::string_view key;
        bool operator==(const Name&) const = default;
    };
    struct NameHash {
        std::size_t operator()(const Name& name) const
        {
            const std::hash<std::string_view> hash;
            return hash(name.key) * 31 + hash(name.keyspace);
        }
    };
    // Its strings never move, so the index's names may point into it.
    struct Entry {
        std::string keyspace;
        std::string key;
        std::string value;
        std::size_t size() const { return keyspace.size() + key.size() + value.size() + kEntryOverhead; }
    };
    static constexpr std::size_t kEntryOverhead = 192;

    struct Shard {
        mutable std::mutex mutex;
        std::list<Entry> entries; // the latest used first
        std::unordered_map<Name, std::list<Entry>::iterator, NameHash> index;
        std::size_t bytes = 0;
        std::uint64_t epoch = 0;
        bool changing = false;
    };

    std::size_t shardOf(const Name& name) const { return (NameHash{}(name) >> 7) % kShards; }
    static void removeLast(Shard& shard);

    const std::size_t m_bytesPerShard;
    std::array<Shard, kShards> m_shards;
};

}
