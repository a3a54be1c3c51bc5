#include "core/aws/json_text.h"
#include "core/xray/actions.h"
#include "core/xray/errors.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::xray {

using nlohmann::json;

namespace {

constexpr std::size_t kMostTraces = 5;

json traceJson(const JoinedTrace& trace)
{
    json segments = json::array();
    double begin = 0;
    double end = 0;
    for (const auto& segment : trace.segments()) {
        const double start = segment["start_time"];
        begin = segments.empty() ? start : std::min(begin, start);
        end = std::max(end, segment.value("end_time", start));
        segments.push_back({{"Id", segment["id"]}, {"Document", aws::writeJson(segment)}});
    }
    return {{"Id", trace.id}, {"Duration", end - begin},
        {"LimitExceeded", trace.track && trace.track->droppedSpans > 0}, {"Segments", std::move(segments)}};
}

}

Result<aws::Outcome> batchGetTraces(
    XRayService& service, aws::RequestContext& /*context*/, aws::Request& request)
{
    const auto& input = request.input();
    if (input.contains("NextToken"))
        return fail(errors::invalid("NextToken is not valid"));
    const auto& ids = input["TraceIds"];
    if (ids.empty() || ids.size() > kMostTraces)
        return fail(errors::invalid("TraceIds must have between 1 and 5 trace IDs"));
    json traces = json::array();
    for (const auto& id : ids) {
        const auto trace = service.trace(id.get_ref<const std::string&>());
        if (!trace.isEmpty())
            traces.push_back(traceJson(trace));
    }
    return aws::Reply::of({{"Traces", std::move(traces)}, {"UnprocessedTraceIds", json::array()}});
}

}
