#include "core/logs/service.h"

namespace core::logs {

LogsService::LogsService(const aws::Host& host)
    : m_store(host.store)
{
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
