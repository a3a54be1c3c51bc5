#pragma once

#include "core/dynamodb/item_writer.h"
#include "core/store/store.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace core::dynamodb {

// Writes many rows in bounded commits, so that other writes go on in between. Waits; pool threads only.
class RowWriter {
public:
    explicit RowWriter(store::Store& store)
        : m_store(store)
    {
    }
    virtual ~RowWriter() = default;
    RowWriter(const RowWriter&) = delete;
    RowWriter& operator=(const RowWriter&) = delete;

    // False when a commit failed: stop.
    bool put(std::string_view key, std::string_view value);
    Result<> finish();

protected:
    using Rows = std::vector<std::pair<std::string, std::string>>;
    virtual void write(store::Transaction& transaction, Rows& rows) = 0;
    virtual void becameDurable() { }

private:
    bool flush();

    store::Store& m_store;
    Rows m_rows;
    std::size_t m_bytes = 0;
    Result<> m_result;
};

// Rows of a keyspace as they are.
class KeyspaceWriter final : public RowWriter {
public:
    KeyspaceWriter(store::Store& store, std::string keyspace);

private:
    void write(store::Transaction& transaction, Rows& rows) override;
    std::string m_keyspace;
};

// Items of a table that nobody else writes yet, with their index entries. Rows are item keys and canonical
// JSON.
class TableWriter final : public RowWriter {
public:
    TableWriter(store::Store& store, TablePtr table);

private:
    void write(store::Transaction& transaction, Rows& rows) override;
    void becameDurable() override { m_writer.becameDurable(); }
    TablePtr m_table;
    ItemWriter m_writer;
};

}
