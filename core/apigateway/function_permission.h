#pragma once

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace core::apigateway {

// "apigateway.amazonaws.com": as whom the gateway calls functions.
inline constexpr std::string_view kGatewayPrincipal = "apigateway.amazonaws.com";

// "arn:aws:execute-api:us-east-1:000000000000:a1b2c3d4e5/authorizers/x1y2z3"
template <typename Api>
std::string executeApiArn(const Api& api, const std::string& id, std::string_view rest)
{
    return "arn:aws:execute-api:" + api.region + ':' + api.account + ':' + id + '/' + std::string(rest);
}

// Adds to the input of Lambda's Invoke what the function's resource policy is asked about. With a role of its
// own (`credentials`) an integration or authorizer needs no permission from the function.
void nameInvoker(nlohmann::json& input, const std::string& credentials, const std::string& sourceArn);

}
