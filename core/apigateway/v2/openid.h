#pragma once

#include "core/aws/service.h"

#include <map>
#include <mutex>
#include <string>

namespace core::apigateway::v2 {

// Where issuers keep their keys: jwks_uri of
// {issuer}/.well-known/openid-configuration, kept for an hour of the chamber's
// clock. Bounded. Any thread that may wait.
class OpenIdConfigurations {
public:
    Result<std::string> jwksUri(
        const std::string& issuer, aws::Caller& caller, trace::SpanScope& span, Micros now);
    void clear();

private:
    struct Kept {
        std::string jwksUri;
        Micros fetched = 0;
    };

    std::mutex m_mutex;
    std::map<std::string, Kept> m_kept;
};

} // namespace core::apigateway::v2
