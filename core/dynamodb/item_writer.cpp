#include "core/dynamodb/item_writer.h"

#include "core/dynamodb/held_moment.h"
#include "core/dynamodb/history.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/replica_log.h"
#include "core/dynamodb/stored_item.h"
#include "core/dynamodb/stream_store.h"
#include "core/dynamodb/table_store.h"
#include "core/dynamodb/time_to_live.h"

#include <algorithm>

namespace core::dynamodb {

namespace {

struct IndexEntry {
    std::string key;
    std::string text;
    std::size_t size = 0;
};

std::optional<IndexEntry> entryOf(std::optional<ItemVersion>& version, const Table& table, const Index& index)
{
    if (!version)
        return std::nullopt;
    const auto& item = version->attributes();
    auto key = indexKey(item, table, index);
    if (!key)
        return std::nullopt;
    if (index.projection == ProjectionType::All)
        return IndexEntry{std::move(*key), version->text, version->size};
    const auto shown = projected(item, table, index);
    return IndexEntry{std::move(*key), encoded(shown), storedSize(shown)};
}

void count(
    Counter& counter, const std::optional<std::size_t>& before, const std::optional<std::size_t>& after)
{
    const auto items =
        static_cast<std::int64_t>(after.has_value()) - static_cast<std::int64_t>(before.has_value());
    counter.items += items;
    counter.bytes +=
        static_cast<std::int64_t>(after.value_or(0)) - static_cast<std::int64_t>(before.value_or(0));
}

// What replicas that lag behind go on showing.
void remember(RecentImages& recent, const std::string& keyspace, const std::optional<IndexEntry>& before,
    const std::optional<IndexEntry>& after, Micros now)
{
    if (before)
        recent.remember(keyspace, before->key, before->text, now);
    if (after && (!before || before->key != after->key))
        recent.remember(keyspace, after->key, std::nullopt, now);
}

template <typename Sized> std::optional<std::size_t> sizeOf(const std::optional<Sized>& sized)
{
    return sized ? std::optional(sized->size) : std::nullopt;
}

// An index is charged for what changes in it: a new entry, a removed one, both when the key moves, nothing
// when the entry stays as it was.
double writeEntry(store::Transaction& transaction, const std::string& keyspace,
    const std::optional<IndexEntry>& before, const std::optional<IndexEntry>& after)
{
    const bool moved = before && after && before->key != after->key;
    if (before && after && !moved) {
        if (before->text == after->text)
            return 0;
        transaction.put(keyspace, after->key, after->text);
        return writeUnits(std::max(before->size, after->size));
    }
    double units = 0;
    if (before) {
        transaction.erase(keyspace, before->key);
        units += writeUnits(before->size);
    }
    if (after) {
        transaction.put(keyspace, after->key, after->text);
        units += writeUnits(after->size);
    }
    return units;
}

// The caller tells of the indexes that it knows.
void charge(ConsumedCapacity& consumed, const Table& known, const std::string& index, double units)
{
    if (const auto* found = known.findIndex(index))
        consumed.addIndex(
            static_cast<std::size_t>(found - known.indexes.data()), known.indexes.size(), units);
}

}

const Attributes& ItemVersion::attributes()
{
    if (!tree)
        tree = decodeStored(text);
    return *tree;
}

std::optional<ItemVersion> readItem(store::Reader& reader, const Table& table, std::string_view key)
{
    auto text = reader.get(table.keyspace, key);
    if (!text)
        return std::nullopt;
    ItemVersion version;
    version.text = std::move(*text);
    version.size = sizeOfStored(version.text);
    return version;
}

ItemWriter::~ItemWriter()
{
    for (const auto& table : m_touched) {
        table->state->forgetCounters();
        table->state->recent.clear();
    }
}

void ItemWriter::touch(store::Transaction& transaction, const TablePtr& table)
{
    if (std::find(m_touched.begin(), m_touched.end(), table) != m_touched.end())
        return;
    m_touched.push_back(table);
    TableStore::touchCounters(transaction, *table);
}

ConsumedCapacity ItemWriter::write(store::Transaction& transaction, const TablePtr& known,
    std::string_view key, std::optional<ItemVersion>& before, std::optional<ItemVersion>& after)
{
    const auto table = TableStore::newest(transaction, known);
    ConsumedCapacity consumed;
    consumed.table = writeUnits(std::max(before ? before->size : 0, after ? after->size : 0));
    if (!before && !after)
        return consumed;
    touch(transaction, table);
    keepForMoments(transaction, *table, key, before);
    if (after)
        transaction.put(table->keyspace, key, after->text);
    else
        transaction.erase(table->keyspace, key);
    auto& state = *table->state;
    const bool lags = state.recent.isOn();
    if (lags)
        state.recent.remember(table->keyspace, key,
            before ? std::optional<std::string_view>(before->text) : std::nullopt, table->now());
    count(state.table, sizeOf(before), sizeOf(after));
    for (const auto& index : table->indexes) {
        if (index.backfill && !index.backfill->hasReached(key))
            continue;
        const auto old = entryOf(before, *table, index);
        const auto fresh = entryOf(after, *table, index);
        if (const auto units = writeEntry(transaction, index.keyspace, old, fresh); units > 0)
            charge(consumed, *known, index.name, units);
        if (lags)
            remember(state.recent, index.keyspace, old, fresh, table->now());
        count(*index.counter, sizeOf(old), sizeOf(fresh));
    }
    if (table->ttl)
        writeExpiry(transaction, *table->ttl, key, before, after);
    const bool changed = m_author != Author::Copy && (!before || !after || before->text != after->text);
    if (changed && table->history)
        recordHistory(transaction, *table, key, before);
    if (changed && table->stream)
        StreamStore::append(transaction, *table, key, before, after, m_author == Author::Service);
    if (changed && table->isGlobal() && m_author != Author::Replica)
        logWrite(
            transaction, *table, key, after ? std::optional<std::string_view>(after->text) : std::nullopt);
    return consumed;
}

}
