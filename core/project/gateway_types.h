#pragma once

#include "core/project/resource_types.h"

namespace core::project {

// HTTP and WebSocket APIs of templates: SAM's own resource and its events, and CloudFormation's resources,
// whose properties are the members of the actions in other letters.

inline constexpr const char* kImplicitHttpApi = "ServerlessHttpApi"; // SAM's name for it

std::span<const ResourceType> gatewayTypes();
// Globals.HttpApi takes the same properties as AWS::Serverless::HttpApi.
std::span<const std::string_view> httpApiProperties();

// {"AllowOrigins": …} → {"allowOrigins": …}, all the way down; maps of the user's own keep their keys.
nlohmann::json wireMembers(const nlohmann::json& properties);
std::string invocationArn(const std::string& region, const std::string& functionArn);

Result<Created> createHttpApi(
    ImportContext& context, const std::string& logicalId, const nlohmann::json& properties);

// One route of an HTTP API: an HttpApi event of a function.
struct HttpRoute {
    std::string apiId; // "" for the API that SAM adds itself
    std::string path; // "$default" for what no other route takes
    std::string method;
    std::string functionArn;
    std::string payloadFormatVersion;
    int timeoutInMillis = 0; // 0: AWS's default
    std::string authorizer; // by its name in the template; "" for the API's default
    std::vector<std::string> scopes;
};

Result<std::vector<HttpRoute>> httpRoutesOf(
    const nlohmann::json& functionProperties, const std::string& functionArn);
// Adds an integration and a route each, and lets the API call the function. The API that events do not name
// is made of `implicitProperties` when the first of them wants it.
Result<> addHttpRoutes(
    ImportContext& context, std::vector<HttpRoute> routes, const nlohmann::json& implicitProperties);

}
