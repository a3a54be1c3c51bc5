#include "core/apigateway/gateway_response.h"

#include "core/apigateway/call_context.h"
#include "core/apigateway/mapping.h"
#include "core/apigateway/mapping_template.h"
#include "core/apigateway/request_values.h"
#include "core/base/text.h"

#include <array>

namespace core::apigateway {

namespace {

constexpr std::string_view kHeaderTarget = "gatewayresponse.header.";

// What the API has set for a type, or for all of its class.
const GatewayResponse* customised(const CallContext& context, const GatewayResponseInfo& info)
{
    if (!context.deployment)
        return nullptr;
    const auto& all = context.deployment->gatewayResponses;
    auto found = all.find(std::string(info.name));
    if (found == all.end())
        found = all.find(info.status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX");
    return found == all.end() ? nullptr : &found->second;
}

void setHeaders(const CallContext& context, const GatewayResponse& chosen, http::Response& response)
{
    for (const auto& [target, text] : chosen.responseParameters) {
        const auto expression = MappingExpression::parse(text);
        if (!expression || !target.starts_with(kHeaderTarget))
            continue;
        const auto values = requestValues(context, *expression);
        if (!values.empty())
            response.headers.set(target.substr(kHeaderTarget.size()), join(values, ","));
    }
}

// AWS was seen to put a space before what its validation says and before internal errors, and none elsewhere.
std::string ownBody(const GatewayResponseInfo& info, const std::string& quoted, bool isValidation)
{
    const bool spaced = isValidation || info.errorType == "InternalServerErrorException";
    return "{\"" + std::string(info.member) + (spaced ? "\": " : "\":") + quoted + "}";
}

void setBody(const CallContext& context, const GatewayResponse& chosen, http::Response& response)
{
    const auto& templates = chosen.responseTemplates;
    if (templates.empty())
        return;
    const auto accept = context.request.headers.get("Accept");
    auto found = templates.find(mediaType(accept.substr(0, accept.find(','))));
    if (found == templates.end())
        found = templates.find("application/json");
    if (found == templates.end())
        found = templates.begin();
    response.body = substituteContext(context, found->second);
    if (!response.headers.has("Content-Type") || chosen.responseParameters.empty())
        response.headers.set("Content-Type", found->first);
}

}

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
    static constexpr GatewayResponseInfo kBody{
        "BAD_REQUEST_BODY", 400, "BadRequestException", "Invalid request body"};
    static constexpr GatewayResponseInfo kParameters{
        "BAD_REQUEST_PARAMETERS", 400, "BadRequestException", "Missing required request parameters"};
    static constexpr GatewayResponseInfo kUnauthorized{
        "UNAUTHORIZED", 401, "UnauthorizedException", "Unauthorized"};
    static constexpr GatewayResponseInfo kDenied{"ACCESS_DENIED", 403, "AccessDeniedException",
        "User is not authorized to access this resource", "Message"};
    static constexpr GatewayResponseInfo kAuthorizerFailure{
        "AUTHORIZER_FAILURE", 500, "AuthorizerFailureException", ""};
    static constexpr GatewayResponseInfo kAuthorizerConfiguration{
        "AUTHORIZER_CONFIGURATION_ERROR", 500, "AuthorizerConfigurationException", ""};
    static constexpr GatewayResponseInfo kSignature{"INVALID_SIGNATURE", 403, "InvalidSignatureException",
        "The request signature we calculated does not match the signature you provided. Check your AWS "
        "Secret Access Key and signing method. Consult the service documentation for details."};
    static constexpr GatewayResponseInfo kExpired{"EXPIRED_TOKEN", 403, "ExpiredTokenException",
        "The security token included in the request is expired"};
    static constexpr GatewayResponseInfo kApiKey{"INVALID_API_KEY", 403, "ForbiddenException", "Forbidden"};
    static constexpr GatewayResponseInfo kThrottled{
        "THROTTLED", 429, "TooManyRequestsException", "Too Many Requests"};
    static constexpr GatewayResponseInfo kQuota{
        "QUOTA_EXCEEDED", 429, "LimitExceededException", "Limit Exceeded"};
    static constexpr GatewayResponseInfo kWaf{"WAF_FILTERED", 403, "ForbiddenException", "Forbidden"};
    switch (type) {
    case GatewayResponseType::Unauthorized:
        return kUnauthorized;
    case GatewayResponseType::AccessDenied:
        return kDenied;
    case GatewayResponseType::AuthorizerFailure:
        return kAuthorizerFailure;
    case GatewayResponseType::AuthorizerConfigurationError:
        return kAuthorizerConfiguration;
    case GatewayResponseType::InvalidSignature:
        return kSignature;
    case GatewayResponseType::ExpiredToken:
        return kExpired;
    case GatewayResponseType::InvalidApiKey:
        return kApiKey;
    case GatewayResponseType::Throttled:
        return kThrottled;
    case GatewayResponseType::QuotaExceeded:
        return kQuota;
    case GatewayResponseType::WafFiltered:
        return kWaf;
    case GatewayResponseType::BadRequestBody:
        return kBody;
    case GatewayResponseType::BadRequestParameters:
        return kParameters;
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
    const auto message = info.message.empty() ? "null" : '"' + std::string(info.message) + '"';
    response.body = ownBody(info, message, false);
    return response;
}

http::Response writeGatewayResponse(CallContext& context, const GatewayFailure& failure)
{
    const auto& info = gatewayResponse(failure.type);
    context.errorMessage = failure.message.empty() ? std::string(info.message) : failure.message;
    context.errorType = std::string(info.name);
    context.validationError = failure.validation;
    auto response = writeGatewayResponse(failure.type);
    if (!failure.errorType.empty())
        response.headers.set("x-amzn-ErrorType", failure.errorType);
    if (!failure.message.empty())
        response.body = ownBody(
            info, contextVariable(context, "error.messageString").value_or("\"\""), info.status == 400);
    const auto* chosen = customised(context, info);
    if (!chosen)
        return response;
    context.step("Gateway response", context.errorType + " is customised", trace::Verdict::Note);
    if (const auto status = parseInteger(chosen->statusCode))
        response.status = static_cast<int>(*status);
    setBody(context, *chosen, response);
    setHeaders(context, *chosen, response);
    return response;
}

std::span<const GatewayResponseDefault> gatewayResponseDefaults()
{
    static constexpr std::array<GatewayResponseDefault, 21> kDefaults{
        {{"ACCESS_DENIED", 403}, {"API_CONFIGURATION_ERROR", 500}, {"AUTHORIZER_CONFIGURATION_ERROR", 500},
            {"AUTHORIZER_FAILURE", 500}, {"BAD_REQUEST_BODY", 400}, {"BAD_REQUEST_PARAMETERS", 400},
            {"DEFAULT_4XX", 0}, {"DEFAULT_5XX", 0}, {"EXPIRED_TOKEN", 403}, {"INTEGRATION_FAILURE", 504},
            {"INTEGRATION_TIMEOUT", 504}, {"INVALID_API_KEY", 403}, {"INVALID_SIGNATURE", 403},
            {"MISSING_AUTHENTICATION_TOKEN", 403}, {"QUOTA_EXCEEDED", 429}, {"REQUEST_TOO_LARGE", 413},
            {"RESOURCE_NOT_FOUND", 404}, {"THROTTLED", 429}, {"UNAUTHORIZED", 401},
            {"UNSUPPORTED_MEDIA_TYPE", 415}, {"WAF_FILTERED", 403}}};
    return kDefaults;
}

}
