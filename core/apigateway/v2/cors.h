#pragma once

#include "core/apigateway/v2/model.h"
#include "core/http/message.h"

#include <optional>

namespace core::apigateway::v2 {

// The CORS rules of HTTP APIs. Pure.

// The value of Access-Control-Allow-Origin for a request's Origin; nullopt when the origin is not allowed.
std::optional<std::string> allowedOrigin(const Cors& cors, std::string_view origin);
// An OPTIONS request with Origin and Access-Control-Request-Method: the gateway answers it itself.
bool isPreflight(const http::Request& request);
http::Response preflightAnswer(const Cors& cors, const http::Request& request);
// Takes the integration's own CORS headers away and sets those of the API.
void applyCors(const Cors& cors, const http::Request& request, http::Response& response);

}
