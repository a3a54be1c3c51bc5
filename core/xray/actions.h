#pragma once

#include "core/xray/service.h"

namespace core::xray {

Result<aws::Outcome> getTraceSummaries(XRayService&, aws::RequestContext&, aws::Request&);
Result<aws::Outcome> batchGetTraces(XRayService&, aws::RequestContext&, aws::Request&);
Result<aws::Outcome> getServiceGraph(XRayService&, aws::RequestContext&, aws::Request&);
Result<aws::Outcome> getTraceGraph(XRayService&, aws::RequestContext&, aws::Request&);

}
