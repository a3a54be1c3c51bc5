#pragma once

#include "core/aws/service.h"
#include "core/dynamodb/table_store.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <string>

namespace core::dynamodb {

// What happens to tables and streams as the chamber's clock goes on: each minute items whose time to live is
// over are deleted and what lagging replicas no longer show is forgotten, each hour stream records older than
// a day, and what point-in-time recovery no longer needs, are removed. Any thread; the work is done on the
// committer thread, in steps.
class Sweeper {
public:
    Sweeper(const aws::Host& host, TableStore& tables, StreamStore& streams);
    ~Sweeper();

    void start();
    void stop();

private:
    class ExpirySweep;
    class StreamTrim;
    class HistoryTrim;

    void tick();
    bool queue(const std::string& what); // false while one of that name waits to begin
    void begun(const std::string& what);
    void scheduleNext();

    const aws::Host& m_host;
    TableStore& m_tables;
    StreamStore& m_streams;
    std::atomic<bool> m_stopping = false;
    Micros m_trimmedAt = 0; // the clock's thread
    std::mutex m_mutex;
    std::set<std::string> m_queued;
    std::unique_ptr<ClockTimer> m_timer;
};

}
