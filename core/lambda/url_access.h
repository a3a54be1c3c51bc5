#pragma once

#include "core/http/message.h"
#include "core/lambda/url_config.h"

#include <optional>
#include <string>
#include <string_view>

namespace core::lambda {

// Whether a resource policy lets everybody call the function by its URL: a statement for
// lambda:InvokeFunctionUrl and principal "*", whose conditions hold for such a caller. `why` says which one
// decided, or that none does. Pure.
bool policyAllowsUrl(const std::string& policy, std::string_view authType, std::string& why);

// The answer to a preflight request of a URL with CORS settings; nothing for any other request. Pure.
std::optional<http::Response> corsPreflight(const UrlConfig& config, const http::Request& request);
// Adds the headers of the URL's CORS settings in the place of the function's own.
void addCorsHeaders(const UrlConfig& config, const http::Request& request, http::Response& response);

}
