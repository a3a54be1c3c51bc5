#pragma once

#include "core/aws/service.h"
#include "core/http/message.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace tests {

// An action as an SDK sends it: the members of `input` in path, query, headers and body as the action's table
// says, with an Authorization header of the service's scope.
core::http::Request wireRequest(
    const core::aws::Service& service, const core::aws::ActionInfo& action, const nlohmann::json& input);

// The output's members under their names, wherever they travelled. A body that is not of the protocol is a
// text.
nlohmann::json wireAnswer(const core::aws::Service& service, const core::aws::ActionInfo& action,
    const core::http::Response& response);

// "ValidationException: 1 validation error detected: …"
std::string wireError(const core::aws::Service& service, const core::http::Response& response);

}
