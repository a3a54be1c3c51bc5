#pragma once

#include "core/aws/service.h"
#include "core/lambda/feed_parts.h"
#include "core/lambda/stream_failure.h"
#include "core/lambda/stream_progress.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace core::lambda {

// What the lanes of all mappings share. Outlives them.
struct LaneParts {
    const aws::Host& host;
    StreamProgress& progress;
    RunBatch run;
    std::function<void(const std::string& key, const std::string& result)> note;
    FindMapping mapping = {};
    std::function<bool()> isHeld = {}; // the chamber closes: what a function answers now means nothing
    std::function<void()> over = {}; // something of a stopped feed has ended; quick
    std::function<void()> ended = {}; // a shard has ended: its children may begin
};

// One lane of one shard: takes the shard's records whose partition keys fall to it, in order, and runs the
// function with one batch at a time. It works on the pool while there is something to do; changes of the
// table and the chamber's clock wake it. A batch that fails is tried again, split, or given up, as the
// mapping says. Any thread.
class StreamLane : public std::enable_shared_from_this<StreamLane> {
public:
    struct Place {
        std::string mapping; // key
        std::string shard;
        std::string hashKey; // name of the table's partition key
        int lane = 0;
        int lanes = 1;
    };

    StreamLane(const LaneParts& parts, Place place);
    ~StreamLane();

    void wake();
    void stop(); // begins nothing more; returns at once
    bool isOver() const; // stopped, and nothing runs
    void finish(); // waits for what runs

private:
    struct Part {
        RecordList records;
        int failures = 0; // that count as attempts
        int invocations = 0;
        std::optional<WindowEnd> end; // the last event of a window
    };
    // What to do after a step: go on, or wait for a change or a moment.
    struct Next {
        bool more = false;
        std::optional<Micros> at;
    };
    struct Running;
    struct Run; // one invocation of a part, and what it gave

    void work(Running& running);
    Next stepGuarded();
    Next step();
    Next prepare(const EventSourceMapping& mapping);
    Next prepareNothing(const EventSourceMapping& mapping);
    bool gather(const EventSourceMapping& mapping);
    Result<RecordPage> readMore(const EventSourceMapping& mapping);
    Result<std::string> iterator(const EventSourceMapping& mapping);
    bool recovers(const Error& error);
    void tellFiltered(const EventSourceMapping& mapping);

    Next process(const EventSourceMapping& mapping);
    bool dropExpired(const EventSourceMapping& mapping, Part& part);
    void describe(const EventSourceMapping& mapping, const Part& part, trace::SpanScope& span);
    Next settle(const EventSourceMapping& mapping, Run& run);
    Next notRun(const EventSourceMapping& mapping, const Error& error, trace::SpanScope& span);
    Next failed(const EventSourceMapping& mapping, Run& run, const BatchVerdict& verdict);
    void split(trace::SpanScope& span);
    void giveUp(const EventSourceMapping& mapping, Run& run);
    void complete(const EventSourceMapping& mapping, const std::string& answer, trace::SpanScope* span);
    void save(const std::string& sequence);
    Next pause(int attempt, trace::SpanScope& span);
    trace::SpanScope open(const EventSourceMapping& mapping) const;

    const LaneParts& m_parts;
    const Place m_place;

    mutable std::mutex m_mutex;
    std::condition_variable m_idle;
    bool m_running = false;
    bool m_again = false;
    std::atomic<bool> m_stopped = false;
    std::unique_ptr<ClockTimer> m_timer;

    // Of whoever runs.
    bool m_loaded = false;
    LaneProgress m_progress;
    std::string m_iterator;
    std::string m_read; // sequence number of the last record read
    bool m_ended = false; // the shard gives no more
    std::deque<StreamRecord> m_buffer;
    std::size_t m_bytes = 0;
    Micros m_openedAt = 0; // when the oldest of the buffer came
    std::size_t m_filtered = 0; // not told of yet
    std::deque<Part> m_work;
    Micros m_retryAt = 0;
    int m_notRun = 0; // in a row
};

}
