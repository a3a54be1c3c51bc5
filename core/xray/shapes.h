#pragma once

#include "core/aws/shape.h"

namespace core::xray::shapes {

extern const aws::Shape kGetTraceSummaries;
extern const aws::Shape kBatchGetTraces;
extern const aws::Shape kGetServiceGraph;
extern const aws::Shape kGetTraceGraph;

}
