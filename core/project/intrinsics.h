#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <set>
#include <string>

namespace core::project {

// What a created resource answers to: Ref, and Fn::GetAtt by attribute name.
struct Created {
    std::string ref;
    std::map<std::string, std::string> attributes;
};

// Values that intrinsics may name: created resources by logical id, and the pseudo parameters of
// CloudFormation.
struct References {
    std::map<std::string, Created> created;
    std::map<std::string, std::string> pseudo; // "AWS::Region" → "us-east-1"
};

// Replaces Ref, Fn::GetAtt, Fn::Sub and Fn::Join by what they stand for; other intrinsics are errors that
// name them.
Result<nlohmann::json> resolve(const nlohmann::json& value, const References& references);

// Logical ids and pseudo parameters that `value` names.
std::set<std::string> referencesIn(const nlohmann::json& value);

}
