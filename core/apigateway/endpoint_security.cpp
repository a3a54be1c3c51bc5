#include "core/apigateway/endpoint_security.h"

#include "core/apigateway/errors.h"

#include <algorithm>

namespace core::apigateway {

namespace {

constexpr std::string_view kPolicies[] = {"TLS_1_0", "TLS_1_2", "SecurityPolicy_TLS13_1_3_2025_09",
    "SecurityPolicy_TLS13_1_3_FIPS_2025_09", "SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09", "SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09",
    "SecurityPolicy_TLS13_1_2_PQ_2025_09", "SecurityPolicy_TLS13_1_2_2021_06",
    "SecurityPolicy_TLS13_2025_EDGE", "SecurityPolicy_TLS12_PFS_2025_EDGE", "SecurityPolicy_TLS12_2018_EDGE"};
constexpr std::string_view kAccessModes[] = {"BASIC", "STRICT"};

}

constexpr aws::Shape kSecurityPolicyShape{.type = aws::Type::String, .values = kPolicies};
constexpr aws::Shape kAccessModeShape{.type = aws::Type::String, .values = kAccessModes};

bool isEnhanced(const std::string& securityPolicy)
{
    return securityPolicy.starts_with("SecurityPolicy_");
}

Result<> checkEndpointSecurity(const std::string& endpointType, const EndpointSecurity& security)
{
    const auto& policy = security.securityPolicy;
    const auto& mode = security.accessMode;
    if (!policy.empty() && std::ranges::find(kPolicies, policy) == std::end(kPolicies))
        return fail(errors::badRequest("Invalid security policy specified: " + policy));
    if (!mode.empty() && std::ranges::find(kAccessModes, mode) == std::end(kAccessModes))
        return fail(errors::badRequest("Invalid endpoint access mode specified: " + mode));
    if (isEnhanced(policy) && (policy.ends_with("_EDGE") != (endpointType == "EDGE")))
        return fail(errors::badRequest(
            "Security policy " + policy + " is not supported for endpoint type " + endpointType));
    if (isEnhanced(policy) && mode.empty())
        return fail(errors::badRequest("Endpoint access mode is required for security policy " + policy));
    if (!isEnhanced(policy) && !mode.empty())
        return fail(errors::badRequest(
            "Endpoint access mode is only supported for security policies that start with SecurityPolicy_"));
    return {};
}

}
