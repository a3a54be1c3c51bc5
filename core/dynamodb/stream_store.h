#pragma once

#include "core/dynamodb/item_version.h"
#include "core/dynamodb/stream.h"
#include "core/store/store.h"

#include <map>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

namespace core::dynamodb {

// All streams, enabled ones and those that ended less than a day ago: kept in memory, backed by the keyspace
// "dynamodb/streams" (key "<region>/<table>/<label>"); records in a keyspace each. Any thread; the
// transaction's members on the committer thread.
class StreamStore {
public:
    explicit StreamStore(store::Store& store);

    StreamPtr find(std::string_view storeKey) const; // null when there is none
    std::vector<StreamPtr> all(std::string_view region) const;
    std::vector<StreamPtr> everything() const;

    // A stream of that table which begins now; its label differs from those of all earlier ones.
    StreamPtr make(const Table& table, StreamView view, Micros now) const;
    static void create(store::Transaction& transaction, const Stream& stream);
    void publish(StreamPtr stream);
    // Ends the stream; it stays readable for a day. In memory once that is durable.
    static void disable(store::Transaction& transaction, const Stream& stream, Micros now);
    void noteEnd(const Stream& stream) const;

    // The record of one change.
    static void append(store::Transaction& transaction, const Table& table, std::string_view itemKey,
        std::optional<ItemVersion>& before, std::optional<ItemVersion>& after, bool byService);

    // Removes what is older than a day, some records at a time. Tells whether there may be more.
    static bool trim(store::Transaction& transaction, const Stream& stream, Micros now);
    void forget(const Stream& stream); // after a trim removed it whole

    void reload(); // after the store changed under it

private:
    store::Store& m_store;
    mutable std::shared_mutex m_mutex;
    std::map<std::string, StreamPtr, std::less<>> m_streams;
};

}
