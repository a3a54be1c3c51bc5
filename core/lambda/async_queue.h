#pragma once

#include "core/aws/service.h"
#include "core/lambda/async_job.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace core::lambda {

// Runs asynchronous invocations beside their callers. A job lies in the store from its acceptance to its end,
// so none is lost when the chamber closes or is killed; it may then run twice, as on AWS. A job that failed
// runs again after one and two minutes of the chamber's clock, a throttled one after a growing pause, none
// beyond its age. Only ids are kept in memory. Any thread.
class AsyncQueue {
public:
    struct Parts {
        // Runs one attempt, on a thread of the host's pool.
        std::function<Result<InvocationOutcome>(const AsyncJob&, trace::SpanScope&)> run;
        // Asked anew for each attempt.
        std::function<AsyncRules(const AsyncJob&)> rules;
        std::function<Result<>(
            const std::string& destination, const std::string& record, const AsyncJob&, trace::SpanScope&)>
            deliver;
        // Brings the event to the dead-letter target.
        std::function<Result<>(
            const std::string& target, const AsyncJob&, const AsyncAttempt& last, trace::SpanScope&)>
            bury = {};
    };

    AsyncQueue(const aws::Host& host, Parts parts);
    ~AsyncQueue();

    // Takes up what an earlier run left; once the chamber serves.
    void resume();
    // Starts nothing more and leaves in the store what has not ended; then waits for what runs.
    void hold();
    void close();
    // After the store was emptied.
    void reset();

    // Waits until the job is durable.
    Result<> submit(AsyncJob job);

private:
    struct Ready {
        std::string id;
        std::string functionKey;
    };
    // A job's place among those that run.
    struct Slot {
        Slot(AsyncQueue& owner, std::string function)
            : queue(owner)
            , functionKey(std::move(function))
        {
        }
        ~Slot();
        AsyncQueue& queue;
        std::string functionKey;
        bool isOver = false;
    };

    void schedule(const std::string& id, const std::string& functionKey, Micros due);
    void enqueue(const std::string& id, const std::string& functionKey);
    std::optional<Ready> takeReady();
    void pump();
    void work(Slot& slot, Ready ready);
    void release(const std::string& functionKey);
    void finished(const std::string& functionKey);
    void attempt(const std::string& id);
    void settle(
        AsyncJob job, Result<InvocationOutcome> outcome, const AsyncRules& rules, trace::SpanScope& span);
    void again(AsyncJob job, Micros pause, const AsyncRules& rules, trace::SpanScope& span);
    void end(const AsyncJob& job, AsyncEnd how, const AsyncAttempt& last, const AsyncRules& rules,
        trace::SpanScope& span);
    bool isHeld() const;

    const aws::Host& m_host;
    const Parts m_parts;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Ready> m_ready;
    std::map<std::string, int> m_running; // by function
    int m_runningAll = 0;
    bool m_holding = false;
    std::uint64_t m_lastId = 0;
    std::map<std::string, std::unique_ptr<ClockTimer>> m_timers; // by job
};

}
