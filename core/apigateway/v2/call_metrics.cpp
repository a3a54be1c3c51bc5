#include "core/apigateway/v2/call_metrics.h"

#include "core/apigateway/v2/route_settings.h"
#include "core/apigateway/v2/socket_call.h"
#include "core/aws/metric_book.h"

#include <array>

namespace core::apigateway::v2 {

namespace {

constexpr std::string_view kSpace = "AWS/ApiGateway";

using Samples = std::array<aws::MetricSample, 6>;

double millis(Micros time)
{
    return static_cast<double>(time) / kMillisecond;
}

std::size_t measure(const Call& call, const http::Response& response, Micros latency, Samples& samples)
{
    std::size_t count = 0;
    samples[count++] = {"Count", 1};
    samples[count++] = {"4xx", response.status >= 400 && response.status < 500 ? 1.0 : 0.0};
    samples[count++] = {"5xx", response.status >= 500 ? 1.0 : 0.0};
    samples[count++] = {"Latency", millis(latency), "Milliseconds"};
    if (call.integrationLatency)
        samples[count++] = {"IntegrationLatency", millis(*call.integrationLatency), "Milliseconds"};
    samples[count++] = {
        "DataProcessed", static_cast<double>(call.request.body.size() + response.body.size()), "Bytes"};
    return count;
}

// An event that the gateway refuses is the client's fault or its own; what comes from behind is the
// integration's.
std::size_t measure(const SocketCall& call, int status, Samples& samples)
{
    std::size_t count = 0;
    if (call.event != SocketEvent::Disconnect)
        samples[count++] = {call.event == SocketEvent::Connect ? "ConnectCount" : "MessageCount", 1};
    const bool refused = !call.failure.reason.empty();
    samples[count++] = {"ClientError", refused && status < 500 ? 1.0 : 0.0};
    samples[count++] = {"ExecutionError", refused && status >= 500 ? 1.0 : 0.0};
    samples[count++] = {"IntegrationError", !refused && status >= 400 ? 1.0 : 0.0};
    if (const auto& behind = call.measures.integration.latency)
        samples[count++] = {"IntegrationLatency", millis(*behind), "Milliseconds"};
    return count;
}

bool isCountedAlone(const Stage& stage, const std::string& routeKey)
{
    return routeSetting(stage, routeKey, &RouteSettings::detailedMetricsEnabled).value_or(false);
}

}

void countCall(const Call& call, aws::MetricBook* book, const http::Response& response, Micros latency)
{
    if (!book || !call.stage)
        return;
    Samples all;
    const std::span samples(all.data(), measure(call, response, latency, all));
    const auto& api = call.api->api;
    const aws::MetricDimension id{"ApiId", api.apiId};
    const aws::MetricDimension stage{"Stage", call.stage->stageName};
    book->add(api.region, kSpace, std::array{id}, samples, call.now);
    book->add(api.region, kSpace, std::array{id, stage}, samples, call.now);
    if (!call.route || !isCountedAlone(*call.stage, call.route->routeKey))
        return;
    const std::string_view key = call.route->routeKey; // "GET /books", "$default"
    const auto space = key.find(' ');
    const aws::MetricDimension method{"Method", space == key.npos ? key : key.substr(0, space)};
    const aws::MetricDimension resource{"Resource", space == key.npos ? key : key.substr(space + 1)};
    book->add(api.region, kSpace, std::array{id, method, resource, stage}, samples, call.now);
}

void countSocket(const SocketCall& call, int status)
{
    auto* book = call.environment.host.metrics;
    if (!book || !call.api || !call.stage)
        return;
    Samples all;
    const std::span samples(all.data(), measure(call, status, all));
    const auto& api = call.api->api;
    const aws::MetricDimension id{"ApiId", api.apiId};
    const aws::MetricDimension stage{"Stage", call.stage->stageName};
    book->add(api.region, kSpace, std::array{id}, samples, call.now);
    book->add(api.region, kSpace, std::array{id, stage}, samples, call.now);
    if (isCountedAlone(*call.stage, call.routeKey))
        book->add(api.region, kSpace, std::array{id, aws::MetricDimension{"Route", call.routeKey}, stage},
            samples, call.now);
}

}
