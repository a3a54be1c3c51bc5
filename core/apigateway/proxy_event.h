#pragma once

#include "core/apigateway/call_context.h"

#include <nlohmann/json_fwd.hpp>

namespace core::apigateway {

// The event that a Lambda function gets from an AWS_PROXY integration: payload format 1.0, with the members
// and nulls that AWS sends for a REST API.
nlohmann::json proxyEvent(const CallContext& context);

// The same without the body, of these headers: what a REQUEST authorizer gets too.
nlohmann::json requestEvent(const CallContext& context, const http::Headers& headers);

// Header values and bodies of a function's answer may be written as numbers or booleans; nothing for what is
// neither those nor text.
std::optional<std::string> answeredText(const nlohmann::json& value);

// A function's answer in proxy form, taken apart; the reason in words when it is malformed.
tl::expected<IntegrationAnswer, std::string> parseProxyAnswer(
    const std::string& payload, bool clientTakesBinary);

}
