#pragma once

#include "core/apigateway/access_log.h"
#include "core/aws/service.h"

namespace core::apigateway {

// AWS's error for a stage that is to log to a group which the logs service does not have; a region that the
// ARN leaves out is `region`. Nothing to say of an ARN that names no group: logGroupOf() has the words for
// it. Waits for that service: Blocking lane alone.
Result<> findLogGroup(aws::Caller& caller, const std::string& destinationArn, const std::string& region);

}
