#pragma once

#include "core/base/result.h"
#include "core/base/subscription.h"
#include "core/trace/track.h"

#include <memory>
#include <optional>
#include <string_view>

namespace core::trace {

class Recorder;

// A span that is being recorded; ends when it dies. Cheap to move; calls on an empty scope do nothing. A
// scope may be used from any one thread at a time, several scopes of a track from several threads.
class SpanScope {
public:
    SpanScope() = default;
    SpanScope(std::shared_ptr<Recorder> recorder, std::uint32_t id);
    ~SpanScope();
    SpanScope(SpanScope&&) noexcept;
    SpanScope& operator=(SpanScope&&) noexcept;

    SpanScope child(
        std::string service, std::string name, std::string resource = {}, SpanKind kind = SpanKind::Work);
    void step(std::string title, std::string detail = {}, Verdict verdict = Verdict::Note);
    void setResource(std::string resource);
    void setName(std::string name);
    void setStatus(int status);
    void fail(const Error& error);
    // Facts of the whole track.
    void setTrackNote(std::string note);
    void setTrackRequest(std::string method, std::string path);
    void setTrackFrom(std::string from);
    // Sets the start and length of this span in hindsight (real microseconds since the track began; network
    // distance).
    void setTiming(Micros start, Micros duration);
    Micros elapsed() const; // since the track began

    bool recording() const { return m_recorder != nullptr; }
    std::string trackId() const; // "" when not recording
    std::uint32_t id() const { return m_id; }
    // "Root=1-…;Parent=<16 hex of this span>;Sampled=1": what goes into X-Amzn-Trace-Id to join from outside.
    std::string traceHeader() const;
    void end();

private:
    std::shared_ptr<Recorder> m_recorder;
    std::uint32_t m_id = 0;
};

struct TrackStart {
    std::string method;
    std::string path;
    std::string from;
    std::string service;
    std::string name;
};

struct TrackChange {
    std::string id;
    bool finished = false;
};

// Opens tracks and keeps the latest `capacity` of them; spans that end after their track still join it. Any
// thread.
class Tracer {
public:
    explicit Tracer(const Clock& clock, std::size_t capacity = 10'000);
    ~Tracer();

    SpanScope open(TrackStart start);
    // Joins the track and span that an X-Amzn-Trace-Id header names; an empty scope when they are not known
    // here.
    SpanScope join(std::string_view traceHeader, std::string service, std::string name);

    std::vector<Track> latest(
        std::size_t count, std::uint64_t beforeSequence = UINT64_MAX) const; // newest first
    std::optional<Track> find(std::string_view id) const;
    std::uint64_t total() const;
    void clear();
    // How many tracks are kept from now on; fewer lets the oldest go.
    void setCapacity(std::size_t capacity);
    std::size_t capacity() const;

    // Takes tracks of an earlier run, oldest first, and counts on from them. Before the first open().
    void restore(std::vector<Track> tracks);

    // TrackChange when a track begins and when its root span ends or a late span joins.
    Publisher<TrackChange>& changes();

    struct Impl;

private:
    std::shared_ptr<Impl> m_impl;
};

}
