#pragma once

#include "core/xray/service.h"
#include "core/xray/time_range.h"

namespace core::xray {

Result<aws::Outcome> getTraceSummaries(XRayService&, aws::RequestContext&, aws::Request&);
Result<aws::Outcome> batchGetTraces(XRayService&, aws::RequestContext&, aws::Request&);
Result<aws::Outcome> getServiceGraph(XRayService&, aws::RequestContext&, aws::Request&);
Result<aws::Outcome> getTraceGraph(XRayService&, aws::RequestContext&, aws::Request&);
Result<aws::Outcome> putTraceSegments(XRayService&, aws::RequestContext&, aws::Request&);
Result<aws::Outcome> putTelemetryRecords(XRayService&, aws::RequestContext&, aws::Request&);
Result<aws::Outcome> getSamplingRules(XRayService&, aws::RequestContext&, aws::Request&);
Result<aws::Outcome> getSamplingTargets(XRayService&, aws::RequestContext&, aws::Request&);
// Our own: where the daemon listens, which it does from then on.
Result<aws::Outcome> describeDaemon(XRayService&, aws::RequestContext&, aws::Request&);

// The traces of a time that documents alone tell of.
std::vector<JoinedTrace> toldTraces(XRayService& service, const TimeRange& range);

}
