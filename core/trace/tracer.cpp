#include "core/trace/tracer.h"

#include "core/base/ids.h"
#include "core/trace/recorder.h"
#include "core/trace/trace_header.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

namespace core::trace {

// A track's place in the ring follows from the count in its id, so that neither opening nor finding one needs
// an index.
struct Tracer::Impl {
    Impl(const Clock& chamberClock, std::size_t mostTracks)
        : clock(chamberClock)
        , capacity(std::max<std::size_t>(1, mostTracks))
        , ring(capacity)
    {
    }

    std::shared_ptr<Recorder>& placeOf(std::uint64_t sequence)
    {
        return ring[static_cast<std::uint32_t>(sequence) % capacity];
    }
    void keep(std::shared_ptr<Recorder> recorder);
    std::shared_ptr<Recorder> find(std::string_view id);
    std::vector<std::shared_ptr<Recorder>> latest(std::size_t count, std::uint64_t beforeSequence);

    const Clock& clock;
    std::size_t capacity; // under the mutex, as the ring
    Publisher<TrackChange> changes;
    std::atomic<std::uint64_t> nextSequence = 1;
    std::mutex mutex;
    std::vector<std::shared_ptr<Recorder>> ring;
    std::uint64_t firstSequence = 1; // after the last clear()
};

std::shared_ptr<Recorder> Tracer::Impl::find(std::string_view id)
{
    const auto count = countInTrackId(id);
    if (count > UINT32_MAX)
        return nullptr;
    std::lock_guard guard(mutex);
    const auto& recorder = placeOf(count);
    return recorder && recorder->id() == id ? recorder : nullptr;
}

void Tracer::Impl::keep(std::shared_ptr<Recorder> recorder)
{
    std::shared_ptr<Recorder> oldest; // let go of after the lock
    std::lock_guard guard(mutex);
    auto& place = placeOf(recorder->sequence());
    // A thread that was held up may come a whole ring late.
    if (!place || place->sequence() < recorder->sequence()) {
        oldest = std::move(place);
        place = std::move(recorder);
    }
}

std::vector<std::shared_ptr<Recorder>> Tracer::Impl::latest(std::size_t count, std::uint64_t beforeSequence)
{
    std::vector<std::shared_ptr<Recorder>> found;
    std::lock_guard guard(mutex);
    const auto end = nextSequence.load(std::memory_order_relaxed);
    const auto oldest = std::max(firstSequence, end > capacity ? end - capacity : 1);
    for (auto next = std::min(beforeSequence, end); next > oldest && found.size() < count; --next) {
        const auto& recorder = placeOf(next - 1);
        if (recorder && recorder->sequence() == next - 1)
            found.push_back(recorder);
    }
    return found;
}

Tracer::Tracer(const Clock& clock, std::size_t capacity)
    : m_impl(std::make_shared<Impl>(clock, capacity))
{
}

Tracer::~Tracer() = default;

SpanScope Tracer::open(TrackStart start)
{
    const auto now = m_impl->clock.now();
    const auto sequence = m_impl->nextSequence.fetch_add(1, std::memory_order_relaxed);
    auto recorder = std::make_shared<Recorder>(
        m_impl->changes, trackIdFor(newTraceId(now), sequence), sequence, now, std::move(start));
    m_impl->keep(recorder);
    recorder->announceBegin();
    return {std::move(recorder), 1};
}

SpanScope Tracer::join(std::string_view traceHeader, std::string service, std::string name)
{
    const auto header = TraceHeader::parse(traceHeader);
    auto recorder = m_impl->find(header.root);
    if (!recorder)
        return {};
    const auto parent = recorder->spanFor(header.parent);
    const auto id = recorder->addSpan(parent, SpanKind::Work, std::move(service), std::move(name), {});
    return {std::move(recorder), id};
}

std::vector<Track> Tracer::latest(std::size_t count, std::uint64_t beforeSequence) const
{
    std::vector<Track> tracks;
    for (const auto& recorder : m_impl->latest(count, beforeSequence))
        tracks.push_back(recorder->copy());
    return tracks;
}

std::optional<Track> Tracer::find(std::string_view id) const
{
    const auto recorder = m_impl->find(id);
    return recorder ? std::optional(recorder->copy()) : std::nullopt;
}

std::uint64_t Tracer::total() const
{
    std::lock_guard guard(m_impl->mutex);
    return m_impl->nextSequence - m_impl->firstSequence;
}

void Tracer::clear()
{
    std::vector<std::shared_ptr<Recorder>> dropped; // let go of after the lock
    std::lock_guard guard(m_impl->mutex);
    dropped.resize(m_impl->capacity);
    dropped.swap(m_impl->ring);
    m_impl->firstSequence = m_impl->nextSequence;
}

void Tracer::setCapacity(std::size_t capacity)
{
    capacity = std::max<std::size_t>(1, capacity);
    std::vector<std::shared_ptr<Recorder>> others(capacity);
    std::lock_guard guard(m_impl->mutex);
    const auto end = m_impl->nextSequence.load(std::memory_order_relaxed);
    for (auto& recorder : m_impl->ring) {
        if (recorder && end - recorder->sequence() <= capacity)
            others[static_cast<std::uint32_t>(recorder->sequence()) % capacity] = std::move(recorder);
    }
    others.swap(m_impl->ring);
    m_impl->capacity = capacity;
}

std::size_t Tracer::capacity() const
{
    std::lock_guard guard(m_impl->mutex);
    return m_impl->capacity;
}

void Tracer::restore(std::vector<Track> tracks)
{
    if (tracks.empty())
        return;
    m_impl->firstSequence = tracks.front().sequence;
    m_impl->nextSequence = tracks.back().sequence + 1;
    for (auto& track : tracks)
        m_impl->keep(std::make_shared<Recorder>(std::move(track)));
}

Publisher<TrackChange>& Tracer::changes()
{
    return m_impl->changes;
}

}
