#pragma once

#include "core/aws/shape.h"

namespace core::cloudwatch::shapes {

// The inputs and outputs of CloudWatch's actions.
extern const aws::Shape kPutMetricData;
extern const aws::Shape kGetMetricData;
extern const aws::Shape kGetMetricDataOutput;
extern const aws::Shape kGetMetricStatistics;
extern const aws::Shape kGetMetricStatisticsOutput;
extern const aws::Shape kListMetrics;
extern const aws::Shape kListMetricsOutput;

}
