#pragma once

#include "core/dynamodb/capacity.h"
#include "core/dynamodb/table.h"
#include "core/store/store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core::dynamodb {

// One item before and after a write. The texts are the canonical JSON; the trees are needed for tables with
// indexes.
struct ItemVersion {
    std::string text;
    std::size_t size = 0;
    std::optional<Attributes> tree; // decoded when somebody needed it

    const Attributes& attributes(); // decodes `text` once
};

std::optional<ItemVersion> readItem(store::Reader& reader, const Table& table, std::string_view key);

// Writes items of one or several tables within one transaction: the table's row, its index entries, the
// counters. Lives until the write is answered; if it never is, its changes did not become durable and the
// counters are forgotten. Committer thread, then the answering thread.
class ItemWriter {
public:
    ItemWriter() = default;
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

    std::vector<TablePtr> m_touched;
};

}
