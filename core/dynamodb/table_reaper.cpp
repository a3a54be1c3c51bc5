#include "core/dynamodb/table_reaper.h"

#include "core/base/log.h"
#include "core/dynamodb/retry_moment.h"

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
        m_reaper.m_changes.publish({.service = "dynamodb",
            .action = "DeleteTable",
            .region = m_table->region,
            .resource = m_table->name});
    }

private:
    // Also when it had nothing to do, or was never applied: what it found may have been taken back with it.
    void tryAgain(const Error& error)
    {
        log::error("dynamodb", m_table->name + " was not removed: " + error.message);
        if (m_runs)
            m_table->state->dropped = false;
        if (const auto moment = retryMoment(m_reaper.m_clock, error))
            m_reaper.schedule(m_table, *moment);
    }

    TableReaper& m_reaper;
    TablePtr m_table;
    bool m_runs = false;
};

TableReaper::TableReaper(
    store::Store& store, TableStore& tables, Clock& clock, Publisher<aws::ResourceChanged>& changes)
    : m_store(store)
    , m_tables(tables)
    , m_clock(clock)
    , m_changes(changes)
    , m_timers(clock)
{
}

void TableReaper::schedule(TablePtr table)
{
    const auto until = table->transition.until;
    schedule(std::move(table), until);
}

void TableReaper::schedule(TablePtr table, Micros moment)
{
    const auto id = table->id;
    m_timers.at(id, moment,
        [this, table = std::move(table)] { m_store.submit(std::make_unique<Drop>(*this, table)); });
}

void TableReaper::resumeAll()
{
    for (const auto& table : m_tables.all()) {
        if (table->transition.phase == Phase::Deleting)
            schedule(table);
    }
}

}
