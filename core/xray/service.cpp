#include "core/xray/service.h"

#include "core/aws/sampled_trace.h"

#include <nlohmann/json.hpp>

namespace core::xray {

// X-Ray has one error for everything in a request.
Error XRayService::invalidInput(
    const aws::ActionInfo& action, const std::vector<aws::Violation>& violations) const
{
    auto error = Service::invalidInput(action, violations);
    if (error.code == "ValidationException")
        error.code = "InvalidRequestException";
    return error;
}

JoinedTrace XRayService::trace(const std::string& id) const
{
    JoinedTrace joined{id, m_host.tracer.find(id), m_book.documentsOf(id)};
    if (joined.track && (joined.track->spans.empty() || !aws::isSampled(*joined.track)))
        joined.track.reset();
    return joined;
}

nlohmann::json XRayService::errorBody(const Error& error) const
{
    return {{"Message", error.message}};
}

}
