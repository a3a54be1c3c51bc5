#pragma once

#include "core/dynamodb/item_version.h"
#include "core/dynamodb/row_page.h"
#include "core/dynamodb/table.h"
#include "core/store/store.h"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::dynamodb {

struct Transfer;
class TransferRunner;

// A moment of a table that somebody copies while writes go on. As long as it is held, each write keeps, once,
// what its item was, in a keyspace of the moment's own, by the item's key. So the items at the moment are
// today's with those put back, both in the order of their keys: a copy reads page by page and holds neither a
// snapshot nor much memory. Any thread.
class HeldMoment {
public:
    // `backup`: the table cannot be deleted meanwhile.
    HeldMoment(std::string id, bool backup);

    // Committer thread; the moment is that of the transaction. Should it not become durable: release().
    static std::shared_ptr<HeldMoment> begin(
        store::Transaction& transaction, const TablePtr& table, std::string id, bool backup);
    // Committer thread: ends it and removes what was kept.
    void end(store::Transaction& transaction, const Table& table);
    void release(const Table& table);
    // What a crash left.
    static void removeAll(store::Transaction& transaction);

    bool isBackup() const { return m_backup; }
    const std::string& keyspace() const { return m_keyspace; }
    // Of the history, when the moment began.
    Micros historyEnd() const { return m_historyEnd; }

    // Copied up to that key: what happens there is no longer of interest.
    void setReached(std::string key);
    bool hasReached(std::string_view key) const;

private:
    std::string m_keyspace;
    bool m_backup;
    Micros m_historyEnd = 0;
    mutable std::mutex m_mutex;
    std::string m_reached;
};

using HeldMomentPtr = std::shared_ptr<HeldMoment>;

// Before an item is written; committer thread. Costs nothing while no moment is held.
void keepForMoments(store::Transaction& transaction, const Table& table, std::string_view itemKey,
    const std::optional<ItemVersion>& before);
// Whether a backup of the table is being made.
bool isBeingBackedUp(const Table& table);

// Moves the moment to an earlier one, by what the table's history has in between; in bounded commits. Waits.
Result<> rewindTo(Micros target, TransferRunner& runner, Transfer& transfer, const TablePtr& table,
    const HeldMoment& moment);

// The items of a table at a moment, page by page, in the order of their keys. One thread at a time.
class MomentReader {
public:
    MomentReader(store::Store& store, TablePtr table, HeldMomentPtr moment);
    bool atEnd() const { return m_atEnd; }
    // Item keys and canonical JSON; perhaps none. An error when the table went away.
    Result<Rows> next();

private:
    store::Store& m_store;
    TablePtr m_table;
    HeldMomentPtr m_moment;
    std::string m_cursor;
    bool m_atEnd = false;
};

// What changed from one moment to a later one of the same table, page by page.
class ChangesReader {
public:
    struct Change {
        std::string key;
        std::optional<std::string> before;
        std::optional<std::string> after;
    };

    ChangesReader(store::Store& store, TablePtr table, HeldMomentPtr from, HeldMomentPtr to);
    bool atEnd() const { return m_atEnd; }
    Result<std::vector<Change>> next();

private:
    store::Store& m_store;
    TablePtr m_table;
    HeldMomentPtr m_from;
    HeldMomentPtr m_to;
    std::string m_cursor;
    bool m_atEnd = false;
};

}
