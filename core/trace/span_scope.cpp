#include "core/trace/recorder.h"
#include "core/trace/trace_header.h"

#include <utility>

namespace core::trace {

SpanScope::SpanScope(std::shared_ptr<Recorder> recorder, std::uint32_t id)
    : m_recorder(std::move(recorder))
    , m_id(id)
{
}

SpanScope::~SpanScope()
{
    end();
}

SpanScope::SpanScope(SpanScope&& other) noexcept
    : m_recorder(std::move(other.m_recorder))
    , m_id(std::exchange(other.m_id, 0))
{
}

SpanScope& SpanScope::operator=(SpanScope&& other) noexcept
{
    if (this != &other) {
        end();
        m_recorder = std::move(other.m_recorder);
        m_id = std::exchange(other.m_id, 0);
    }
    return *this;
}

SpanScope SpanScope::child(std::string service, std::string name, std::string resource, SpanKind kind)
{
    if (!m_recorder)
        return {};
    const auto id = m_recorder->addSpan(m_id, kind, std::move(service), std::move(name), std::move(resource));
    return {m_recorder, id};
}

void SpanScope::step(std::string title, std::string detail, Verdict verdict)
{
    if (m_recorder)
        m_recorder->addStep(m_id, verdict, std::move(title), std::move(detail));
}

void SpanScope::setResource(std::string resource)
{
    if (m_recorder)
        m_recorder->withSpan(m_id, [&](Span& span) { span.resource = std::move(resource); });
}

void SpanScope::setName(std::string name)
{
    if (m_recorder)
        m_recorder->withSpan(m_id, [&](Span& span) { span.name = std::move(name); });
}

void SpanScope::setStatus(int status)
{
    if (m_recorder)
        m_recorder->setStatus(m_id, status);
}

void SpanScope::fail(const Error& error)
{
    if (m_recorder)
        m_recorder->failSpan(m_id, error);
}

void SpanScope::setTrackNote(std::string note)
{
    if (m_recorder)
        m_recorder->withTrack([&](Track& track) { track.note = std::move(note); });
}

void SpanScope::setTrackRequest(std::string method, std::string path)
{
    if (!m_recorder)
        return;
    m_recorder->withTrack([&](Track& track) {
        track.method = std::move(method);
        track.path = std::move(path);
    });
}

void SpanScope::setTrackFrom(std::string from)
{
    if (m_recorder)
        m_recorder->withTrack([&](Track& track) { track.from = std::move(from); });
}

void SpanScope::setTiming(Micros start, Micros duration)
{
    if (!m_recorder)
        return;
    m_recorder->withSpan(m_id, [&](Span& span) {
        span.start = start;
        span.duration = duration;
    });
}

Micros SpanScope::elapsed() const
{
    return m_recorder ? m_recorder->elapsed() : 0;
}

std::string SpanScope::trackId() const
{
    return m_recorder ? m_recorder->id() : std::string();
}

std::string SpanScope::traceHeader() const
{
    if (!m_recorder)
        return {};
    const auto& id = m_recorder->id();
    return "Root=" + id + ";Parent=" + parentIdFor(id, m_id == 0 ? 1 : m_id) + ";Sampled=1";
}

void SpanScope::end()
{
    if (const auto recorder = std::exchange(m_recorder, nullptr))
        recorder->endSpan(std::exchange(m_id, 0));
}

}
