#include "core/apigateway/call_metrics.h"

#include "core/aws/metric_book.h"

#include <array>

namespace core::apigateway {

namespace {

constexpr std::string_view kSpace = "AWS/ApiGateway";

using Samples = std::array<aws::MetricSample, 6>;

double millis(Micros time)
{
    return static_cast<double>(time) / kMillisecond;
}

// What the call has of AWS's metrics, from the front of `samples`.
std::size_t measure(const CallContext& context, int status, Samples& samples)
{
    std::size_t count = 0;
    samples[count++] = {"Count", 1};
    samples[count++] = {"4XXError", status >= 400 && status < 500 ? 1.0 : 0.0};
    samples[count++] = {"5XXError", status >= 500 ? 1.0 : 0.0};
    samples[count++] = {"Latency", millis(steadyMicros() - context.measures.begin), "Milliseconds"};
    if (const auto& behind = context.measures.integration.latency)
        samples[count++] = {"IntegrationLatency", millis(*behind), "Milliseconds"};
    if (context.isAnswered)
        samples[count++] = {"CacheHitCount", 1};
    else if (context.cachePlace)
        samples[count++] = {"CacheMissCount", 1};
    return count;
}

bool isCountedAlone(const CallContext& context)
{
    if (!context.resource || !context.method)
        return false;
    const auto* settings = context.stage->settings.find(
        context.resource->path, context.request.method, context.method->httpMethod);
    return settings && settings->metricsEnabled;
}

}

void countCall(const CallContext& context, aws::MetricBook* book, int status)
{
    if (!book || !context.api || !context.stage)
        return;
    Samples all;
    const std::span samples(all.data(), measure(context, status, all));
    const auto& api = context.api->api;
    const aws::MetricDimension name{"ApiName", api.name};
    const aws::MetricDimension stage{"Stage", context.stage->stageName};
    book->add(api.region, kSpace, std::array{name}, samples, context.now);
    book->add(api.region, kSpace, std::array{name, stage}, samples, context.now);
    if (!isCountedAlone(context))
        return;
    const aws::MetricDimension method{"Method", context.method->httpMethod};
    const aws::MetricDimension resource{"Resource", context.resource->path};
    book->add(api.region, kSpace, std::array{name, method, resource, stage}, samples, context.now);
}

}
