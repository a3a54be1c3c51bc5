#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <memory>
#include <optional>
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
    std::map<std::string, std::string> pseudo; // "AWS::Region" → "us-east-1", and the template's parameters
    std::set<std::string> numbers; // those of `pseudo` that are parameters of type Number
    std::shared_ptr<const nlohmann::json> mappings; // the template's, or none
};

// The JSON pointer of the first intrinsic below `value` that resolve does not know; nothing when all are
// known.
std::optional<std::string> unknownIntrinsic(const nlohmann::json& value, const std::string& pointer = {});

// Takes the template's mappings, and its parameters with their defaults; one without is an error that names
// it.
Result<> takeParameters(const nlohmann::json& root, References& into);

// Replaces Ref, Fn::GetAtt, Fn::Sub, Fn::Join, Fn::Select, Fn::Split, Fn::FindInMap and Fn::Base64 by what
// they stand for; other intrinsics are errors that name them.
Result<nlohmann::json> resolve(const nlohmann::json& value, const References& references);

// Logical ids and pseudo parameters that `value` names.
std::set<std::string> referencesIn(const nlohmann::json& value);

}
