#pragma once

#include "core/aws/shape.h"

namespace core::xray::shapes {

extern const aws::Shape kGetTraceSummaries;
extern const aws::Shape kBatchGetTraces;
extern const aws::Shape kGetServiceGraph;
extern const aws::Shape kGetTraceGraph;
extern const aws::Shape kPutTraceSegments;
extern const aws::Shape kPutTelemetryRecords;
extern const aws::Shape kGetSamplingRules;
extern const aws::Shape kGetSamplingTargets;
extern const aws::Shape kNothing;

}
