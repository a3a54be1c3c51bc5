#pragma once

#include "core/aws/timed_work.h"
#include "core/lambda/feed_parts.h"
#include "core/lambda/queue_batch.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace core::lambda {

// What the feeds of all queues share. Outlives them.
struct FeedParts {
    const aws::Host& host;
    RunBatch run;
    FindMapping mapping = {};
    std::function<bool()> isHeld = {}; // the chamber closes: what a function answers now means nothing
    std::function<void()> over = {}; // something of a stopped feed has ended; quick
};

// Brings one queue's messages to one function: receives while there is room for another batch, keeps what
// came during the batching window, and runs each batch on the pool. What succeeds is deleted from the queue;
// the rest is left there, and comes again when its visibility time-out ends. It looks at the queue when
// something changes there, when the next message becomes visible, and when a batch ends; meanwhile it holds
// no thread. Any thread.
class QueueFeed : public std::enable_shared_from_this<QueueFeed> {
public:
    // AWS begins with five batches at once; a function has ten environments on this computer.
    static constexpr int kUsualAtOnce = 5;
    static constexpr int kMostAtOnce = 10;

    using Parts = FeedParts;
    static constexpr std::string_view kService = "sqs";
    static bool takes(const EventSourceMapping& mapping) { return mapping.isQueue(); }
    static std::string resourceOf(const EventSourceMapping& mapping) { return mapping.queue(); }
    // What others receive is no news, and what the feeds receive themselves even less.
    static bool isNews(const aws::ResourceChanged& change) { return change.action != "ReceiveMessage"; }

    QueueFeed(const Parts& parts, const EventSourceMapping& mapping);
    ~QueueFeed();

    // Whether it feeds as the mapping says now: it looks at each round.
    bool suits(const EventSourceMapping&) const { return true; }

    void start();
    void notice();
    void stop(); // begins nothing more; returns at once
    bool isOver() const; // stopped, and nothing runs
    void finish(); // waits for what runs

private:
    struct Batch {
        std::deque<QueueMessage> messages;
        Micros hiddenUntil = 0; // of the first that appears again
        int notRun = 0; // attempts that did not reach the function
        Micros retryAt = 0;
    };
    // What the queue says of itself.
    struct Arrivals {
        Micros visibility = 0;
        std::optional<Micros> next; // when the next message appears
    };
    // What batches are to tell of.
    struct Untold {
        std::size_t filtered = 0;
        std::size_t stale = 0;
    };
    struct Task;

    std::optional<Micros> round();
    std::optional<Micros> startWaiting();
    bool hasRoom(const EventSourceMapping& mapping) const;
    Result<> gather(const EventSourceMapping& mapping, Micros visibility);
    Result<bool> receive(const EventSourceMapping& mapping, Micros visibility);
    Result<Arrivals> arrivals(const EventSourceMapping& mapping) const;
    std::optional<Micros> problem(const EventSourceMapping& mapping, const Error& error);
    bool isFull(const EventSourceMapping& mapping) const;
    void dropStale();
    void leaveAll();
    void tell(const EventSourceMapping& mapping);
    void tellInto(trace::SpanScope& span);
    void dispatch(const EventSourceMapping& mapping);
    void post(std::shared_ptr<Batch> batch);

    void run(const std::shared_ptr<Batch>& batch);
    void runParts(const EventSourceMapping& mapping, Batch& batch, trace::SpanScope& span);
    void describe(const Batch& batch, trace::SpanScope& span) const;
    bool settle(const EventSourceMapping& mapping, const MessageList& messages,
        const InvocationOutcome& outcome, trace::SpanScope& span);
    void leave(const MessageList& messages, trace::SpanScope& span) const;
    void notRun(Batch& batch, const Error& error, trace::SpanScope& span);
    void erase(const EventSourceMapping& mapping, const MessageList& messages, trace::SpanScope* span) const;
    Result<aws::Reply> ask(const EventSourceMapping& mapping, std::string_view action, nlohmann::json input,
        trace::SpanScope* parent) const;
    trace::SpanScope open(const EventSourceMapping& mapping) const;

    const FeedParts& m_parts;
    const std::string m_key; // of the mapping
    std::atomic<bool> m_stopped = false;
    std::atomic<bool> m_left = false; // stopped, and has let go of what it had

    mutable std::mutex m_mutex;
    std::condition_variable m_idle;
    int m_tasks = 0;
    int m_batches = 0; // that run or wait for another attempt
    std::vector<std::shared_ptr<Batch>> m_waiting;
    Untold m_untold;

    // Of the round.
    std::deque<QueueMessage> m_buffer;
    std::size_t m_bytes = 0;
    Micros m_openedAt = 0; // when the oldest of the buffer came
    std::string m_lastProblem;

    aws::TimedWork m_work; // its rounds use everything above
};

}
