#pragma once

#include "core/base/result.h"

#include <string_view>

namespace core::logs::errors {

// Each error of CloudWatch Logs that this service gives, in AWS's words.
Error invalidParameter(std::string_view message);
Error groupNotFound();
Error streamNotFound();
Error groupExists();
Error streamExists();
Error invalidToken();
Error resourceNotFound(); // of what is tagged
Error subscriptionFilterNotFound();
Error metricFilterNotFound();
Error tooManyFilters();

}
