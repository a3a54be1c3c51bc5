#include "core/dynamodb/table_store.h"

#include "core/base/log.h"
#include "core/dynamodb/history.h"
#include "core/dynamodb/replica_log.h"
#include "core/dynamodb/resource_policy.h"
#include "core/dynamodb/stored_item.h"

#include <nlohmann/json.hpp>

#include <mutex>

namespace core::dynamodb {

using nlohmann::json;

namespace {

constexpr std::string_view kTables = "dynamodb/tables";
constexpr std::string_view kCounters = "dynamodb/counters"; // by table id; there only while they are right

std::string storeKey(const Table& table)
{
    return table.region + "/" + table.name;
}

json stored(const Counter& counter)
{
    return json::array({counter.items.load(), counter.bytes.load()});
}

void load(Counter& counter, const json& stored)
{
    counter.items = stored.at(0).get<std::int64_t>();
    counter.bytes = stored.at(1).get<std::int64_t>();
}

void loadCounters(const Table& table, const std::string& text)
{
    const auto counters = json::parse(text, nullptr, false);
    if (!counters.is_array() || counters.size() != table.indexes.size() + 1)
        return;
    load(table.state->table, counters[0]);
    for (std::size_t i = 0; i < table.indexes.size(); ++i)
        load(*table.indexes[i].counter, counters[i + 1]);
    table.state->counted = true;
    table.state->snapshotStored = true;
}

std::string storedCounters(const Table& table)
{
    auto counters = json::array({stored(table.state->table)});
    for (const auto& index : table.indexes)
        counters.push_back(stored(*index.counter));
    return counters.dump();
}

void loadBackfills(store::Reader& reader, const Table& table)
{
    for (const auto& index : table.indexes) {
        if (index.backfill)
            index.backfill->cursor =
                reader.get(TableStore::kBackfills, table.id + "/" + index.name).value_or("");
    }
    if (table.ttl && table.ttl->backfill)
        table.ttl->backfill->cursor = reader.get(TableStore::kBackfills, table.id + "/").value_or("");
}

void walk(store::Reader& reader, const std::string& keyspace, Counter& counter)
{
    std::int64_t items = 0;
    std::int64_t bytes = 0;
    reader.scan(keyspace, store::Range::all(), store::Direction::Forward,
        [&](std::string_view, std::string_view value) {
            ++items;
            bytes += static_cast<std::int64_t>(sizeOfStored(value));
            return true;
        });
    counter.items = items;
    counter.bytes = bytes;
}

}

TableStore::TableStore(store::Store& store, const Clock& clock, const StreamStore& streams,
    ThrottleStore& throttles, const ReplicaDelays& replicaDelays)
    : m_store(store)
    , m_clock(clock)
    , m_streams(streams)
    , m_throttles(throttles)
    , m_replicaDelays(replicaDelays)
{
    reload();
}

TableStore::~TableStore()
{
    storeCounters();
}

std::string TableStore::keyOf(std::string_view region, std::string_view name) const
{
    std::string key;
    key.reserve(region.size() + name.size() + 1);
    key += region;
    key += '/';
    key += name;
    return key;
}

TablePtr TableStore::find(std::string_view region, std::string_view name) const
{
    const auto key = keyOf(region, name);
    std::shared_lock lock(m_mutex);
    const auto found = m_tables.find(key);
    if (found == m_tables.end() || found->second->isGone(m_clock.now()))
        return nullptr;
    return found->second;
}

std::size_t TableStore::count(std::string_view region) const
{
    return names(region, {}, SIZE_MAX).size();
}

std::vector<TablePtr> TableStore::all() const
{
    std::vector<TablePtr> tables;
    std::shared_lock lock(m_mutex);
    for (const auto& [key, table] : m_tables)
        tables.push_back(table);
    return tables;
}

std::vector<std::string> TableStore::names(
    std::string_view region, std::string_view after, std::size_t limit) const
{
    const auto prefix = keyOf(region, {});
    std::vector<std::string> names;
    std::shared_lock lock(m_mutex);
    for (auto at = m_tables.upper_bound(prefix + std::string(after));
         at != m_tables.end() && at->first.starts_with(prefix) && names.size() < limit; ++at) {
        if (!at->second->isGone(m_clock.now()))
            names.push_back(at->second->name);
    }
    return names;
}

bool TableStore::exists(store::Reader& reader, const Table& table)
{
    return reader.get(kTables, storeKey(table)).has_value();
}

void TableStore::update(store::Transaction& transaction, const Table& table)
{
    transaction.put(kTables, storeKey(table), storedForm(table));
}

void TableStore::create(store::Transaction& transaction, const Table& table)
{
    transaction.createKeyspace(kTables);
    update(transaction, table);
    transaction.createKeyspace(table.keyspace);
    for (const auto& index : table.indexes)
        transaction.createKeyspace(index.keyspace);
}

void TableStore::drop(store::Transaction& transaction, const Table& table)
{
    transaction.erase(kTables, storeKey(table));
    transaction.erase(kCounters, table.id);
    transaction.dropKeyspace(table.keyspace);
    for (const auto& index : table.indexes) {
        transaction.dropKeyspace(index.keyspace);
        transaction.erase(kBackfills, table.id + "/" + index.name);
    }
    transaction.erase(kBackfills, table.id + "/");
    if (table.ttl)
        transaction.dropKeyspace(table.ttl->keyspace);
    transaction.dropKeyspace(historyKeyspace(table));
    forgetReplication(transaction, table);
    erasePolicy(transaction, table.arn());
    ThrottleStore::store(transaction, table, std::nullopt);
    ReplicaDelays::forget(transaction, table);
    if (table.stream)
        StreamStore::disable(transaction, *table.stream, table.now());
}

TablePtr TableStore::newest(store::Reader& transaction, const TablePtr& known)
{
    auto& state = *known->state;
    if (!state.hasUnsettled())
        return state.latest(known);
    if (const auto text = transaction.get(kTables, storeKey(*known)))
        state.keepUpTo(storedRevision(*text));
    return state.latest(known);
}

void TableStore::touchCounters(store::Transaction& transaction, const Table& table)
{
    if (table.state->snapshotStored.exchange(false))
        transaction.erase(kCounters, table.id);
}

void TableStore::setReplicator(Replicator& replicator)
{
    m_replicator = &replicator;
    for (const auto& table : all())
        table->state->replicator = m_replicator;
}

void TableStore::publish(TablePtr table)
{
    // Once, before others see the table.
    if (!table->state->clock) {
        table->state->replicator = m_replicator;
        table->state->clock = &m_clock;
    }
    m_replicaDelays.applyTo(*table);
    table->state->settle(table);
    m_throttles.apply(*table);
    std::unique_lock lock(m_mutex);
    auto& known = m_tables[storeKey(*table)];
    // Answers to two changes may come in either order.
    if (!known || known->id != table->id || known->revision <= table->revision)
        known = std::move(table);
}

void TableStore::withdraw(const Table& table)
{
    if (table.stream)
        m_streams.noteEnd(*table.stream);
    std::unique_lock lock(m_mutex);
    const auto found = m_tables.find(storeKey(table));
    if (found != m_tables.end() && found->second->id == table.id) {
        m_throttles.forget(table);
        m_tables.erase(found);
    }
}

Result<> TableStore::count(const TablePtr& table)
{
    if (table->state->counted)
        return {};
    // On the committer thread nothing writes meanwhile, so that no change is missed or counted twice.
    return m_store.commit([&](store::Transaction& transaction) -> Result<> {
        auto& state = *table->state;
        const auto latest = newest(transaction, table);
        if (state.counted)
            return {};
        walk(transaction, latest->keyspace, state.table);
        for (const auto& index : latest->indexes)
            walk(transaction, index.keyspace, *index.counter);
        state.counted = true;
        return {};
    });
}

void TableStore::reload()
{
    std::map<std::string, TablePtr, std::less<>> tables;
    const auto reader = m_store.read();
    reader->scan(kTables, store::Range::all(), store::Direction::Forward,
        [&](std::string_view key, std::string_view text) {
            auto table = fromStoredForm(text);
            if (!table) {
                log::error("dynamodb", std::string(key) + ": " + table.error().message);
                return true;
            }
            if (const auto counters = reader->get(kCounters, table->id))
                loadCounters(*table, *counters);
            loadBackfills(*reader, *table);
            const auto stream = m_streams.find(table->region + "/" + table->name + "/" + table->latestStream);
            if (stream && stream->isEnabled())
                table->stream = stream;
            table->state->clock = &m_clock;
            m_throttles.apply(*table);
            m_replicaDelays.applyTo(*table);
            table->state->replicator = m_replicator;
            if (table->history)
                table->state->lastHistory = lastHistory(*reader, *table);
            tables.emplace(std::string(key), std::make_shared<const Table>(std::move(*table)));
            return true;
        });
    std::unique_lock lock(m_mutex);
    // Whoever still holds one of the tables before must not write under its name.
    for (const auto& [key, table] : m_tables)
        table->state->dropped = true;
    m_tables = std::move(tables);
}

void TableStore::storeCounters()
{
    const auto stored = m_store.commit([&](store::Transaction& transaction) -> Result<> {
        transaction.createKeyspace(kCounters);
        for (const auto& [key, table] : m_tables) {
            const auto& state = *table->state;
            if (state.counted && !state.snapshotStored && !state.dropped)
                transaction.put(kCounters, table->id, storedCounters(*table));
        }
        return {};
    });
    if (!stored)
        log::warning("dynamodb", "item counts were not stored: " + stored.error().message);
}

}
