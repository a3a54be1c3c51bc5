#include "core/dynamodb/held_moment.h"

#include "core/dynamodb/history.h"
#include "core/dynamodb/table_store.h"
#include "core/dynamodb/transfer_runner.h"

#include <algorithm>

namespace core::dynamodb {

namespace {

constexpr std::string_view kMoments = "dynamodb/moments/";

tl::unexpected<Error> goneAway(const Table& table)
{
    return fail(ErrorKind::Cancelled, "TableDeleted", "The table " + table.name + " was deleted meanwhile.");
}

// Both pages are whole up to the smaller of the keys at which one was cut off.
void cutToCommonEnd(RowPage& a, RowPage& b)
{
    auto end = a.ended ? std::string() : a.rows.back().first;
    if (!b.ended && (a.ended || b.rows.back().first < end))
        end = b.rows.back().first;
    if (end.empty())
        return;
    for (auto* page : {&a, &b}) {
        const auto cut = std::remove_if(
            page->rows.begin(), page->rows.end(), [&end](const auto& row) { return row.first > end; });
        page->ended = page->ended && cut == page->rows.end();
        page->rows.erase(cut, page->rows.end());
    }
}

// In the order of keys; of a key that is in both, what was kept. Kept items that were not there are left out.
Rows merged(RowPage& today, RowPage& kept)
{
    Rows rows;
    auto at = today.rows.begin();
    for (auto& row : kept.rows) {
        for (; at != today.rows.end() && at->first < row.first; ++at)
            rows.push_back(std::move(*at));
        if (at != today.rows.end() && at->first == row.first)
            ++at;
        if (!row.second.empty())
            rows.push_back(std::move(row));
    }
    for (; at != today.rows.end(); ++at)
        rows.push_back(std::move(*at));
    return rows;
}

// Changes newest first; `from` goes along. False when there is nothing left.
Result<bool> rewindStep(store::Transaction& transaction, const TablePtr& table, const HeldMoment& moment,
    Micros target, Micros& from)
{
    if (table->state->dropped)
        return goneAway(*table);
    const auto latest = TableStore::newest(transaction, table);
    if (!latest->history || latest->history->since != table->history->since) {
        return fail(ErrorKind::Cancelled, "PointInTimeRecoveryDisabled",
            "Point-in-time recovery of " + table->name + " was turned off meanwhile.");
    }
    StepBounds bounds;
    Rows rows;
    eachChangeBackwards(
        transaction, *table, target, from, [&](Micros number, std::string_view key, std::string_view before) {
            from = number - 1;
            rows.emplace_back(key, before);
            return bounds.takes(key.size() + before.size()) && !bounds.isFull();
        });
    // In this order the oldest of an item's changes comes last, and stays.
    for (const auto& [key, before] : rows)
        transaction.put(moment.keyspace(), key, before);
    return !rows.empty();
}

std::optional<std::string> textAt(
    store::Reader& reader, const Table& table, const HeldMoment& moment, const std::string& key)
{
    if (auto kept = reader.get(moment.keyspace(), key))
        return kept->empty() ? std::nullopt : std::optional(std::move(*kept));
    return reader.get(table.keyspace, key);
}

}

HeldMoment::HeldMoment(std::string id, bool backup)
    : m_keyspace(std::string(kMoments) + std::move(id))
    , m_backup(backup)
{
}

HeldMomentPtr HeldMoment::begin(
    store::Transaction& transaction, const TablePtr& table, std::string id, bool backup)
{
    auto moment = std::make_shared<HeldMoment>(std::move(id), backup);
    moment->m_historyEnd = table->state->lastHistory;
    transaction.createKeyspace(moment->m_keyspace);
    table->state->hold(moment);
    return moment;
}

void HeldMoment::end(store::Transaction& transaction, const Table& table)
{
    release(table);
    transaction.dropKeyspace(m_keyspace);
}

void HeldMoment::release(const Table& table)
{
    table.state->release(*this);
}

void HeldMoment::removeAll(store::Transaction& transaction)
{
    for (const auto& keyspace : transaction.keyspaces(kMoments))
        transaction.dropKeyspace(keyspace);
}

void HeldMoment::setReached(std::string key)
{
    std::lock_guard guard(m_mutex);
    m_reached = std::move(key);
}

bool HeldMoment::hasReached(std::string_view key) const
{
    std::lock_guard guard(m_mutex);
    return key <= m_reached;
}

void keepForMoments(store::Transaction& transaction, const Table& table, std::string_view itemKey,
    const std::optional<ItemVersion>& before)
{
    if (!table.state->isHeld())
        return;
    for (const auto& moment : table.state->heldMoments()) {
        // A keyspace that is not there went with a reset.
        if (!moment->hasReached(itemKey) && transaction.hasKeyspace(moment->keyspace())
            && !transaction.get(moment->keyspace(), itemKey))
            transaction.put(moment->keyspace(), itemKey, before ? std::string_view(before->text) : "");
    }
}

bool isBeingBackedUp(const Table& table)
{
    const auto moments = table.state->heldMoments();
    return std::any_of(
        moments.begin(), moments.end(), [](const HeldMomentPtr& moment) { return moment->isBackup(); });
}

Result<> rewindTo(Micros target, TransferRunner& runner, Transfer& transfer, const TablePtr& table,
    const HeldMoment& moment)
{
    auto from = moment.historyEnd();
    for (bool more = true; more;) {
        CORE_CHECK(runner.commit(transfer, [&](store::Transaction& transaction) -> Result<> {
            CORE_TRY(more, rewindStep(transaction, table, moment, target, from));
            return {};
        }));
    }
    return {};
}

MomentReader::MomentReader(store::Store& store, TablePtr table, HeldMomentPtr moment)
    : m_store(store)
    , m_table(std::move(table))
    , m_moment(std::move(moment))
{
}

Result<Rows> MomentReader::next()
{
    const auto reader = m_store.read();
    if (!reader->hasKeyspace(m_table->keyspace) || !reader->hasKeyspace(m_moment->keyspace()))
        return goneAway(*m_table);
    auto today = readPage(*reader, m_table->keyspace, m_cursor);
    auto kept = readPage(*reader, m_moment->keyspace(), m_cursor);
    cutToCommonEnd(today, kept);
    m_atEnd = today.ended && kept.ended;
    for (const auto* page : {&today, &kept}) {
        if (!page->rows.empty())
            m_cursor = std::max(m_cursor, page->rows.back().first);
    }
    m_moment->setReached(m_cursor);
    return merged(today, kept);
}

ChangesReader::ChangesReader(store::Store& store, TablePtr table, HeldMomentPtr from, HeldMomentPtr to)
    : m_store(store)
    , m_table(std::move(table))
    , m_from(std::move(from))
    , m_to(std::move(to))
{
}

Result<std::vector<ChangesReader::Change>> ChangesReader::next()
{
    const auto reader = m_store.read();
    if (!reader->hasKeyspace(m_table->keyspace) || !reader->hasKeyspace(m_from->keyspace()))
        return goneAway(*m_table);
    auto page = readPage(*reader, m_from->keyspace(), m_cursor);
    m_atEnd = page.ended;
    std::vector<Change> changes;
    for (auto& [key, text] : page.rows) {
        m_cursor = key;
        auto before = text.empty() ? std::nullopt : std::optional(std::move(text));
        auto after = textAt(*reader, *m_table, *m_to, key);
        if (before != after)
            changes.push_back({key, std::move(before), std::move(after)});
    }
    return changes;
}

}
