#pragma once

#include "core/aws/service.h"
#include "core/dynamodb/table_store.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace core::dynamodb {

// Removes tables once they have been DELETING long enough on the chamber's clock. Any thread.
class TableReaper {
public:
    TableReaper(
        store::Store& store, TableStore& tables, Clock& clock, Publisher<aws::ResourceChanged>& changes);

    void schedule(TablePtr table);
    void resumeAll(); // what an earlier run left
    void stop();

private:
    class Drop;

    store::Store& m_store;
    TableStore& m_tables;
    Clock& m_clock;
    Publisher<aws::ResourceChanged>& m_changes;
    std::mutex m_mutex;
    std::map<std::string, std::unique_ptr<ClockTimer>> m_timers; // by table id
};

}
