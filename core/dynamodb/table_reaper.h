#pragma once

#include "core/aws/service.h"
#include "core/dynamodb/table_store.h"
#include "core/dynamodb/timed_calls.h"
#include "core/dynamodb/transition_store.h"

#include <atomic>

namespace core::dynamodb {

// Goes on with tables that are DELETING: lets replicas hand over what they have accepted, a step at a time,
// and removes tables once their time on the chamber's clock is over; what failed with its commit is tried
// again. Any thread.
class TableReaper {
public:
    TableReaper(store::Store& store, TableStore& tables, const TransitionStore& transitions, Clock& clock,
        Publisher<aws::ResourceChanged>& changes);

    void schedule(TablePtr table);
    void resumeAll(); // what an earlier run left
    void stop();
    void reset() { m_timers.cancelAll(); } // after the store was emptied
    std::size_t waiting() const { return m_timers.count(); }

private:
    class Drop;
    class HandOver;
    void submit(TablePtr table);
    void schedule(TablePtr table, Micros moment);
    void retry(const TablePtr& table, const Error& error);
    void tellGone(const Table& table);

    store::Store& m_store;
    TableStore& m_tables;
    const TransitionStore& m_transitions;
    Clock& m_clock;
    Publisher<aws::ResourceChanged>& m_changes;
    std::atomic<bool> m_stopping = false;
    TimedCalls m_timers; // by table id
};

}
