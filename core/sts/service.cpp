#include "core/sts/service.h"

#include "core/aws/shape_check.h"

#include <algorithm>

namespace core::sts {

StsService::StsService(const aws::Host& host)
    : m_host(host)
{
}

Error StsService::invalidInput(
    const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const
{
    using Kind = aws::Violation::Kind;
    auto error = Service::invalidInput(action, violations);
    const bool constraints = std::ranges::none_of(
        violations, [](const auto& one) { return one.kind == Kind::Type || one.kind == Kind::Unsupported; });
    error.code = error.code == "SerializationException" ? "MalformedInput" : "ValidationError";
    if (constraints)
        error.message = aws::describeViolations(violations);
    return error;
}

int StsService::statusOf(const Error& error) const
{
    return error.kind == ErrorKind::Denied ? 403 : Service::statusOf(error);
}

}
