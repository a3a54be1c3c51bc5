#pragma once

#include "core/aws/service.h"
#include "core/dynamodb/table_store.h"
#include "core/dynamodb/timed_calls.h"

#include <atomic>
#include <string>

namespace core::dynamodb {

// Fills indexes (and, under the name "", the moments at which items expire) that were made of tables with
// items in them: a bounded step in the store at a time, so that other writes go on in between. Where a
// filling stands is stored with each step; it goes on after a crash, and after a step that failed (a full
// disk) some seconds later. Any thread.
class IndexFiller {
public:
    IndexFiller(
        store::Store& store, TableStore& tables, Clock& clock, Publisher<aws::ResourceChanged>& changes);

    // One step of an index; committer thread. Replaces `table` by the descriptor with the index complete,
    // which the caller makes the latest, when that was the last one.
    static void step(store::Transaction& transaction, TablePtr& table, const std::string& index);
    static void forget(store::Transaction& transaction, const Table& table, const std::string& index);

    // Goes on with an index until it is complete.
    void start(TablePtr table, std::string index);
    void resumeAll(); // what an earlier run left
    void stop()
    {
        m_stopping = true;
        m_retries.cancelAll();
    }

private:
    class Step;
    void retry(TablePtr table, std::string index, const Error& error);

    store::Store& m_store;
    TableStore& m_tables;
    Clock& m_clock;
    Publisher<aws::ResourceChanged>& m_changes;
    std::atomic<bool> m_stopping = false;
    TimedCalls m_retries;
};

}
