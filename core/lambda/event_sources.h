#pragma once

#include "core/lambda/queue_poller.h"
#include "core/lambda/stream_poller.h"

namespace core::lambda {

// What feeds functions by itself: streams of tables, and queues. Any thread.
class EventSources {
public:
    EventSources(
        const aws::Host& host, aws::RecordStore<EventSourceMapping>& mappings, StreamPoller::Parts parts)
        : m_queues(host, mappings, parts.run)
        , m_streams(host, mappings, std::move(parts))
    {
    }

    // Before the mapping is kept: that its stream is there, and where its shards begin. Waits.
    Result<> begin(EventSourceMapping& mapping, trace::SpanScope* parent)
    {
        return mapping.isQueue() ? Result<>() : m_streams.begin(mapping, parent);
    }
    // After mappings were made, changed or removed.
    void sync()
    {
        m_streams.sync();
        m_queues.sync();
    }
    // What was known of a mapping that is gone.
    void forget(const std::string& id) { m_streams.forget(id); }
    // Takes up what an earlier run left; once the chamber serves.
    void resume()
    {
        m_streams.resume();
        m_queues.resume();
    }
    // Begins nothing more; then waits for what runs.
    void hold()
    {
        m_streams.hold();
        m_queues.hold();
    }
    void close()
    {
        m_streams.close();
        m_queues.close();
    }

private:
    QueuePoller m_queues;
    StreamPoller m_streams;
};

}
