#pragma once

#include "core/dynamodb/capacity.h"
#include "core/dynamodb/item_version.h"
#include "core/dynamodb/table.h"
#include "core/store/store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::dynamodb {

std::optional<ItemVersion> readItem(store::Reader& reader, const Table& table, std::string_view key);

// Writes items of one or several tables within one transaction: the table's row, its index entries, the
// record in its stream, the counters. Lives until the write is answered; if it never is, its changes did not
// become durable and the counters are forgotten. Committer thread, then the answering thread.
class ItemWriter {
public:
    // The service's own deletes are marked in streams. What arrives from another replica is not sent on; the
    // first copy of a replica is no change that anybody is told of.
    enum class Author { User, Service, Replica, Copy };

    explicit ItemWriter(Author author = Author::User)
        : m_author(author)
    {
    }
    ~ItemWriter();
    ItemWriter(const ItemWriter&) = delete;
    ItemWriter& operator=(const ItemWriter&) = delete;

    // `before` as read in this transaction; `after` empty deletes. Gives the write units this took. Follows
    // the table's newest descriptor, whatever the caller knows.
    ConsumedCapacity write(store::Transaction& transaction, const TablePtr& known, std::string_view key,
        std::optional<ItemVersion>& before, std::optional<ItemVersion>& after);

    void becameDurable() { m_touched.clear(); }

private:
    void touch(store::Transaction& transaction, const TablePtr& table);

    Author m_author;
    std::vector<TablePtr> m_touched;
};

}
