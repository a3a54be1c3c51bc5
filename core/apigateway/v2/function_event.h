#pragma once

#include "core/apigateway/v2/call.h"

#include <string>

namespace core::apigateway::v2 {

// A Lambda function's event in payload format 1.0 or 2.0, and what its answer means. Pure.
std::string functionEvent(const Call& call, const std::string& version);
// The event of a Lambda authorizer: the request without its body, and who asks for what.
std::string authorizerEvent(
    const Call& call, const std::string& version, const Strings& identity, const std::string& routeArn);

// The error says what is wrong with the answer; clients read "Internal Server Error" then.
tl::expected<http::Response, std::string> functionResponse(
    const std::string& payload, const std::string& version);

// Whether a body of this type reaches a function as it is; any other as base64.
bool isTextType(std::string_view contentType);

}
