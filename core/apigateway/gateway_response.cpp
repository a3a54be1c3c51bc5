#include "core/apigateway/gateway_response.h"

namespace core::apigateway {

const GatewayResponseInfo& gatewayResponse(GatewayResponseType type)
{
    static constexpr GatewayResponseInfo kMissingToken{"MISSING_AUTHENTICATION_TOKEN", 403,
        "MissingAuthenticationTokenException", "Missing Authentication Token"};
    static constexpr GatewayResponseInfo kForbidden{"ACCESS_DENIED", 403, "ForbiddenException", "Forbidden"};
    static constexpr GatewayResponseInfo kTooLarge{
        "REQUEST_TOO_LARGE", 413, "RequestEntityTooLargeException", "Request Too Long"};
    static constexpr GatewayResponseInfo kMediaType{
        "UNSUPPORTED_MEDIA_TYPE", 415, "BadRequestException", "Unsupported Media Type"};
    static constexpr GatewayResponseInfo kConfiguration{
        "API_CONFIGURATION_ERROR", 500, "InternalServerErrorException", "Internal server error"};
    static constexpr GatewayResponseInfo kMalformed{
        "DEFAULT_5XX", 502, "InternalServerErrorException", "Internal server error"};
    static constexpr GatewayResponseInfo kFailure{"INTEGRATION_FAILURE", 504, "InternalServerErrorException",
        "Network error communicating with endpoint"};
    static constexpr GatewayResponseInfo kTimeout{
        "INTEGRATION_TIMEOUT", 504, "InternalServerErrorException", "Endpoint request timed out"};
    switch (type) {
    case GatewayResponseType::MissingAuthenticationToken:
        return kMissingToken;
    case GatewayResponseType::Forbidden:
        return kForbidden;
    case GatewayResponseType::RequestTooLarge:
        return kTooLarge;
    case GatewayResponseType::UnsupportedMediaType:
        return kMediaType;
    case GatewayResponseType::ApiConfigurationError:
        return kConfiguration;
    case GatewayResponseType::MalformedProxyResponse:
        return kMalformed;
    case GatewayResponseType::IntegrationFailure:
        return kFailure;
    case GatewayResponseType::IntegrationTimeout:
        break;
    }
    return kTimeout;
}

http::Response writeGatewayResponse(GatewayResponseType type)
{
    const auto& info = gatewayResponse(type);
    http::Response response;
    response.status = info.status;
    response.headers.add("Content-Type", "application/json");
    response.headers.add("x-amzn-ErrorType", std::string(info.errorType));
    response.body = "{\"message\":\"" + std::string(info.message) + "\"}";
    return response;
}

}
