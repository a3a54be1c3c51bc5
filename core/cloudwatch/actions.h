#pragma once

#include "core/cloudwatch/service.h"

namespace core::cloudwatch {

Result<aws::Outcome> putMetricData(CloudWatchService&, aws::RequestContext&, aws::Request&);
Result<aws::Outcome> getMetricData(CloudWatchService&, aws::RequestContext&, aws::Request&);
Result<aws::Outcome> getMetricStatistics(CloudWatchService&, aws::RequestContext&, aws::Request&);
Result<aws::Outcome> listMetrics(CloudWatchService&, aws::RequestContext&, aws::Request&);

}
