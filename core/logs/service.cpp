#include "core/logs/service.h"

#include "core/aws/log_book.h"

namespace core::logs {

LogsService::LogsService(const aws::Host& host)
    : m_store(host.store)
    , m_book(host.logs)
{
}

std::unique_ptr<store::Reader> LogsService::readSettled()
{
    m_book.flush();
    return m_store.read();
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
