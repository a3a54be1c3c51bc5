#pragma once

#include "core/lambda/event_poller.h"
#include "core/lambda/queue_feed.h"
#include "core/lambda/stream_feed.h"

namespace core::lambda {

// What feeds functions by itself: streams of tables, and queues. Any thread.
class EventSources {
public:
    struct Parts {
        RunBatch run;
        // Keeps what the latest batch of a mapping led to.
        std::function<void(const std::string& mapping, const std::string& result)> note;
    };

    EventSources(const aws::Host& host, aws::RecordStore<EventSourceMapping>& mappings, Parts parts);

    // Before the mapping is kept: that its stream is there, and where its shards begin. Waits.
    Result<> begin(EventSourceMapping& mapping, trace::SpanScope* parent);
    // After mappings were made, changed or removed.
    void sync();
    // What was known of a mapping that is gone.
    void forget(const std::string& id);
    // Takes up what an earlier run left; once the chamber serves.
    void resume();
    // Begins nothing more; then waits for what runs.
    void hold();
    void close();

private:
    const aws::Host& m_host;
    StreamProgress m_progress;
    EventPoller<QueueFeed> m_queues;
    EventPoller<StreamFeed> m_streams;
};

}
