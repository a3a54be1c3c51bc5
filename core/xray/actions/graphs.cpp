#include "core/xray/actions.h"
#include "core/xray/errors.h"
#include "core/xray/service_graph.h"
#include "core/xray/time_range.h"

#include <nlohmann/json.hpp>

namespace core::xray {

using nlohmann::json;

namespace {

constexpr std::size_t kStride = 500; // tracks that are copied at once

}

std::vector<JoinedTrace> toldTraces(XRayService& service, const TimeRange& range)
{
    std::vector<JoinedTrace> traces;
    for (const auto& id : service.book().traces()) {
        auto trace = service.trace(id);
        if (!trace.track && !trace.documents.empty() && range.holds(trace.start()))
            traces.push_back(std::move(trace));
    }
    return traces;
}

Result<aws::Outcome> getServiceGraph(
    XRayService& service, aws::RequestContext& context, aws::Request& request)
{
    CORE_TRY(const auto range, rangeOf(request.input()));
    ServiceGraph graph;
    for (const auto& trace : toldTraces(service, range))
        graph.add(trace.visits());
    std::uint64_t before = UINT64_MAX;
    for (bool more = true; more;) {
        const auto tracks = service.host().tracer.latest(kStride, before);
        more = tracks.size() == kStride;
        for (const auto& track : tracks) {
            before = track.sequence;
            if (range.holds(track))
                graph.add(JoinedTrace{track.id, track, service.book().documentsOf(track.id)}.visits());
        }
    }
    return aws::Reply::of({{"StartTime", static_cast<double>(range.from) / 1e6},
        {"EndTime", static_cast<double>(range.to) / 1e6},
        {"Services", graph.shown(context.principal.account)}, {"ContainsOldGroupVersions", false}});
}

Result<aws::Outcome> getTraceGraph(XRayService& service, aws::RequestContext& context, aws::Request& request)
{
    const auto& ids = request.input()["TraceIds"];
    if (ids.empty())
        return fail(errors::invalid("TraceIds must not be empty"));
    ServiceGraph graph;
    for (const auto& id : ids) {
        if (const auto trace = service.trace(id.get_ref<const std::string&>()); !trace.isEmpty())
            graph.add(trace.visits());
    }
    return aws::Reply::of({{"Services", graph.shown(context.principal.account)}});
}

}
