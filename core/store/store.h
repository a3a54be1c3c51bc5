#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::store {

enum class Direction { Forward, Backward };

// Keys from `from` (inclusive) to `to` (exclusive); an empty `to` means no upper end.
struct Range {
    std::string from;
    std::string to;

    static Range all() { return {}; }
    static Range prefix(std::string_view prefix); // every key that begins with it
};

// Called for each row in key order; the views live until it returns. Return false to stop.
using Visitor = std::function<bool(std::string_view key, std::string_view value)>;

// Reads at one moment. Unknown keyspaces read as empty. One thread at a time.
class Reader {
public:
    virtual ~Reader() = default;
    virtual std::optional<std::string> get(std::string_view keyspace, std::string_view key) = 0;
    virtual void scan(
        std::string_view keyspace, const Range& range, Direction direction, const Visitor& visit) = 0;
    virtual bool hasKeyspace(std::string_view keyspace) = 0;
    virtual std::vector<std::string> keyspaces(std::string_view prefix) = 0;
    virtual std::uint64_t count(std::string_view keyspace) = 0; // walks the keyspace
};

// A Reader that sees its own changes. Only the committer thread has one, inside Write::apply.
class Transaction : public Reader {
public:
    virtual void put(std::string_view keyspace, std::string_view key, std::string_view value) = 0;
    virtual bool erase(std::string_view keyspace, std::string_view key) = 0; // true when the key was there
    virtual void createKeyspace(std::string_view keyspace) = 0; // does nothing when it exists
    virtual void dropKeyspace(std::string_view keyspace) = 0;
};

// A change that the committer applies. `apply` runs on the committer thread and checks its conditions before
// it changes anything: when it fails, or throws, its changes are undone and the other writes of the group
// stand. `done` runs once, after the group is durable (or with the error), on the committer's answering
// thread; it must not block.
class Write {
public:
    virtual ~Write() = default;
    virtual Result<> apply(Transaction& transaction) = 0;
    virtual void done(Result<> outcome) = 0;
};

enum class Durability {
    Full, // an acknowledged write survives a power cut
    Relaxed, // survives kill -9, may lose the last moments in a power cut
    Memory, // nothing survives; the folder is a temporary one
};

struct StoreOptions {
    std::filesystem::path folder;
    Durability durability = Durability::Full;
};

// The chamber's durable, ordered key-value store: keyspaces of byte strings, ordered as unsigned bytes. A
// read that follows an acknowledged write sees it. All members may be called from any thread.
class Store {
public:
    static Result<std::unique_ptr<Store>> open(const StoreOptions& options);
    ~Store(); // finishes queued writes
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    // A consistent snapshot; keep it short. Each calling thread reuses a connection of its own.
    std::unique_ptr<Reader> read() const;
    // One get with a snapshot of its own.
    std::optional<std::string> get(std::string_view keyspace, std::string_view key) const;

    void submit(std::unique_ptr<Write> write);
    // Applies `change` and waits until it is durable. Never on an I/O or UI thread.
    Result<> commit(std::function<Result<>(Transaction&)> change);

    const std::filesystem::path& folder() const;

    struct Impl;

private:
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

}
