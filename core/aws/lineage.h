#pragma once

#include "core/trace/tracer.h"

#include <map>
#include <string>
#include <string_view>

namespace core::aws {

// How often each function ran on the way to something: what ends loops of functions. AWS passes it on in
// X-Amzn-Trace-Id, "Lineage=1:7f2a1b3c:2": a function's hash, and its runs before the latest. Within a track
// it is read from the spans, so it goes by what AWS follows: calls of Lambda, buckets, queues and topics;
// other services end it. A plain value.
class Lineage {
public:
    // Of a header, or of any text with "Lineage=" in it; empty for what has none.
    static Lineage parse(std::string_view text);
    // Of a request: the runs on the way to its span, after what note() said of where the track begins.
    static Lineage of(const trace::Tracer& tracer, const trace::SpanScope& span);

    // Another `count` runs.
    void add(std::string_view function, int count = 1);
    // Several ways lead to one thing: the most runs of each function count.
    void join(const Lineage& other);
    int runsOf(std::string_view function) const;
    bool isEmpty() const { return m_runs.empty(); }
    // "Lineage=1:7f2a1b3c:2|1:68fd508a:0"; "" when it is empty.
    std::string text() const;
    // A track that goes on with what another has begun says so.
    void note(trace::SpanScope& span) const;

private:
    void addHashed(const std::string& hash, int count);

    std::map<std::string, int> m_runs; // by the function's hash
};

}
