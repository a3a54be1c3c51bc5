#pragma once

#include "core/aws/service.h"
#include "core/dynamodb/timed_calls.h"

#include <nlohmann/json_fwd.hpp>

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace core::dynamodb {

// A copy that goes on behind the request that asked for it: a backup, a restore, an export or an import. Who
// does the work counts in it, others look. Any thread.
struct Transfer {
    std::string id;
    std::string kind; // "Backup", "Restore", "Export", "Import"
    std::string table; // read, or being made
    std::string region;
    std::string resource; // ARN of what is made
    std::string source; // ARN of what is read; "" for objects
    Micros startedAt = 0;
    std::atomic<std::int64_t> items = 0; // copied
    std::atomic<std::int64_t> totalItems = -1; // -1: nobody knows
    std::atomic<std::int64_t> bytes = 0;
    std::atomic<std::int64_t> totalBytes = -1;
    std::atomic<std::int64_t> errors = 0; // items left out
    std::atomic<bool> running = false; // else it waits for others
    std::atomic<bool> cancelled = false;
    std::atomic<bool> ended = false; // durable, and about to be shown as over

    // Set when all is over, under the runner's lock.
    Micros finishedAt = 0;
    std::string failure;
};

using TransferPtr = std::shared_ptr<Transfer>;
class TransferRunner;

// What one kind of transfer does, owned by the runner until it is over.
class TransferWork {
public:
    virtual ~TransferWork() = default;
    // Committer thread, in the transaction that stores the transfer: checks, then what stands at once.
    virtual Result<> begin(store::Transaction& transaction, Transfer& transfer) = 0;
    virtual void begun() { } // once that is durable
    // Takes as long as it takes, on a pool thread; commits through the runner, in bounded steps.
    virtual Result<> run(TransferRunner& runner, Transfer& transfer, trace::SpanScope& span) = 0;
    // Committer thread: what ends the transfer, or removes what is half made of it. Perhaps several times.
    virtual void finish(store::Transaction& transaction, const Result<>& outcome) = 0;
    // Once that is durable.
    virtual void finished(const Result<>& /*outcome*/) { }
    // The beginning did not become durable, or the store was emptied under it.
    virtual void forget() { }
};

// Runs transfers, two at a time, on threads of its own, and keeps a row of each of the latest hundred in the
// keyspace "dynamodb/transfers". One that is under way when the chamber ends, or crashes, is failed at the
// next start, in words; what was half made of it is removed. Any thread.
class TransferRunner {
public:
    explicit TransferRunner(const aws::Host& host);
    ~TransferRunner() { stop(); }
    TransferRunner(const TransferRunner&) = delete;
    TransferRunner& operator=(const TransferRunner&) = delete;

    // The id and the moment are filled in.
    TransferPtr make(std::string_view kind, std::string table, std::string region, std::string resource,
        std::string source = {});
    // Begins the work and, once that is durable, has it go on behind. Waits; pool threads only.
    Result<> start(const TransferPtr& transfer, std::unique_ptr<TransferWork> work);

    // For the work: fails when the transfer was cancelled. Waits.
    Result<> commit(Transfer& transfer, const std::function<Result<>(store::Transaction&)>& change);
    Result<> check(const Transfer& transfer) const;

    // Null when there is none. It is over only after what it made can be used.
    TransferPtr findUnderWay(std::string_view resource) const;
    bool isReadUnderWay(std::string_view source) const;
    // False when there is none of that id under way.
    bool cancel(std::string_view id);
    nlohmann::json rows() const; // newest first

    // At start: fails in the store what an earlier run left; committer thread.
    void failInterrupted(store::Transaction& transaction);
    void stop(); // waits for what runs; leaves it to the next start
    void reset(); // the store was emptied

private:
    struct Job;

    void load();
    void keep(const TransferPtr& transfer);
    void forget(const TransferPtr& transfer);
    void trim(store::Transaction& transaction) const;
    void run(const std::shared_ptr<Job>& job);
    void finish(const std::shared_ptr<Job>& job);
    void finishLater(const std::shared_ptr<Job>& job, const Error& error);

    const aws::Host& m_host;
    std::atomic<bool> m_stopping = false;
    mutable std::mutex m_mutex;
    std::deque<TransferPtr> m_transfers; // oldest first
    Micros m_lastId = 0;
    TimedCalls m_retries;
    WorkPool m_pool;
};

}
