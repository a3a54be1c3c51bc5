#pragma once

#include "core/aws/shape.h"
#include "core/base/result.h"

#include <string>

namespace core::apigateway {

// What APIs and domain names say of their TLS and of who reaches them by which endpoint. The chamber's
// endpoint speaks no TLS: policies are held against AWS's rules, kept and shown.

extern const aws::Shape kSecurityPolicyShape;
extern const aws::Shape kAccessModeShape; // BASIC or STRICT

struct EndpointSecurity {
    std::string securityPolicy; // "" for AWS's default
    std::string accessMode; // of a policy that begins with SecurityPolicy_, which wants one
};

// Which policies an endpoint type takes, and whether the access mode fits. AWS's wording is unverified.
Result<> checkEndpointSecurity(const std::string& endpointType, const EndpointSecurity& security);
// Security policies that begin with SecurityPolicy_ are left with their access mode.
bool isEnhanced(const std::string& securityPolicy);

}
