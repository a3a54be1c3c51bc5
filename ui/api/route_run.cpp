#include "ui/api/route_run.h"

#include "core/base/clock.h"
#include "ui/bridge/track_row.h"

#include <algorithm>
#include <vector>

namespace ui::api {

using namespace Qt::StringLiterals;
using core::Micros;
using core::trace::Span;
using core::trace::Track;
using Verdict = kit::TraceStep::Verdict;

namespace {

bool isCall(const Span& span)
{
    return span.service == "apigateway"
        && std::any_of(span.steps.begin(), span.steps.end(),
            [](const auto& step) { return step.title == "Match route" || step.title == "Find stage"; });
}

const Span* callOf(const Track& track)
{
    const auto found = std::find_if(track.spans.begin(), track.spans.end(), isCall);
    return found == track.spans.end() ? nullptr : &*found;
}

Micros endOf(const Span& span)
{
    return span.start + std::max<Micros>(span.duration, 0);
}

// When the call of what answers ended, 0 when there was none.
Micros integrationEnd(const Track& track, const Span& call)
{
    Micros end = 0;
    for (const auto& span : track.spans) {
        if (span.parent == call.id)
            end = std::max(end, endOf(span));
    }
    return end;
}

bool isCold(const Track& track)
{
    return std::any_of(track.spans.begin(), track.spans.end(),
        [](const Span& span) { return span.kind == core::trace::SpanKind::ColdStart; });
}

}

RouteRun runOf(const Track& track)
{
    RouteRun run;
    run.trackId = QString::fromStdString(track.id);
    run.sequence = track.sequence;
    run.at = QDateTime::fromMSecsSinceEpoch(track.startedAt / core::kMillisecond, Qt::UTC);
    const auto* call = callOf(track);
    if (!call)
        return run;
    run.took = std::max<Micros>(call->duration, 0);
    run.status = call->status;
    const auto integrated = integrationEnd(track, *call);
    Micros before = call->start;
    for (const auto& step : call->steps) {
        const auto title = QString::fromStdString(step.title);
        auto& box = run.steps[title];
        // A step is noted when it is decided; what it then waits for belongs to it too.
        const auto end = title == "Integrate"_L1 ? std::max(step.at, integrated) : step.at;
        box.took += std::max<Micros>(0, end - before);
        before = std::max(before, end);
        box.decisions.append(bridge::traceStep(step));
        if (step.verdict == core::trace::Verdict::Fail)
            box.verdict = Verdict::Fail;
        if (title == "Integrate"_L1)
            box.cold = isCold(track);
    }
    return run;
}

QString calledRoute(const Track& track)
{
    const auto* call = callOf(track);
    if (!call)
        return {};
    const auto api = QString::fromStdString(call->resource).section(u'/', 0, 0);
    return api + u' ' + QString::fromStdString(call->name);
}

QList<kit::TraceStep> decisionsOf(const Track& track)
{
    std::vector<const core::trace::Step*> steps;
    for (const auto& span : track.spans) {
        for (const auto& step : span.steps)
            steps.push_back(&step);
    }
    std::stable_sort(steps.begin(), steps.end(), [](const auto* a, const auto* b) { return a->at < b->at; });
    QList<kit::TraceStep> decisions;
    for (const auto* step : steps)
        decisions.append(bridge::traceStep(*step));
    return decisions;
}

}
