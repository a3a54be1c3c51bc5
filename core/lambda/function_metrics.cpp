#include "core/lambda/function_metrics.h"

#include <array>

namespace core::lambda {

namespace {

constexpr std::string_view kSpace = "AWS/Lambda";

}

FunctionMetrics::Execution::~Execution()
{
    std::lock_guard guard(m_metrics->m_mutex);
    if (const auto found = m_metrics->m_running.find(m_key); --found->second == 0)
        m_metrics->m_running.erase(found);
}

FunctionMetrics::Execution FunctionMetrics::begin(const Function& function, const std::string& suffix)
{
    auto key = function.key();
    int running = 0;
    {
        std::lock_guard guard(m_mutex);
        running = ++m_running[key];
    }
    add(function, suffix,
        std::array{aws::MetricSample{"ConcurrentExecutions", static_cast<double>(running)}});
    return {*this, std::move(key)};
}

void FunctionMetrics::ended(const Function& function, const std::string& suffix, Micros duration, bool failed,
    std::optional<Micros> after)
{
    add(function, suffix,
        std::array{aws::MetricSample{"Invocations", 1}, aws::MetricSample{"Errors", failed ? 1.0 : 0.0},
            aws::MetricSample{"Throttles", 0},
            aws::MetricSample{"Duration", static_cast<double>(duration) / kMillisecond, "Milliseconds"}});
    if (after)
        add(function, suffix,
            std::array{aws::MetricSample{"PostRuntimeExtensionsDuration",
                static_cast<double>(*after) / kMillisecond, "Milliseconds"}});
}

void FunctionMetrics::refused(const Function& function, const std::string& suffix, const Error& error)
{
    if (error.kind == ErrorKind::Throttled)
        add(function, suffix, std::array{aws::MetricSample{"Throttles", 1}});
    if (error.code == "RecursiveInvocationException")
        add(function, suffix, std::array{aws::MetricSample{"RecursiveInvocationsDropped", 1}});
}

void FunctionMetrics::add(
    const Function& function, const std::string& suffix, std::span<const aws::MetricSample> samples)
{
    if (!m_book)
        return;
    const auto now = m_clock.now();
    const auto resource = function.name + suffix;
    const aws::MetricDimension named{"FunctionName", function.name};
    const aws::MetricDimension called{"Resource", resource};
    m_book->add(function.region, kSpace, std::span<const aws::MetricDimension>{}, samples, now);
    m_book->add(function.region, kSpace, std::array{named}, samples, now);
    m_book->add(function.region, kSpace, std::array{named, called}, samples, now);
}

}
