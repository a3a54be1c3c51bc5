#include "core/dynamodb/index_filler.h"

#include "core/base/log.h"
#include "core/dynamodb/item_encoder.h"
#include "core/dynamodb/item_keys.h"
#include "core/dynamodb/retry_moment.h"
#include "core/dynamodb/row_page.h"
#include "core/dynamodb/stored_item.h"
#include "core/dynamodb/time_to_live.h"

#include <optional>
#include <utility>
#include <vector>

namespace core::dynamodb {

namespace {

struct Entry {
    std::string key;
    std::string text;
    std::int64_t size = 0;
};

std::string cursorKey(const Table& table, const std::string& index)
{
    return table.id + "/" + index;
}

// What is being filled: an index, or with "" the moments at which items expire.
struct Target {
    const Index* index = nullptr;
    const TimeToLive* timeToLive = nullptr;
    Backfill* backfill = nullptr;

    const std::string& keyspace() const { return index ? index->keyspace : timeToLive->keyspace; }
};

std::optional<Target> filling(const Table& table, const std::string& name)
{
    if (table.state->dropped)
        return std::nullopt;
    if (name.empty()) {
        if (!table.ttl || !table.ttl->backfill || table.ttl->backfill->done)
            return std::nullopt;
        return Target{nullptr, &*table.ttl, table.ttl->backfill.get()};
    }
    const auto* index = table.findIndex(name);
    if (!index || !index->isFilling())
        return std::nullopt;
    return Target{index, nullptr, index->backfill.get()};
}

// Items whose attribute has another type, or is empty, are not in the index.
std::optional<Entry> entryOf(
    const Attributes& item, std::string_view key, const Table& table, const Target& target)
{
    auto entryKey =
        target.index ? indexKey(item, table, *target.index) : expiryKey(item, *target.timeToLive, key);
    if (!entryKey)
        return std::nullopt;
    if (!target.index)
        return Entry{std::move(*entryKey), {}, 0};
    const auto shown = projected(item, table, *target.index);
    return Entry{std::move(*entryKey), encoded(shown), static_cast<std::int64_t>(storedSize(shown))};
}

// The entries of the items behind the cursor, as many as fit a step. Tells whether the table ended.
bool readStep(store::Reader& reader, const Table& table, const Target& target, std::string& cursor,
    std::vector<Entry>& entries)
{
    const auto page = readPage(reader, table.keyspace, cursor);
    for (const auto& [key, text] : page.rows) {
        if (auto entry = entryOf(decodeStored(text), key, table, target))
            entries.push_back(std::move(*entry));
    }
    page.moveOn(cursor);
    return page.ended;
}

TablePtr completed(const Table& table, const std::string& name)
{
    auto after = table;
    ++after.revision;
    if (name.empty())
        after.ttl->backfill = nullptr;
    for (auto& index : after.indexes) {
        if (index.name == name)
            index.backfill = nullptr;
    }
    return std::make_shared<const Table>(std::move(after));
}

}

class IndexFiller::Step final : public store::Write {
public:
    Step(IndexFiller& filler, TablePtr table, std::string index)
        : m_filler(filler)
        , m_table(std::move(table))
        , m_index(std::move(index))
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        m_before = TableStore::newest(transaction, m_table);
        m_table = m_before;
        m_runs = !m_filler.m_stopping && filling(*m_table, m_index).has_value();
        if (m_runs)
            step(transaction, m_table, m_index);
        if (m_table != m_before)
            m_table->state->setLatest(m_table);
        return {};
    }

    void done(Result<> outcome) override
    {
        if (!outcome)
            return tryAgain(outcome.error());
        if (!m_runs)
            return;
        if (m_table == m_before) {
            if (!m_filler.m_stopping)
                m_filler.start(m_table, m_index);
            return;
        }
        if (const auto filled = filling(*m_before, m_index))
            filled->backfill->done = true;
        m_filler.m_tables.publish(m_table);
        m_filler.m_changes.publish({.service = "dynamodb",
            .action = "UpdateTable",
            .region = m_table->region,
            .resource = m_table->name});
    }

private:
    // Also when it had nothing to do, or was never applied: what it found may have been taken back with it.
    void tryAgain(const Error& error)
    {
        log::error("dynamodb", "index " + m_index + " of " + m_table->name + ": " + error.message);
        if (m_runs && m_table != m_before)
            m_table->state->withdraw(m_table);
        if (m_runs)
            m_table->state->forgetCounters();
        m_filler.retry(m_before ? m_before : m_table, m_index, error);
    }

    IndexFiller& m_filler;
    TablePtr m_table;
    TablePtr m_before;
    std::string m_index;
    bool m_runs = false;
};

IndexFiller::IndexFiller(
    store::Store& store, TableStore& tables, Clock& clock, Publisher<aws::ResourceChanged>& changes)
    : m_store(store)
    , m_tables(tables)
    , m_clock(clock)
    , m_changes(changes)
    , m_retries(clock)
{
}

void IndexFiller::step(store::Transaction& transaction, TablePtr& table, const std::string& name)
{
    const auto target = filling(*table, name);
    if (!target)
        return;
    auto& backfill = *target->backfill;
    // What is stored is right: memory may be ahead of a step that did not become durable.
    auto cursor = transaction.get(TableStore::kBackfills, cursorKey(*table, name)).value_or("");
    std::vector<Entry> entries;
    const bool ended = readStep(transaction, *table, *target, cursor, entries);
    for (const auto& entry : entries) {
        transaction.put(target->keyspace(), entry.key, entry.text);
        if (target->index) {
            ++target->index->counter->items;
            target->index->counter->bytes += entry.size;
        }
    }
    TableStore::touchCounters(transaction, *table);
    backfill.cursor = cursor;
    if (!ended) {
        transaction.createKeyspace(TableStore::kBackfills);
        transaction.put(TableStore::kBackfills, cursorKey(*table, name), cursor);
        return;
    }
    forget(transaction, *table, name);
    table = completed(*table, name);
    TableStore::update(transaction, *table);
}

void IndexFiller::forget(store::Transaction& transaction, const Table& table, const std::string& index)
{
    transaction.erase(TableStore::kBackfills, cursorKey(table, index));
}

void IndexFiller::start(TablePtr table, std::string index)
{
    m_store.submit(std::make_unique<Step>(*this, std::move(table), std::move(index)));
}

void IndexFiller::retry(TablePtr table, std::string index, const Error& error)
{
    const auto name = cursorKey(*table, index);
    const auto moment = retryMoment(m_clock, error);
    if (moment && !m_stopping)
        m_retries.at(name, *moment,
            [this, table = std::move(table), index = std::move(index)] { start(table, index); });
}

void IndexFiller::resumeAll()
{
    for (const auto& table : m_tables.all()) {
        for (const auto& index : table->indexes) {
            if (index.isFilling())
                start(table, index.name);
        }
        if (table->ttl && table->ttl->backfill)
            start(table, {});
    }
}

}
