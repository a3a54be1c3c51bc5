#pragma once

#include "core/apigateway/call_context.h"

namespace core::apigateway {

// Who signed a request for execute-api, as it came over the wire; `region` is the API's, "" for any. AWS's
// words for what is missing or wrong.
tl::expected<Identity, GatewayFailure> verifyCaller(
    const http::Request& wire, const std::string& region, Micros now);

// authorizationType AWS_IAM: the call must be signed (SigV4, header or query) for execute-api in the API's
// region. Fills in context.identity. The chamber has no IAM: who signs has all rights of the account; with
// credentials of STS it is whom these are for, else the root user of the account that the access key names.
StepResult authorizeBySignature(CallContext& context);

// What AWS says of an Authorization header that is no signature, where it expects one or knows no better: a
// call that no method is there for is taken for one that should be signed.
StepResult checkAuthorizationScheme(const http::Request& request);

}
