#pragma once

#include "core/http/message.h"

#include <string>

namespace core::apigateway {

// The VPC endpoint by which a Host name leads to a private API. The chamber has no networks: who calls by
// such a name stands behind the endpoint.
struct VpcEndpoint {
    // {api}-{endpoint}.execute-api… or {endpoint}-….execute-api.{region}.vpce.amazonaws.com
    static VpcEndpoint of(const http::Request& head);

    std::string id; // "vpce-…", "" for any other host
    std::string apiId; // by the alias, or by the field x-apigw-api-id beside the endpoint's own name
    bool isAlias = false; // AWS makes it for endpoints that the API is associated with
};

}
