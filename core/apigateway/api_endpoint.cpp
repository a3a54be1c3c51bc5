#include "core/apigateway/api_endpoint.h"

#include "core/apigateway/endpoint_security.h"
#include "core/apigateway/errors.h"
#include "core/apigateway/model_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace core::apigateway {

using nlohmann::json;

namespace {

Result<> readConfiguration(const json& endpoint, RestApi& api)
{
    if (endpoint.contains("types")) {
        const auto types = stringList(endpoint, "types");
        if (types.empty())
            return fail(
                errors::badRequest("REGIONAL Configuration and EDGE Configuration cannot be both DISABLED."));
        if (types.size() > 1)
            return fail(errors::badRequest("Cannot create an api with multiple Endpoint Types."));
        api.endpointType = types.front();
    }
    // Private APIs are dualstack alone.
    api.ipAddressType = api.endpointType == "PRIVATE" ? "dualstack" : "ipv4";
    if (const auto ip = text(endpoint, "ipAddressType"); !ip.empty())
        api.ipAddressType = ip;
    api.vpcEndpointIds = stringList(endpoint, "vpcEndpointIds");
    return {};
}

}

Result<> readApiEndpoint(const json& input, RestApi& api)
{
    if (const auto found = input.find("endpointConfiguration"); found != input.end())
        CORE_CHECK(readConfiguration(*found, api));
    api.securityPolicy = text(input, "securityPolicy");
    api.endpointAccessMode = text(input, "endpointAccessMode");
    return checkApiEndpoint(api);
}

Result<> checkApiEndpoint(const RestApi& api)
{
    if (!api.vpcEndpointIds.empty() && api.endpointType != "PRIVATE")
        return fail(errors::badRequest("VPCEndpointIds are only supported for PRIVATE endpoint type."));
    for (const auto& id : api.vpcEndpointIds) {
        if (!id.starts_with("vpce-") || id.size() == std::string_view("vpce-").size())
            return fail(errors::badRequest("Invalid VPC endpoint id specified: " + id));
    }
    return checkEndpointSecurity(api.endpointType, {api.securityPolicy, api.endpointAccessMode});
}

Result<> patchEndpointType(RestApi& api, const PatchOperation& operation)
{
    const auto& value = operation.valueOrEmpty();
    if (value != "EDGE" && value != "REGIONAL" && value != "PRIVATE")
        return fail(errors::badRequest(
            "Invalid endpoint type " + value + ". Must be one of: [PRIVATE, EDGE, REGIONAL]"));
    // By its name or, as Terraform does, by its place in the list of one.
    const auto& which = operation.parts.back();
    if (which != api.endpointType && which != "0")
        return fail(errors::invalidPatchPath(operation.path));
    api.endpointType = value;
    if (value != "PRIVATE")
        api.vpcEndpointIds.clear();
    return {};
}

Result<> patchVpcEndpoints(RestApi& api, const PatchOperation& operation)
{
    const auto& id = operation.valueOrEmpty();
    auto& ids = api.vpcEndpointIds;
    const auto found = std::ranges::find(ids, id);
    if (operation.op == "remove") {
        if (found == ids.end())
            return fail(errors::badRequest("Invalid VPC endpoint id specified: " + id));
        ids.erase(found);
    } else if (found == ids.end()) {
        ids.push_back(id);
    }
    return {};
}

Result<> patchIpType(RestApi& api, const PatchOperation& operation)
{
    const auto& value = operation.valueOrEmpty();
    if (value != "ipv4" && value != "dualstack")
        return fail(
            errors::badRequest("Invalid IP address type " + value + ". Must be one of: [ipv4, dualstack]"));
    api.ipAddressType = value;
    return {};
}

// A legacy policy has no access mode, so that of the former policy goes.
Result<> patchSecurityPolicy(RestApi& api, const PatchOperation& operation)
{
    api.securityPolicy = operation.valueOrEmpty();
    if (!isEnhanced(api.securityPolicy))
        api.endpointAccessMode.clear();
    return {};
}

Result<> patchAccessMode(RestApi& api, const PatchOperation& operation)
{
    api.endpointAccessMode = operation.valueOrEmpty();
    return {};
}

Result<> checkPrivateApi(const RestApi& api)
{
    if (api.endpointType == "PRIVATE" && api.policy.empty())
        return fail(errors::badRequest("Private REST API doesn't have a resource policy attached to it"));
    return {};
}

}
