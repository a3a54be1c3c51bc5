#pragma once

#include "core/aws/service.h"
#include "core/dynamodb/replica_delivery.h"
#include "core/dynamodb/table_store.h"
#include "core/dynamodb/timed_calls.h"
#include "core/dynamodb/transition_store.h"

#include <nlohmann/json_fwd.hpp>

#include <atomic>
#include <compare>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace core::dynamodb {

// Carries the writes of global tables from region to region as the chamber's clock goes on, copies the items
// of a table to its new replicas, and forgets deletes that nothing can arrive before any more. What is on its
// way is in the store; it goes on after a crash. Any thread; the work is done on the committer thread, in
// steps.
class Replicator {
public:
    Replicator(const aws::Host& host, TableStore& tables, const TransitionStore& transitions);
    ~Replicator();
    Replicator(const Replicator&) = delete;
    Replicator& operator=(const Replicator&) = delete;

    void start(); // and goes on with what an earlier run left
    void stop();
    void reset(); // after the store was emptied

    // The moment of a write that `table` accepts now, above `least` and all earlier ones; it sets out for the
    // other replicas. Committer thread.
    Micros accept(const Table& table, Micros now, Micros least);
    // What the others have for a replica that has joined them sets out again.
    void welcome(const Table& fresh);
    // Goes on with the copy to a new replica until it is complete.
    void copy(const std::string& targetId);

    // What is on its way: {"Replication": [...], "Copies": [...]}.
    nlohmann::json report() const;

private:
    class Arrival;
    class CopyStep;
    class Trim;

    struct Link {
        std::string table;
        std::string from;
        std::string to;

        auto operator<=>(const Link&) const = default;
    };
    struct Total {
        std::size_t applied = 0;
        std::size_t older = 0;
    };

    void retryCopy(const std::string& targetId, const Error& error);
    void wake(const Link& link, Micros at);
    void armLocked();
    void tick();
    void scheduleTrim();
    void trimAll();
    nlohmann::json reportLink(store::Reader& reader, const Table& origin, const std::string& to) const;
    void noteTotals(const Link& link, const Arrivals& arrivals);
    void tell(const Link& link, const TablePtr& target, const Arrivals& arrivals, Micros lag);

    const aws::Host& m_host;
    TableStore& m_tables;
    const TransitionStore& m_transitions;
    std::atomic<bool> m_stopping = false;
    std::atomic<Micros> m_last = 0; // the moment of the newest write
    mutable std::mutex m_mutex;
    std::map<Link, Micros> m_due; // when something arrives
    std::map<Link, Total> m_totals; // since the chamber was opened
    Micros m_timerAt = std::numeric_limits<Micros>::max();
    std::vector<std::unique_ptr<ClockTimer>> m_timers; // the newest is the one that counts
    std::unique_ptr<ClockTimer> m_trimTimer;
    TimedCalls m_retries; // of copies, by id of the new replica
};

}
