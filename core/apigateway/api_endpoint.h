#pragma once

#include "core/apigateway/model.h"
#include "core/apigateway/patch.h"
#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

namespace core::apigateway {

// How a REST API says it is reached: endpoint type, VPC endpoints, IP addresses, TLS. Whatever it says, the
// chamber serves it at its own endpoint.

// The members endpointConfiguration, securityPolicy and endpointAccessMode of a creation.
Result<> readApiEndpoint(const nlohmann::json& input, RestApi& api);
// After a change: what is said holds together.
Result<> checkApiEndpoint(const RestApi& api);

Result<> patchEndpointType(RestApi& api, const PatchOperation& operation);
Result<> patchVpcEndpoints(RestApi& api, const PatchOperation& operation);
Result<> patchIpType(RestApi& api, const PatchOperation& operation);
Result<> patchSecurityPolicy(RestApi& api, const PatchOperation& operation);
Result<> patchAccessMode(RestApi& api, const PatchOperation& operation);

// AWS deploys no private API that has no resource policy.
Result<> checkPrivateApi(const RestApi& api);

}
