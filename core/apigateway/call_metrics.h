#pragma once

#include "core/apigateway/call_context.h"

namespace core::aws {

class MetricBook;

}

namespace core::apigateway {

// Counts a call that has ended, as CloudWatch shows REST APIs (AWS/ApiGateway): of the API, of its stage and,
// where the method's settings say metricsEnabled, of the method. `book` may be null.
void countCall(const CallContext& context, aws::MetricBook* book, int status);

}
