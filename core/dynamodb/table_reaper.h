#pragma once

#include "core/aws/service.h"
#include "core/dynamodb/table_store.h"
#include "core/dynamodb/timed_calls.h"

namespace core::dynamodb {

// Removes tables once they have been DELETING long enough on the chamber's clock; what could not be removed
// is tried again. Any thread.
class TableReaper {
public:
    TableReaper(
        store::Store& store, TableStore& tables, Clock& clock, Publisher<aws::ResourceChanged>& changes);

    void schedule(TablePtr table);
    void resumeAll(); // what an earlier run left
    void stop() { m_timers.cancelAll(); }
    std::size_t waiting() const { return m_timers.count(); }

private:
    class Drop;
    void schedule(TablePtr table, Micros moment);

    store::Store& m_store;
    TableStore& m_tables;
    Clock& m_clock;
    Publisher<aws::ResourceChanged>& m_changes;
    TimedCalls m_timers; // by table id
};

}
