#pragma once

#include "core/store/detail/reads_through.h"
#include "core/store/detail/value_cache.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace core::store::detail {

// One write's view of the committer's transaction, and the way back from its changes. It keeps what each
// changed key held before: a savepoint for every write costs SQLite a copy of each page that the write
// touches. Keyspaces that come or go take a savepoint all the same. Committer thread.
class WriteTransaction : public ReadsThrough<Transaction> {
public:
    WriteTransaction(const Connection& connection, Keyspaces& keyspaces, ValueCache::Changes& changes)
        : ReadsThrough(keyspaces)
        , m_connection(connection)
        , m_changes(changes)
    {
    }

    std::optional<std::string> get(std::string_view keyspace, std::string_view key) override;
    void put(std::string_view keyspace, std::string_view key, std::string_view value) override;
    bool erase(std::string_view keyspace, std::string_view key) override;
    void createKeyspace(std::string_view keyspace) override;
    void dropKeyspace(std::string_view keyspace) override;

    bool changed() const { return m_changed; }
    void keep(); // the changes stay
    void undo(); // they never were

private:
    struct Before {
        std::string keyspace;
        std::string key;
        std::optional<std::string> value;
    };

    // A key that is about to change: what it holds is kept. Gives the row it stands in.
    std::optional<std::int64_t> beforeChange(std::string_view keyspace, std::string_view key);
    void beforeKeyspaceChange();
    void restore(const Before& before);

    const Connection& m_connection;
    ValueCache::Changes& m_changes;
    bool m_changed = false;
    bool m_savepoint = false;
    std::vector<Before> m_before;
    // What was read last: a write mostly changes what it has just looked at.
    std::optional<Before> m_lastRead;
    std::optional<std::int64_t> m_lastRow;
};

}
