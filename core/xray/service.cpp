#include "core/xray/service.h"

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

nlohmann::json XRayService::errorBody(const Error& error) const
{
    return {{"Message", error.message}};
}

}
