#pragma once

#include "core/http/message.h"

#include <tl/expected.hpp>

#include <span>
#include <string>
#include <string_view>

namespace core::apigateway {

// The answers that API Gateway gives itself, when no integration's answer is passed on. Names are AWS's
// GatewayResponseType; statuses and texts are its defaults.
enum class GatewayResponseType {
    MissingAuthenticationToken,
    Forbidden, // unknown API or stage, or the endpoint is disabled
    Unauthorized, // no identity source, or the authorizer says so
    AccessDenied, // by an authorizer's or the API's policy
    AuthorizerFailure, // it could not be asked
    AuthorizerConfigurationError, // it failed, or gave no policy
    InvalidSignature,
    ExpiredToken,
    InvalidApiKey,
    Throttled,
    QuotaExceeded,
    WafFiltered,
    RequestTooLarge,
    UnsupportedMediaType,
    ApiConfigurationError,
    MalformedProxyResponse, // DEFAULT_5XX with 502
    IntegrationFailure,
    IntegrationTimeout,
    BadRequestBody,
    BadRequestParameters,
};

// Why a request ends early: `type` decides the answer, `reason` says in the track and in the execution log
// what happened.
struct GatewayFailure {
    GatewayResponseType type = GatewayResponseType::ApiConfigurationError;
    std::string reason;
    std::string message = {}; // what the client reads, where it is not the type's usual text
    std::string validation = {}; // $context.error.validationErrorString
    std::string errorType = {}; // x-amzn-ErrorType, where it is not the type's usual one
};

using StepResult = tl::expected<void, GatewayFailure>;

inline tl::unexpected<GatewayFailure> stop(GatewayResponseType type, std::string reason)
{
    return tl::unexpected<GatewayFailure>(GatewayFailure{type, std::move(reason)});
}

// The same where the client is told more than the type's usual text.
inline tl::unexpected<GatewayFailure> stopWith(
    GatewayResponseType type, std::string message, std::string reason = {})
{
    auto told = reason.empty() ? message : std::move(reason);
    return tl::unexpected<GatewayFailure>(GatewayFailure{type, std::move(told), std::move(message)});
}

struct GatewayResponseInfo {
    std::string_view name;
    int status;
    std::string_view errorType;
    std::string_view message; // "" for null
    std::string_view member = "message"; // what the body calls it
};

const GatewayResponseInfo& gatewayResponse(GatewayResponseType type);
// AWS's types with the statuses that they have when an API says nothing else; 0 for the two defaults.
struct GatewayResponseDefault {
    std::string_view name;
    int status;
};
std::span<const GatewayResponseDefault> gatewayResponseDefaults();

struct CallContext;
// Status, x-amzn-ErrorType and {"message": …} by AWS's defaults; the request's ids are added by the pipeline.
http::Response writeGatewayResponse(GatewayResponseType type);
// The same as the API's deployment wants it: its own for the type, else its DEFAULT_4XX or DEFAULT_5XX.
http::Response writeGatewayResponse(CallContext& context, const GatewayFailure& failure);

}
