#include "core/dynamodb/table_reaper.h"

#include "core/base/log.h"
#include "core/dynamodb/retry_moment.h"
#include "core/dynamodb/table_deletion.h"

namespace core::dynamodb {

class TableReaper::Drop final : public store::Write {
public:
    Drop(TableReaper& reaper, TablePtr table)
        : m_reaper(reaper)
        , m_table(std::move(table))
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        m_table = TableStore::newest(transaction, m_table);
        m_runs = !m_table->state->dropped;
        if (m_runs)
            TableStore::drop(transaction, *m_table);
        m_table->state->dropped = true;
        return {};
    }

    void done(Result<> outcome) override
    {
        if (!outcome)
            return tryAgain(outcome.error());
        if (!m_runs)
            return;
        m_reaper.m_tables.withdraw(*m_table);
        m_reaper.tellGone(*m_table);
    }

private:
    // Also when it had nothing to do, or was never applied: what it found may have been taken back with it.
    void tryAgain(const Error& error)
    {
        log::error("dynamodb", m_table->name + " was not removed: " + error.message);
        if (m_runs)
            m_table->state->dropped = false;
        m_reaper.retry(m_table, error);
    }

    TableReaper& m_reaper;
    TablePtr m_table;
    bool m_runs = false;
};

class TableReaper::HandOver final : public store::Write {
public:
    HandOver(TableReaper& reaper, TablePtr table)
        : m_reaper(reaper)
        , m_table(std::move(table))
        , m_deletion(reaper.m_tables, reaper.m_transitions)
    {
    }

    Result<> apply(store::Transaction& transaction) override
    {
        m_table = TableStore::newest(transaction, m_table);
        m_runs = !m_reaper.m_stopping && !m_table->state->dropped && TableDeletion::isUnderWay(*m_table)
            && TableStore::exists(transaction, *m_table);
        if (m_runs)
            m_deletion.apply(transaction, m_table, m_reaper.m_clock.now());
        return {};
    }

    void done(Result<> outcome) override
    {
        if (!outcome) {
            log::error("dynamodb",
                m_table->name + " in " + m_table->region
                    + " did not hand over what it had: " + outcome.error().message);
            return m_reaper.retry(m_table, outcome.error());
        }
        if (!m_runs)
            return;
        m_deletion.publish(m_reaper, m_reaper.m_changes);
        if (m_deletion.isGone())
            m_reaper.tellGone(*m_table);
    }

private:
    TableReaper& m_reaper;
    TablePtr m_table;
    TableDeletion m_deletion;
    bool m_runs = false;
};

TableReaper::TableReaper(store::Store& store, TableStore& tables, const TransitionStore& transitions,
    Clock& clock, Publisher<aws::ResourceChanged>& changes)
    : m_store(store)
    , m_tables(tables)
    , m_transitions(transitions)
    , m_clock(clock)
    , m_changes(changes)
    , m_timers(clock)
{
}

void TableReaper::stop()
{
    m_stopping = true;
    m_timers.cancelAll();
}

void TableReaper::schedule(TablePtr table)
{
    if (TableDeletion::isUnderWay(*table))
        return submit(std::move(table));
    const auto until = table->transition.until;
    schedule(std::move(table), until);
}

void TableReaper::schedule(TablePtr table, Micros moment)
{
    const auto id = table->id;
    m_timers.at(id, moment, [this, table = std::move(table)] { submit(table); });
}

void TableReaper::submit(TablePtr table)
{
    if (m_stopping)
        return;
    if (TableDeletion::isUnderWay(*table))
        m_store.submit(std::make_unique<HandOver>(*this, std::move(table)));
    else
        m_store.submit(std::make_unique<Drop>(*this, std::move(table)));
}

void TableReaper::retry(const TablePtr& table, const Error& error)
{
    const auto moment = retryMoment(m_clock, error);
    if (moment && !m_stopping)
        schedule(table, *moment);
}

void TableReaper::tellGone(const Table& table)
{
    m_changes.publish(
        {.service = "dynamodb", .action = "DeleteTable", .region = table.region, .resource = table.name});
}

void TableReaper::resumeAll()
{
    for (const auto& table : m_tables.all()) {
        if (table->transition.phase == Phase::Deleting)
            schedule(table);
    }
}

}
