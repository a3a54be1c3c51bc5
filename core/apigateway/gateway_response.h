#pragma once

#include "core/http/message.h"

#include <tl/expected.hpp>

#include <string>
#include <string_view>

namespace core::apigateway {

// The answers that API Gateway gives itself, when no integration's answer is passed on. Names are AWS's
// GatewayResponseType; statuses and texts are its defaults.
enum class GatewayResponseType {
    MissingAuthenticationToken,
    Forbidden, // unknown API or stage, or the endpoint is disabled
    RequestTooLarge,
    UnsupportedMediaType,
    ApiConfigurationError,
    MalformedProxyResponse, // DEFAULT_5XX with 502
    IntegrationFailure,
    IntegrationTimeout,
};

// Why a request ends early: `type` decides the answer, `reason` says in the track and in the execution log
// what happened.
struct GatewayFailure {
    GatewayResponseType type = GatewayResponseType::ApiConfigurationError;
    std::string reason;
};

using StepResult = tl::expected<void, GatewayFailure>;

inline tl::unexpected<GatewayFailure> stop(GatewayResponseType type, std::string reason)
{
    return tl::unexpected<GatewayFailure>(GatewayFailure{type, std::move(reason)});
}

struct GatewayResponseInfo {
    std::string_view name;
    int status;
    std::string_view errorType;
    std::string_view message;
};

const GatewayResponseInfo& gatewayResponse(GatewayResponseType type);
// Status, x-amzn-ErrorType and {"message": …}; the request's ids are added by the pipeline.
http::Response writeGatewayResponse(GatewayResponseType type);

}
