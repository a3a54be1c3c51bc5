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

trace::Verdict verdictNamed(std::string_view name)
{
    using trace::Verdict;
    for (const auto verdict : {Verdict::Pass, Verdict::Warn, Verdict::Fail}) {
        if (name == nameOf(verdict))
            return verdict;
    }
    return Verdict::Note;
}

trace::SpanKind kindNamed(std::string_view name)
{
    using trace::SpanKind;
    for (const auto kind : {SpanKind::Network, SpanKind::ColdStart}) {
        if (name == nameOf(kind))
            return kind;
    }
    return SpanKind::Work;
}

Micros durationOf(const json& duration)
{
    return duration.is_null() ? -1 : duration.get<Micros>();
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

trace::Span spanOf(const json& whole)
{
    trace::Span span;
    span.id = whole.at("id");
    span.parent = whole.at("parent");
    span.kind = kindNamed(whole.at("kind").get_ref<const std::string&>());
    span.service = whole.at("service");
    span.name = whole.at("name");
    span.resource = whole.at("resource");
    span.start = whole.at("start");
    span.duration = durationOf(whole.at("duration"));
    span.status = whole.at("status");
    span.error = whole.at("error");
    for (const auto& step : whole.at("steps"))
        span.steps.push_back({step.at("at"), verdictNamed(step.at("verdict").get_ref<const std::string&>()),
            step.at("title"), step.at("detail")});
    return span;
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

trace::Track trackOf(const json& whole)
{
    trace::Track track;
    track.id = whole.at("id");
    track.sequence = whole.at("sequence");
    track.startedAt = parseIso8601(whole.at("startedAt").get_ref<const std::string&>()).value_or(0);
    track.duration = durationOf(whole.at("duration"));
    track.method = whole.at("method");
    track.path = whole.at("path");
    track.status = whole.at("status");
    track.from = whole.at("from");
    track.note = whole.at("note");
    track.droppedSpans = whole.at("droppedSpans");
    for (const auto& span : whole.at("spans"))
        track.spans.push_back(spanOf(span));
    return track;
}

}
