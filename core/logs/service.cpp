#include "core/logs/service.h"

#include "core/aws/log_book.h"

namespace core::logs {

LogsService::LogsService(const aws::Host& host)
    : m_host(host)
    , m_delivery(m_host)
{
}

std::unique_ptr<store::Reader> LogsService::readSettled()
{
    m_host.logs.flush();
    return m_host.store.read();
}

void LogsService::count(const std::vector<LogMetric>& metrics)
{
    if (!m_host.metrics)
        return;
    for (const auto& [metric, at, stats] : metrics)
        m_host.metrics->add(metric, at, stats);
}

void LogsService::stop()
{
    m_tail->stop();
    m_delivery.queue().close();
}

Error LogsService::invalidInput(
    const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const
{
    auto error = Service::invalidInput(action, violations);
    if (error.code == "ValidationException")
        error.code = "InvalidParameterException";
    return error;
}

}
