#include "core/dynamodb/table_deletion.h"

#include "core/dynamodb/replica_delivery.h"
#include "core/dynamodb/replica_group.h"

#include <algorithm>

namespace core::dynamodb {

TableDeletion::TableDeletion(TableStore& tables, const TransitionStore& transitions)
    : m_tables(tables)
    , m_transitions(transitions)
    , m_changes(tables)
{
}

TableDeletion::~TableDeletion()
{
    if (m_gone && !m_published)
        m_table->state->dropped = false;
}

bool TableDeletion::isUnderWay(const Table& table)
{
    return table.transition.phase == Phase::Deleting && table.transition.until == kUntilAnswered;
}

void TableDeletion::apply(store::Transaction& transaction, const TablePtr& table, Micros now)
{
    m_table = table;
    m_handsOver = !handOver(transaction);
    if (m_handsOver && isUnderWay(*table))
        return;
    if (m_handsOver)
        return begin(transaction);
    const auto leaving = Transition::begin(Phase::Deleting, now, m_transitions.times().deleteTable);
    leave(transaction, leaving, now);
    m_gone = leaving.isOver(now);
    if (m_gone) {
        TableStore::drop(transaction, *m_table);
        m_table->state->dropped = true;
        return;
    }
    m_table = m_changes.change(transaction, m_table, [&leaving](Table& after) {
        after.transition = leaving;
        after.replicas.clear();
    });
}

// A step to one of the others that lack something. Tells whether all have everything.
bool TableDeletion::handOver(store::Transaction& transaction)
{
    for (const auto& other : otherReplicas(transaction, m_tables, *m_table)) {
        const auto arrivals = deliverAhead(transaction, m_table, other, m_writer);
        if (arrivals.applied > 0)
            m_reached.push_back(other);
        if (arrivals.more)
            return false;
    }
    return true;
}

void TableDeletion::begin(store::Transaction& transaction)
{
    const Transition lasting{Phase::Deleting, kUntilAnswered};
    for (const auto& other : otherReplicas(transaction, m_tables, *m_table)) {
        m_changes.change(transaction, other, [&](Table& after) {
            for (auto& replica : after.replicas) {
                if (replica.region == m_table->region)
                    replica.transition = lasting;
            }
        });
    }
    m_table =
        m_changes.change(transaction, m_table, [&lasting](Table& after) { after.transition = lasting; });
}

void TableDeletion::leave(store::Transaction& transaction, const Transition& leaving, Micros now)
{
    for (const auto& other : otherReplicas(transaction, m_tables, *m_table)) {
        eraseCursor(transaction, *m_table, other->region);
        forget(transaction, other, leaving, now);
    }
}

void TableDeletion::forget(
    store::Transaction& transaction, const TablePtr& other, const Transition& leaving, Micros now)
{
    eraseCursor(transaction, *other, m_table->region);
    const auto after = m_changes.change(transaction, other, [&](Table& changed) {
        std::erase_if(changed.leavingReplicas,
            [now](const Replica& replica) { return replica.transition.isOver(now); });
        const auto gone = std::find_if(changed.replicas.begin(), changed.replicas.end(),
            [&](const Replica& replica) { return replica.region == m_table->region; });
        if (!leaving.isOver(now)) {
            changed.leavingReplicas.push_back(*gone);
            changed.leavingReplicas.back().transition = leaving;
        }
        changed.replicas.erase(gone);
    });
    if (after->isGlobal())
        trimLog(transaction, *after);
    else
        forgetReplication(transaction, *after);
}

void TableDeletion::publish(TableReaper& reaper, Publisher<aws::ResourceChanged>& changes)
{
    m_published = true;
    m_writer.becameDurable();
    m_changes.publish();
    for (const auto& table : m_changes.changed()) {
        if (table->id != m_table->id)
            changes.publish({.service = "dynamodb",
                .action = "UpdateTable",
                .region = table->region,
                .resource = table->name});
    }
    for (const auto& table : m_reached) {
        changes.publish({.service = "dynamodb",
            .action = "Replication",
            .region = table->region,
            .resource = table->name,
            .data = true});
    }
    if (m_gone)
        m_tables.withdraw(*m_table);
    else
        reaper.schedule(m_table);
}

}
