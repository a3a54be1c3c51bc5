#pragma once

#include "core/apigateway/v2/call.h"

namespace core::aws {

class MetricBook;

}

namespace core::apigateway::v2 {

struct SocketCall;

// Counts what has ended, as CloudWatch shows HTTP and WebSocket APIs (AWS/ApiGateway): of the API, of its
// stage and, where the route's settings say detailedMetricsEnabled, of the route. `book` may be null.
void countCall(const Call& call, aws::MetricBook* book, const http::Response& response, Micros latency);
// `status` as the event ended with.
void countSocket(const SocketCall& call, int status);

}
