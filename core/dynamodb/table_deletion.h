#pragma once

#include "core/dynamodb/item_writer.h"
#include "core/dynamodb/new_descriptors.h"
#include "core/dynamodb/table_reaper.h"
#include "core/dynamodb/transition_store.h"

#include <vector>

namespace core::dynamodb {

// Deletes a table: at once, or after it was DELETING for as long as that lasts. Of a global table the others
// first get what it has accepted: a step with the request, the rest in steps behind it, and the table is
// DELETING meanwhile. Lives until its commit is answered; without publish() nothing of it became durable.
// Committer thread, then the answering thread.
class TableDeletion {
public:
    TableDeletion(TableStore& tables, const TransitionStore& transitions);
    ~TableDeletion();

    // Whether a table that is DELETING has not handed over everything yet.
    static bool isUnderWay(const Table& table);

    // Begins, or does the next step. `table` as TableStore::newest gives it.
    void apply(store::Transaction& transaction, const TablePtr& table, Micros now);
    // Once durable; the reaper does what remains.
    void publish(TableReaper& reaper, Publisher<aws::ResourceChanged>& changes);

    bool isGone() const { return m_gone; }
    bool handsOver() const { return m_handsOver; }

private:
    bool handOver(store::Transaction& transaction);
    void begin(store::Transaction& transaction);
    void leave(store::Transaction& transaction, const Transition& leaving, Micros now);
    void forget(
        store::Transaction& transaction, const TablePtr& other, const Transition& leaving, Micros now);

    TableStore& m_tables;
    const TransitionStore& m_transitions;
    NewDescriptors m_changes;
    ItemWriter m_writer{ItemWriter::Author::Replica};
    TablePtr m_table;
    std::vector<TablePtr> m_reached; // by writes that it had accepted
    bool m_gone = false;
    bool m_handsOver = false;
    bool m_published = false;
};

}
