#include "core/lambda/event_sources.h"

#include "core/base/log.h"

namespace core::lambda {

EventSources::EventSources(const aws::Host& host, aws::RecordStore<EventSourceMapping>& mappings, Parts parts)
    : m_host(host)
    , m_progress(host.store)
    , m_queues(mappings, {host, parts.run})
    , m_streams(mappings, {host, m_progress, parts.run, parts.note})
{
}

Result<> EventSources::begin(EventSourceMapping& mapping, trace::SpanScope* parent)
{
    return mapping.isQueue() ? Result<>() : beginStream(m_host, m_progress, mapping, parent);
}

void EventSources::sync()
{
    m_streams.sync();
    m_queues.sync();
}

void EventSources::forget(const std::string& id)
{
    if (const auto forgotten = m_progress.forget(id); !forgotten)
        log::warning("lambda", "a stream's progress stays: " + forgotten.error().message);
}

void EventSources::resume()
{
    m_streams.resume();
    m_queues.resume();
}

void EventSources::hold()
{
    m_streams.hold();
    m_queues.hold();
}

void EventSources::close()
{
    m_streams.close();
    m_queues.close();
}

}
