#pragma once

#include "core/base/result.h"

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

// What a target gets of an event: all of it, a part, a constant, or a template filled from it. Pure.
namespace core::events {

struct RuleName {
    std::string arn;
    std::string name;
};

// `path` as "$.detail.items[0].id"; null when the event has no such part. Error: Invalid for what is no path.
Result<nlohmann::json> readPath(const nlohmann::json& event, std::string_view path);

// Checks Input, InputPath and InputTransformer of a target. Error: ValidationException.
Result<> checkTargetInput(const nlohmann::json& target);

// The payload for a target (its JSON as PutTargets got it).
std::string targetInput(const nlohmann::json& target, const nlohmann::json& event, const RuleName& rule);

}
