#include "core/chamber/track_json.h"

#include "core/base/time_format.h"

#include <nlohmann/json.hpp>

namespace core::chamber {

using nlohmann::json;

namespace {

const char* nameOf(trace::Verdict verdict)
{
    switch (verdict) {
    case trace::Verdict::Pass:
        return "pass";
    case trace::Verdict::Warn:
        return "warn";
    case trace::Verdict::Fail:
        return "fail";
    case trace::Verdict::Note:
        break;
    }
    return "note";
}

const char* nameOf(trace::SpanKind kind)
{
    switch (kind) {
    case trace::SpanKind::Network:
        return "network";
    case trace::SpanKind::ColdStart:
        return "cold start";
    case trace::SpanKind::Work:
        break;
    }
    return "work";
}

json durationJson(Micros duration)
{
    return duration < 0 ? json() : json(duration);
}

json spanJson(const trace::Span& span)
{
    json steps = json::array();
    for (const auto& step : span.steps)
        steps.push_back({{"at", step.at}, {"verdict", nameOf(step.verdict)}, {"title", step.title},
            {"detail", step.detail}});
    return {{"id", span.id}, {"parent", span.parent}, {"kind", nameOf(span.kind)}, {"service", span.service},
        {"name", span.name}, {"resource", span.resource}, {"start", span.start},
        {"duration", durationJson(span.duration)}, {"status", span.status}, {"error", span.error},
        {"steps", std::move(steps)}};
}

}

json trackSummary(const trace::Track& track)
{
    return {{"id", track.id}, {"sequence", track.sequence}, {"startedAt", iso8601Millis(track.startedAt)},
        {"duration", durationJson(track.duration)}, {"method", track.method}, {"path", track.path},
        {"status", track.status}, {"from", track.from}, {"note", track.note},
        {"spanCount", track.spans.size()}};
}

json trackJson(const trace::Track& track)
{
    auto whole = trackSummary(track);
    whole["droppedSpans"] = track.droppedSpans;
    auto& spans = whole["spans"] = json::array();
    for (const auto& span : track.spans)
        spans.push_back(spanJson(span));
    return whole;
}

}
