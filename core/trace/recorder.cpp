#include "core/trace/recorder.h"

#include "core/trace/trace_header.h"

#include <utility>

namespace core::trace {

namespace {

constexpr std::size_t kMostSpans = 1'000;
constexpr std::size_t kMostSteps = 200;
// What a request with one service and a call or two needs, so that its vectors do not grow.
constexpr std::size_t kUsualSpans = 4;
constexpr std::size_t kUsualSteps = 4;

}

Recorder::Recorder(Publisher<TrackChange> changes, std::string id, std::uint64_t sequence, Micros startedAt,
    TrackStart start)
    : m_changes(std::move(changes))
    , m_began(steadyMicros())
{
    m_track.id = std::move(id);
    m_track.sequence = sequence;
    m_track.startedAt = startedAt;
    m_track.method = std::move(start.method);
    m_track.path = std::move(start.path);
    m_track.from = std::move(start.from);
    m_track.spans.reserve(kUsualSpans);
    auto& root = m_track.spans.emplace_back();
    root.id = 1;
    root.service = std::move(start.service);
    root.name = std::move(start.name);
}

Recorder::Recorder(Track track)
    : m_began(steadyMicros())
    , m_track(std::move(track))
    , m_finished(true)
{
}

Track Recorder::copy() const
{
    std::lock_guard guard(m_mutex);
    return m_track;
}

void Recorder::announceBegin() const
{
    if (m_changes.hasListeners())
        m_changes.publish({id(), false});
}

std::uint32_t Recorder::addSpan(
    std::uint32_t parent, SpanKind kind, std::string service, std::string name, std::string resource)
{
    const auto start = elapsed();
    std::uint32_t number = 0;
    bool late = false;
    {
        std::lock_guard guard(m_mutex);
        late = m_finished;
        if (m_track.spans.size() >= kMostSpans) {
            ++m_track.droppedSpans;
        } else {
            number = static_cast<std::uint32_t>(m_track.spans.size() + 1);
            auto& span = m_track.spans.emplace_back();
            span.id = number;
            span.parent = parent == 0 ? 1 : parent;
            span.kind = kind;
            span.service = std::move(service);
            span.name = std::move(name);
            span.resource = std::move(resource);
            span.start = start;
        }
    }
    if (late && m_changes.hasListeners())
        m_changes.publish({id(), true});
    return number;
}

std::uint32_t Recorder::spanFor(std::string_view parentId) const
{
    const auto span = spanInParentId(id(), parentId);
    std::lock_guard guard(m_mutex);
    return span == 0 || span > m_track.spans.size() ? 1 : span;
}

void Recorder::addStepLocked(Span& span, Verdict verdict, std::string title, std::string detail)
{
    if (span.steps.size() >= kMostSteps)
        return;
    if (span.steps.empty())
        span.steps.reserve(kUsualSteps);
    if (span.steps.size() + 1 == kMostSteps) {
        verdict = Verdict::Warn;
        title = "Further steps are not kept";
        detail = "A span keeps " + std::to_string(kMostSteps) + " steps.";
    }
    span.steps.push_back({elapsed(), verdict, std::move(title), std::move(detail)});
}

void Recorder::addStep(std::uint32_t span, Verdict verdict, std::string title, std::string detail)
{
    withSpan(span, [&](Span& found) { addStepLocked(found, verdict, std::move(title), std::move(detail)); });
}

void Recorder::failSpan(std::uint32_t span, const Error& error)
{
    withSpan(span, [&](Span& found) {
        found.error = error.code;
        addStepLocked(found, Verdict::Fail, error.code, error.message);
        if (span == 1 && m_track.note.empty())
            m_track.note = error.code;
    });
}

void Recorder::setStatus(std::uint32_t span, int status)
{
    withSpan(span, [&](Span& found) {
        found.status = status;
        if (span == 1)
            m_track.status = status;
    });
}

void Recorder::endSpan(std::uint32_t span)
{
    if (span == 0)
        return;
    {
        std::lock_guard guard(m_mutex);
        auto& ended = m_track.spans[span - 1];
        if (ended.duration < 0) // setTiming() may have said it in hindsight
            ended.duration = elapsed() - ended.start;
        if (span == 1) {
            m_track.duration = ended.duration;
            m_finished = true;
        }
        if (!m_finished)
            return;
    }
    if (m_changes.hasListeners())
        m_changes.publish({id(), true});
}

}
