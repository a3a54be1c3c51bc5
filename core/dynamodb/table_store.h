#pragma once

#include "core/dynamodb/replica_delays.h"
#include "core/dynamodb/stream_store.h"
#include "core/dynamodb/table.h"
#include "core/dynamodb/throttle_store.h"
#include "core/store/store.h"

#include <map>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

namespace core::dynamodb {

// The descriptors of all tables: kept in memory, backed by the keyspace "dynamodb/tables" (key
// "<region>/<name>"). Any thread; the transaction's members on the committer thread.
class TableStore {
public:
    static constexpr std::string_view kBackfills = "dynamodb/backfills"; // cursor by table id and index

    TableStore(store::Store& store, const Clock& clock, const StreamStore& streams, ThrottleStore& throttles,
        const ReplicaDelays& replicaDelays);
    ~TableStore(); // stores the counters, so that the next start need not count

    TablePtr find(std::string_view region, std::string_view name) const; // null when there is none
    std::size_t count(std::string_view region) const;
    std::vector<TablePtr> all() const;
    // Names after `after`, in order, up to `limit`.
    std::vector<std::string> names(std::string_view region, std::string_view after, std::size_t limit) const;

    // Inside a transaction, then in memory once that is durable.
    static bool exists(store::Reader& reader, const Table& table);
    static void create(store::Transaction& transaction, const Table& table);
    static void update(store::Transaction& transaction, const Table& table);
    static void drop(store::Transaction& transaction, const Table& table);
    // The descriptor that a write must follow. After a commit that failed, memory is ahead of the disk for a
    // moment: what the store has decides then.
    static TablePtr newest(store::Reader& transaction, const TablePtr& known);
    // The stored counters become stale.
    static void touchCounters(store::Transaction& transaction, const Table& table);
    // Whom tables tell of their writes; before the first request.
    void setReplicator(Replicator& replicator);
    void publish(TablePtr table);
    void withdraw(const Table& table);

    // Makes the counters of a table known; walks its items when the last run did not end well. Waits.
    Result<> count(const TablePtr& table);

    void reload(); // after the store changed under it

private:
    std::string keyOf(std::string_view region, std::string_view name) const;
    void storeCounters();

    store::Store& m_store;
    const Clock& m_clock;
    const StreamStore& m_streams;
    ThrottleStore& m_throttles; // sets the switches of tables
    const ReplicaDelays& m_replicaDelays;
    Replicator* m_replicator = nullptr;
    mutable std::shared_mutex m_mutex;
    std::map<std::string, TablePtr, std::less<>> m_tables;
};

}
