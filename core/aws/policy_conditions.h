#pragma once

#include "core/aws/policy.h"

#include <optional>
#include <set>

namespace core::aws {

// '*' and '?' of a policy's text as matched bytes of their own, after variables were filled in: what a
// variable brings is never a wildcard.
std::string policyPattern(std::string_view text, const PolicyRequest& request);
bool matchesPolicyPattern(std::string_view pattern, std::string_view text);
// Arn operators compare the six parts of an ARN each by itself.
bool matchesArnPattern(std::string_view pattern, std::string_view arn);
// Whether an address lies in "203.0.113.0/24", "2001:db8::/32" or is the one that is given; nullopt when the
// range is none.
std::optional<bool> addressInRange(std::string_view address, std::string_view range);

// One line of a Condition block.
struct PolicyCondition {
    enum class Sets { One, ForAllValues, ForAnyValue };
    Sets sets = Sets::One;
    std::string operation; // "StringLike", in lower case
    bool ifExists = false;
    std::string key; // lower case
    std::vector<std::string> values;

    // nullopt for an operator that IAM does not have.
    static std::optional<PolicyCondition> make(
        std::string_view operation, std::string_view key, std::vector<std::string> values);
    bool holds(const PolicyRequest& request) const;
};

}
