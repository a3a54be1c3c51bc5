#pragma once

#include "core/trace/tracer.h"

#include <cstdint>
#include <mutex>
#include <string>

namespace core::trace {

// One track while it is written, and after. Owned by the tracer's ring and by the scopes that still write to
// it, so it outlives both. Any thread; listeners are called without the lock. Spans are numbered from 1 in
// order of their start; number 0 stands for a span beyond the bound, which is counted and not kept.
class Recorder {
public:
    Recorder(Publisher<TrackChange> changes, std::string id, std::uint64_t sequence, Micros startedAt,
        TrackStart start);

    // A track of an earlier run: it is over, and nothing joins it.
    explicit Recorder(Track track);

    const std::string& id() const { return m_track.id; }
    std::uint64_t sequence() const { return m_track.sequence; }
    Micros elapsed() const { return steadyMicros() - m_began; }
    Track copy() const;

    void announceBegin() const;
    std::uint32_t addSpan(
        std::uint32_t parent, SpanKind kind, std::string service, std::string name, std::string resource);
    // The span that a parent id from outside means; the root when it means none.
    std::uint32_t spanFor(std::string_view parentId) const;
    void addStep(std::uint32_t span, Verdict verdict, std::string title, std::string detail);
    void failSpan(std::uint32_t span, const Error& error);
    void setStatus(std::uint32_t span, int status);
    void endSpan(std::uint32_t span);

    // Changes a span, or the track, under the lock.
    template <typename Change> void withSpan(std::uint32_t span, Change change)
    {
        std::lock_guard guard(m_mutex);
        if (span != 0)
            change(m_track.spans[span - 1]);
    }
    template <typename Change> void withTrack(Change change)
    {
        std::lock_guard guard(m_mutex);
        change(m_track);
    }

private:
    void addStepLocked(Span& span, Verdict verdict, std::string title, std::string detail);

    const Publisher<TrackChange> m_changes;
    const Micros m_began;
    mutable std::mutex m_mutex;
    Track m_track; // its id and sequence never change
    bool m_finished = false;
};

}
