#pragma once

#include "core/cdn/distribution.h"

namespace core::cdn {

// The policies that CloudFront manages, by their published ids. They fill the part of a behavior that they
// rule; false when there is no such policy.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
bool applyCachePolicy(std::string_view id, Behavior& behavior);
bool applyOriginRequestPolicy(std::string_view id, Behavior& behavior);

}
